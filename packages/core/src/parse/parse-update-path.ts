import type { FieldPath } from "../ast/filter.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { maxDepth } from "../values/normalize-value.ts"
import { parsePath } from "./parse-path.ts"

/** Why positional operators are refused, and what to do instead. */
export const noPositions =
  "positional operators are not portable; name the element by its index, or read the document and set the whole array"

const positional = /(?:^|\.)\$(?:\[|\.|$)/

/** The path of a change: no positional operators, and never the `_id`. */
export function parseUpdatePath(key: string, context: CallContext): FieldPath {
  if (key.includes("$") && positional.test(key)) throw argumentError(context, key, noPositions)
  const path = parsePath(key, context)
  if (path[0] === "_id")
    throw argumentError(context, key, "an _id never changes; insert a new document instead")
  if (path.length > maxDepth + 1) throw argumentError(context, key, `is deeper than ${maxDepth} levels`)
  return path
}
