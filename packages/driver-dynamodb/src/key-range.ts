import type { Value } from "@nosql/contracts"
import type { CompareNode, SortKey, StartsWithNode } from "@nosql/core/driver"
import { encodeKind, encodePart, encodePrefix } from "./encode-tuple.ts"
import { bytesBehind, compareBytes, concatBytes } from "./key-bytes.ts"

/** A part of an index's order: the bytes between which its keys lie, ends included. */
export interface KeyRange {
  readonly low?: Uint8Array
  readonly high?: Uint8Array
}

/** Where in an index's order a range is asked for. */
interface RangePlace {
  /** The bytes of the keys before, which are fixed. */
  readonly head: Uint8Array
  readonly direction: 1 | -1
  /** Whether a key ends with this part. */
  readonly last: boolean
}

/** All keys that begin with some bytes. No key is equal to the upper end: a key that is longer than it begins with, or else lies below. */
export function rangeOfPrefix(prefix: Uint8Array): KeyRange {
  return prefix.length === 0 ? {} : { low: prefix, high: bytesBehind(prefix) }
}

/** The keys whose next part is in a range, or is a string with a prefix. */
export function rangeOfNode(node: CompareNode | StartsWithNode, place: RangePlace): KeyRange {
  const { head, direction } = place
  if (node.kind === "startsWith")
    return rangeOfPrefix(concatBytes([head, encodePrefix(node.prefix, direction)]))
  const kind = rangeOfPrefix(concatBytes([head, encodeKind(kindOfRange(node.value), direction)]))
  const part = concatBytes([head, encodePart(node.value, direction)])
  const upwards = node.operator === "gt" || node.operator === "gte"
  const inclusive = node.operator === "gte" || node.operator === "lte"
  const bound: KeyRange =
    upwards === (direction === 1)
      ? { low: inclusive ? part : bytesBehind(part) }
      : { high: inclusive ? bytesBehind(part) : bytesBelow(part, place) }
  return { ...kind, ...bound }
}

function kindOfRange(value: Value): "number" | "string" | "date" {
  return value instanceof Date ? "date" : typeof value === "string" ? "string" : "number"
}

/** An upper end below some bytes, and above every key that is. Only what ends with `_id`, a string, may be a whole key. */
function bytesBelow(bytes: Uint8Array, { direction, last }: Omit<RangePlace, "head">): Uint8Array {
  if (!last) return bytes
  const end = bytes.at(-1)
  const rest = bytes.slice(0, -1)
  if (direction === 1) return end === 0 ? rest : bytes
  // No byte of a descending string is 0xff but its last, and none behind a 0xfe is.
  return end === 0xff ? concatBytes([rest, Uint8Array.of(0xfe, 0xff)]) : bytes
}

/** Where in a sort to go on. */
interface Position {
  readonly sort: readonly SortKey[]
  readonly after: readonly Value[]
  /** The fixed value at a key of the sort, where the read has but one. */
  readonly fixed: (key: SortKey) => { readonly value: Value } | undefined
  readonly compare: (a: Value, b: Value) => number
}

/** The keys strictly behind a position; undefined where the whole read lies before it. `head` is what is fixed of the order. */
export function rangeBehind(
  { sort, after, fixed, compare }: Position,
  {
    head,
    backward,
    range,
  }: { readonly head: Uint8Array; readonly backward: boolean; readonly range: readonly SortKey[] },
): KeyRange | undefined {
  let bytes = head
  let part = 0
  for (const [i, key] of sort.entries()) {
    const value = after[i] ?? null
    const known = fixed(key)
    if (known !== undefined) {
      const order = compare(known.value, value) * key.direction
      if (order === 0) continue
      if (bytes.length === 0) return order > 0 ? {} : undefined
      if (order > 0) return backward ? { high: bytesBehind(bytes) } : { low: bytes }
      return backward ? { high: bytes } : { low: bytesBehind(bytes) }
    }
    const next = range[part]
    if (next === undefined) break
    bytes = concatBytes([bytes, encodePart(value, next.direction)])
    part += 1
  }
  if (bytes.length === 0) return undefined
  const last = part === range.length
  if (backward) return { high: bytesBelow(bytes, { direction: range.at(-1)?.direction ?? 1, last }) }
  return { low: bytesBehind(bytes) }
}

/** Undefined where no key can lie in all of them. */
export function intersection(ranges: readonly KeyRange[]): KeyRange | undefined {
  let low: Uint8Array | undefined
  let high: Uint8Array | undefined
  for (const range of ranges) {
    if (range.low !== undefined && (low === undefined || compareBytes(range.low, low) > 0)) low = range.low
    if (range.high !== undefined && (high === undefined || compareBytes(range.high, high) < 0))
      high = range.high
  }
  if (low !== undefined && high !== undefined && compareBytes(low, high) >= 0) return undefined
  return { ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) }
}
