import type { SortKey } from "../ast/query.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { orderedPairs, type PairsOf } from "./ordered-pairs.ts"
import { parsePath } from "./parse-path.ts"

const directions: ReadonlyMap<unknown, 1 | -1> = new Map<unknown, 1 | -1>([
  [1, 1],
  ["asc", 1],
  [-1, -1],
  ["desc", -1],
])

const sortOption: PairsOf = {
  path: "sort",
  takes: "takes an object such as { age: -1 }",
  remedy: "sort by several by query().sortBy(…).sortBy(…)",
}

/** A sort as the caller wrote it, or the pairs that the builder hands over where no object holds their order. */
export function parseSort(sort: unknown, context: CallContext, of: PairsOf = sortOption): readonly SortKey[] {
  if (sort === undefined) return []
  const keys = orderedPairs(sort, of, context).map(([key, given]): SortKey => {
    const direction = directions.get(given)
    if (direction === undefined) throw argumentError(context, key, 'a direction is 1, -1, "asc" or "desc"')
    return Object.freeze({ path: parsePath(key, context), direction })
  })
  return Object.freeze(keys)
}
