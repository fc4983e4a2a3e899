import type { SortKey } from "../ast/query.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { isArrayIndex } from "../values/get-path.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { parsePath } from "./parse-path.ts"

const directions: ReadonlyMap<unknown, 1 | -1> = new Map<unknown, 1 | -1>([
  [1, 1],
  ["asc", 1],
  [-1, -1],
  ["desc", -1],
])

/** A sort as the caller wrote it, or the pairs that the builder hands over where no object holds their order. */
export function parseSort(sort: unknown, context: CallContext): readonly SortKey[] {
  if (sort === undefined) return []
  const keys = pairsOf(sort, context).map(([key, given]): SortKey => {
    const direction = directions.get(given)
    if (direction === undefined) throw argumentError(context, key, 'a direction is 1, -1, "asc" or "desc"')
    return Object.freeze({ path: parsePath(key, context), direction })
  })
  return Object.freeze(keys)
}

function pairsOf(sort: unknown, context: CallContext): readonly (readonly [string, unknown])[] {
  if (isSortPairs(sort)) return sort
  if (!isPlainObject(sort)) throw argumentError(context, "sort", "takes an object such as { age: -1 }")
  const pairs = Object.entries(sort)
  const lost = unordered(pairs)
  if (lost === undefined) return pairs
  throw argumentError(
    context,
    lost,
    "JavaScript puts a key of digits first in an object, wherever it was written; sort by several by query().sortBy(…).sortBy(…)",
  )
}

function isSortPairs(sort: unknown): sort is readonly (readonly [string, unknown])[] {
  return Array.isArray(sort) && sort.every((pair) => Array.isArray(pair) && typeof pair[0] === "string")
}

/** The key whose place among several an object does not keep. */
export function unordered(pairs: readonly (readonly [string, unknown])[]): string | undefined {
  return pairs.length < 2 ? undefined : pairs.find(([key]) => isArrayIndex(key))?.[0]
}
