import type { FieldPath } from "../ast/filter.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { fieldNameProblem } from "../values/normalize-value.ts"

/** `"address.city"` as `["address", "city"]`, each segment a name that a document could hold. */
export function parsePath(text: unknown, context: CallContext): FieldPath {
  if (typeof text !== "string")
    throw argumentError(context, "", 'a path is text, its segments separated by dots: "address.city"')
  const segments = text.split(".")
  for (const segment of segments) {
    const problem = fieldNameProblem(segment)
    if (problem !== undefined) throw argumentError(context, text, problem)
  }
  return Object.freeze(segments)
}
