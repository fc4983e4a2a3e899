import type { Document, Value } from "@nosql/contracts"
import { decodeAst, encodeAst } from "../ast/codec.ts"
import type { FieldPath, FilterNode } from "../ast/filter.ts"
import { formatPath, idPath, isIdPath } from "../ast/path.ts"
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
  return [...sort, { path: idPath, direction: sort.at(-1)?.direction ?? 1 }]
}

/** The keys whose values a cursor carries: those of the sort, or `_id` alone where the store goes by its own position. */
function cursorKeys(sort: readonly SortKey[]): readonly SortKey[] {
  return sort.length === 0 ? totalSort(sort) : sort
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

/**
 * The position behind the last document of a page, as text for `after`. Every document of the page is looked at, so that whether a value is refused
 * does not depend on where the page happens to end; and a store that finds an array at several places cannot repeat it unnoticed.
 */
export async function encodePageCursor(page: readonly Document[], binding: CursorBinding): Promise<string> {
  const { sort, fingerprint, secret, context } = binding
  const paths = cursorKeys(sort).map(({ path }) => path)
  for (const document of page) for (const path of paths) sortKeyValue(document, path, context)
  const last = page.at(-1) ?? {}
  const keys = paths.map((path) => sortKeyValue(last, path, context))
  const text = toBase64Url(encodeAst([version, fingerprint, ...keys]))
  return secret === undefined ? text : `${text}.${await signature(text, secret)}`
}

function sortKeyValue(document: Document, path: FieldPath, context: CallContext): Value {
  const value = getPath(document, path) ?? null
  if (sortable.has(kindOf(value))) return value
  throw argumentError(
    context,
    formatPath(path),
    `a page cannot be sorted by a value of kind ${kindOf(value)}; leave such documents out by a filter, or sort by another path`,
  )
}

/** The inverse: the key values of the page before. */
export async function decodePageCursor(text: string, binding: CursorBinding): Promise<readonly Value[]> {
  const { fingerprint, secret, context } = binding
  const sort = cursorKeys(binding.sort)
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
