import type { Document, Value } from "@nosql/contracts"
import { decodeAst, encodeAst } from "../ast/codec.ts"
import { and, compare, type FilterNode, not, or } from "../ast/filter.ts"
import { isIdPath } from "../ast/path.ts"
import type { SortKey } from "../ast/query.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { fromBase64, toBase64 } from "../values/base64.ts"
import { kindOf } from "../values/compare-values.ts"
import { getPath } from "../values/get-path.ts"
import { hashText } from "../values/hash-text.ts"

const version = 1
const sortable: ReadonlySet<string> = new Set(["null", "number", "string", "boolean", "date"])

/** A sort that is total: `_id` ends it, in the direction of its last key. */
export function totalSort(sort: readonly SortKey[]): readonly SortKey[] {
  if (sort.some(({ path }) => isIdPath(path))) return sort
  return [...sort, { path: ["_id"], direction: sort.at(-1)?.direction ?? 1 }]
}

/** What binds a cursor to its query: a cursor of another one is refused. */
export function pageFingerprint(collection: string, filter: FilterNode, sort: readonly SortKey[]): string {
  return hashText(`${collection} ${encodeAst(filter)} ${JSON.stringify(sort)}`)
}

/** What a cursor is bound to. */
export interface CursorBinding {
  readonly sort: readonly SortKey[]
  readonly fingerprint: string
  /** With it the cursor is authenticated. */
  readonly secret: string | undefined
  readonly context: CallContext
}

/** The position behind a document, as text for `after`. */
export async function encodePageCursor(document: Document, binding: CursorBinding): Promise<string> {
  const { sort, fingerprint, secret, context } = binding
  const keys = sort.map(({ path }) => {
    const value = getPath(document, path) ?? null
    if (!sortable.has(kindOf(value)))
      throw argumentError(
        context,
        path.join("."),
        `a page cannot be sorted by a value of kind ${kindOf(value)}`,
      )
    return value
  })
  const text = toBase64Url(encodeAst([version, fingerprint, ...keys]))
  return secret === undefined ? text : `${text}.${await signature(text, secret)}`
}

/** The inverse: the key values of the page before. */
export async function decodePageCursor(text: string, binding: CursorBinding): Promise<readonly Value[]> {
  const { sort, fingerprint, secret, context } = binding
  const [content = "", signed = ""] = typeof text === "string" ? text.split(".") : []
  if (secret !== undefined && !(await isSigned(content, signed, secret))) throw notACursor(context)
  const [foundVersion, foundFingerprint, ...keys] = readCursor(content, context)
  if (foundVersion !== version || foundFingerprint !== fingerprint || keys.length !== sort.length) {
    throw argumentError(
      context,
      "after",
      "the cursor belongs to another query; pages keep collection, filter and sort",
    )
  }
  const valid = keys.every((value, i) =>
    isIdPath(sort[i]?.path ?? []) ? typeof value === "string" : sortable.has(kindOf(value)),
  )
  if (!valid) throw notACursor(context)
  return keys
}

function readCursor(text: string, context: CallContext): readonly Value[] {
  try {
    const decoded: Value = decodeAst(fromBase64Url(text))
    if (Array.isArray(decoded)) return decoded
  } catch {
    // The same error as for any other text.
  }
  throw notACursor(context)
}

function notACursor(context: CallContext): Error {
  return argumentError(
    context,
    "after",
    "not a cursor of this store; hand over the `next` of the page before",
  )
}

const hmac = { name: "HMAC", hash: "SHA-256" }

/** HMAC-SHA-256 in base64url: who lacks the secret can make no cursor. */
async function signature(text: string, secret: string): Promise<string> {
  const signed = await crypto.subtle.sign("HMAC", await hmacKey(secret), new TextEncoder().encode(text))
  return bytesToBase64Url(new Uint8Array(signed))
}

/** In constant time, so that a signature cannot be guessed byte by byte. */
async function isSigned(text: string, signed: string, secret: string): Promise<boolean> {
  const bytes = readBytes(signed)
  return (
    bytes !== undefined &&
    crypto.subtle.verify("HMAC", await hmacKey(secret), bytes, new TextEncoder().encode(text))
  )
}

function hmacKey(secret: string) {
  return crypto.subtle.importKey("raw", new TextEncoder().encode(secret), hmac, false, ["sign", "verify"])
}

function readBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return bytesFromBase64Url(text)
  } catch {
    return undefined
  }
}

function toBase64Url(text: string): string {
  return bytesToBase64Url(new TextEncoder().encode(text))
}

function bytesToBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
}

function fromBase64Url(text: string): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytesFromBase64Url(text))
}

function bytesFromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return fromBase64(text.replaceAll("-", "+").replaceAll("_", "/"))
}

/** The filter for what comes behind the key values in the sort's order: (a > x) or (a = x and b > y) or … */
export function afterKeys(sort: readonly SortKey[], values: readonly Value[]): FilterNode {
  const arms = sort.flatMap((key, i) => {
    const behind = behindKey(key, values[i] ?? null)
    if (behind === undefined) return []
    const ties = sort.slice(0, i).map(({ path }, j) => compare("eq", path, values[j] ?? null))
    return [and([...ties, behind])]
  })
  return or(arms)
}

/** What comes behind one value of a key; null and missing come first ascending, last descending. */
function behindKey({ path, direction }: SortKey, value: Value): FilterNode | undefined {
  const isNull = compare("eq", path, null)
  if (value === null) return direction === 1 ? not(isNull) : undefined
  if (typeof value === "boolean") return behindBoolean(path, direction, value, isNull)
  if (direction === 1) return compare("gt", path, value)
  const less = compare("lt", path, value)
  return isIdPath(path) ? less : or([less, isNull])
}

/** Booleans take no ranges in the language; there are only two of them. */
function behindBoolean(
  path: SortKey["path"],
  direction: 1 | -1,
  value: boolean,
  isNull: FilterNode,
): FilterNode | undefined {
  if (direction === 1) return value ? undefined : compare("eq", path, true)
  return value ? or([compare("eq", path, false), isNull]) : isNull
}
