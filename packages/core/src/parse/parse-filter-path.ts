import type { FieldPath } from "../ast/filter.ts"
import { argumentError } from "../values/argument-error.ts"
import type { FilterScope } from "./filter-scope.ts"
import { parsePath } from "./parse-path.ts"

/** The path of a field that a filter asks. */
export function parseFilterPath(key: string, { context, within }: FilterScope): FieldPath {
  const path = parsePath(key, context)
  if (within === "" && path.length > 1 && path[0] === "_id")
    throw argumentError(context, key, "an _id is a string and has no fields")
  return path
}
