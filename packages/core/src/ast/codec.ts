import { type DocumentQuery, type NativeValue, NoSQLError, type Value } from "@nosql/contracts"
import { fromBase64, toBase64 } from "../values/base64.ts"
import { isNativeValue, nativeValue } from "../values/native-value.ts"
import { isPlainObject } from "../values/plain-object.ts"
import type { FilterNode } from "./filter.ts"
import { contentOf, withContent } from "./parsed-filter.ts"
import type { Query } from "./query.ts"
import type { UpdateNode } from "./update.ts"

/** Any part of the AST, and what a builder builds. */
export type AstNode = FilterNode | Query | readonly UpdateNode[] | DocumentQuery

/**
 * Turns AST nodes (or single values) into JSON text. What JSON lacks is tagged: `{"$date": ms}`, `{"$bigint": "…"}`, `{"$binary": "base64"}`;
 * an object whose own key begins with `$` is wrapped in `{"$object": …}`, so that no data is mistaken for a tag.
 *
 * @example
 * const text = encodeAst(users.query().whereGte("age", 18).sortBy("name").build())
 * const { filter, ...options } = decodeAst<DocumentQuery>(text)
 * const adults = await users.find(filter, options).toArray()
 */
export function encodeAst(node: AstNode | Value): string {
  return JSON.stringify(encode(node))
}

/** The inverse of `encodeAst`; the result is frozen. What `encodeAst` never writes is `invalid-argument`. */
export function decodeAst<T extends AstNode | Value>(text: string): T {
  return decode(parseJson(text)) as T
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new NoSQLError("invalid-argument", "decodeAst: not JSON", { cause })
  }
}

function encode(value: unknown): unknown {
  if (value instanceof Date) return { $date: value.getTime() }
  if (typeof value === "bigint") return { $bigint: value.toString() }
  if (value instanceof Uint8Array) return { $binary: toBase64(value) }
  if (Array.isArray(value)) return value.map(encode)
  if (isNativeValue(value)) return { $native: { driver: value.driver, type: value.type, text: value.text } }
  if (isPlainObject(value)) {
    const content = contentOf(value)
    if (content !== undefined) return { $filter: "json" in content ? content.json : encode(content.node) }
    const entries = Object.entries(value).filter(([, item]) => item !== undefined)
    const encoded = Object.fromEntries(entries.map(([key, item]) => [key, encode(item)]))
    return entries.some(([key]) => key.startsWith("$")) ? { $object: encoded } : encoded
  }
  return value
}

function decode(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map(decode))
  if (!isPlainObject(value)) return value
  const [key, ...others] = Object.keys(value)
  if (key?.startsWith("$") && others.length === 0) return decodeTagged(key, value[key])
  return decodeFields(value)
}

/** The text may come from outside, in a cursor or a saved specification: a tag holds what belongs into it, or it is refused. */
function decodeTagged(tag: string, content: unknown): unknown {
  if (tag === "$date" && typeof content === "number" && Number.isInteger(content)) return new Date(content)
  if (tag === "$bigint" && typeof content === "string" && /^-?\d{1,19}$/.test(content)) return BigInt(content)
  if (tag === "$binary" && typeof content === "string" && /^[A-Za-z0-9+/]*={0,2}$/.test(content))
    return fromBase64(content)
  if (tag === "$native" && isNativeContent(content)) return nativeValue(content)
  // A filter is read, and checked, where it is used.
  if (tag === "$filter" && isPlainObject(content)) return withContent({ json: content })
  if (tag === "$object" && isPlainObject(content)) return decodeFields(content)
  const problem = tags.has(tag) ? `"${tag}" holds what does not belong there` : `unknown tag "${tag}"`
  throw new NoSQLError("invalid-argument", `decodeAst: ${problem}`)
}

const tags: ReadonlySet<string> = new Set(["$date", "$bigint", "$binary", "$native", "$filter", "$object"])

function isNativeContent(content: unknown): content is NativeValue {
  return isPlainObject(content) && ["driver", "type", "text"].every((key) => typeof content[key] === "string")
}

function decodeFields(value: Record<string, unknown>): unknown {
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decode(item)])))
}
