import type { FieldPath } from "../ast/filter.ts"
import { pathOf } from "../ast/path.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { fieldNameProblem } from "../values/normalize-value.ts"

/** An application asks few paths and asks them often; input from outside may ask many. */
const mostKnown = 1000
const known = new Map<string, FieldPath>()

/**
 * `"address.city"` as `["address", "city"]`, each segment a name that a document could hold.
 *
 * @param at where it stands, for errors. @default the path itself
 */
export function parsePath(text: unknown, context: CallContext, at?: string): FieldPath {
  if (typeof text !== "string")
    throw argumentError(context, at ?? "", 'a path is text, its segments separated by dots: "address.city"')
  const earlier = known.get(text)
  if (earlier !== undefined) return earlier
  const segments = text.split(".")
  for (const segment of segments) {
    const problem = fieldNameProblem(segment)
    if (problem !== undefined) throw argumentError(context, at ?? text, problem)
  }
  const path = pathOf(segments, text)
  if (known.size === mostKnown) known.clear()
  known.set(text, path)
  return path
}
