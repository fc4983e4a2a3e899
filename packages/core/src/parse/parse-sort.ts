import type { SortKey } from "../ast/query.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { parsePath } from "./parse-path.ts"

const directions: ReadonlyMap<unknown, 1 | -1> = new Map<unknown, 1 | -1>([
  [1, 1],
  ["asc", 1],
  [-1, -1],
  ["desc", -1],
])

export function parseSort(sort: unknown, context: CallContext): readonly SortKey[] {
  if (sort === undefined) return []
  if (!isPlainObject(sort)) throw argumentError(context, "sort", "takes an object such as { age: -1 }")
  const keys = Object.keys(sort).map((key): SortKey => {
    const direction = directions.get(sort[key])
    if (direction === undefined) throw argumentError(context, key, 'a direction is 1, -1, "asc" or "desc"')
    return Object.freeze({ path: parsePath(key, context), direction })
  })
  return Object.freeze(keys)
}
