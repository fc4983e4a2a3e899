import type { ParsedFilter } from "@nosql/contracts"
import { parsedFilter } from "../ast/parsed-filter.ts"
import { argumentError } from "../values/argument-error.ts"
import { type FilterOperatorName, filterOperatorNames } from "./filter-operator-names.ts"
import { documentScope } from "./filter-scope.ts"
import { parseFields } from "./parse-filter.ts"

/** What a filter from outside may use. Nothing else passes. */
export interface AllowedFilter {
  /** Such as `"$gte"`, `"$in"`, `"$or"`; all of them are in `filterOperators`. Plain values need none. */
  readonly operators: readonly FilterOperatorName[]
  /** Dotted paths; fields of an array's elements by the array's path, as in `"items.sku"`. */
  readonly paths: readonly string[]
  /** Whether `null` may be compared with: it also matches documents that lack the field. @default false */
  readonly nulls?: boolean
}

const context = { operation: "parseFilter" }

/**
 * Reads a filter that comes from outside (a request's body, a saved search) and lets through what is allowed only. A filter written as an object
 * is code: `{ password: body.password }` with `{ "$ne": null }` for a body lets everybody in. What this returns stands wherever a filter does.
 * Throws `invalid-argument`.
 *
 * @example
 * const filter = parseFilter(request.body, { operators: ["$gte", "$lte"], paths: ["age", "address.city"] })
 * const found = await users.find({ $and: [{ tenant: "acme" }, filter] }).toArray()
 */
export function parseAllowedFilter(untrusted: unknown, allowed: AllowedFilter): ParsedFilter {
  if (!Array.isArray(allowed?.operators) || !Array.isArray(allowed.paths)) {
    throw argumentError(context, "", "takes { operators: […], paths: […] }: what the filter may use")
  }
  const unknown = allowed.operators.find((operator) => !filterOperatorNames.includes(operator))
  if (unknown !== undefined) {
    const problem = `${JSON.stringify(unknown)} is no operator of filters; there are ${filterOperatorNames.join(" ")}`
    throw argumentError(context, "operators", problem)
  }
  const scope = documentScope(context, {
    operators: new Set(allowed.operators),
    paths: new Set(allowed.paths),
    nulls: allowed.nulls ?? false,
  })
  return parsedFilter(parseFields(untrusted, scope))
}
