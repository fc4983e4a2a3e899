import { filterOperators } from "./filter-operators.ts"
import { groupParsers } from "./parse-filter.ts"

/** What may stand in a filter: an operator at a path, such as `"$gte"`, or beside paths, such as `"$or"`. */
export type FilterOperatorName = keyof typeof filterOperators | keyof typeof groupParsers

/**
 * Every operator of filters, for what `parseFilter` may let through, and for forms that build filters. `$options` goes with `$regex`.
 *
 * @example
 * const operators = filterOperators.filter((operator) => operator !== "$regex")
 * const filter = parseFilter(request.body, { operators, paths: ["name", "age"] })
 */
export const filterOperatorNames = Object.freeze([
  ...Object.keys(filterOperators),
  ...Object.keys(groupParsers),
]) as readonly FilterOperatorName[]
