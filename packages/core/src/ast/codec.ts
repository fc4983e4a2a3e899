import { type NativeValue, NoSQLError, type Value } from "@nosql/contracts"
import { fromBase64, toBase64 } from "../values/base64.ts"
import { isNativeValue, nativeValue } from "../values/native-value.ts"
import { isPlainObject } from "../values/plain-object.ts"
import type { FilterNode } from "./filter.ts"
import type { Query } from "./query.ts"
import type { UpdateNode } from "./update.ts"

/** Any part of the AST. */
export type AstNode = FilterNode | Query | readonly UpdateNode[]

/**
 * Turns AST nodes (or single values) into JSON text. What JSON lacks is tagged: `{"$date": ms}`, `{"$bigint": "…"}`, `{"$binary": "base64"}`;
 * an object whose own key begins with `$` is wrapped in `{"$object": …}`, so that no data is mistaken for a tag.
 *
 * @example
 * const text = encodeAst(query)
 * const same = decodeAst<Query>(text)
 */
export function encodeAst(node: AstNode | Value): string {
  return JSON.stringify(encode(node))
}

/** The inverse of `encodeAst`; the result is frozen. Unknown tags are `invalid-argument`. */
export function decodeAst<T extends AstNode | Value>(text: string): T {
  return decode(JSON.parse(text)) as T
}

function encode(value: unknown): unknown {
  if (value instanceof Date) return { $date: value.getTime() }
  if (typeof value === "bigint") return { $bigint: value.toString() }
  if (value instanceof Uint8Array) return { $binary: toBase64(value) }
  if (Array.isArray(value)) return value.map(encode)
  if (isNativeValue(value)) return { $native: { driver: value.driver, type: value.type, text: value.text } }
  if (isPlainObject(value)) {
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

function decodeTagged(tag: string, content: unknown): unknown {
  switch (tag) {
    case "$date":
      return new Date(content as number)
    case "$bigint":
      return BigInt(content as string)
    case "$binary":
      return fromBase64(content as string)
    case "$native":
      return nativeValue(content as NativeValue)
    case "$object":
      return decodeFields(content as Record<string, unknown>)
    default:
      throw new NoSQLError("invalid-argument", `decodeAst: unknown tag "${tag}"`)
  }
}

function decodeFields(value: Record<string, unknown>): unknown {
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decode(item)])))
}
