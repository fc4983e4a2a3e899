import type { Consistency } from "@nosql/contracts"
import type { FilterNode } from "../ast/filter.ts"
import { fold } from "../ast/fold.ts"
import type { Query } from "../ast/query.ts"
import type { Mutable } from "../driver/mutable.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { parseProjection } from "./parse-projection.ts"
import { parseSort } from "./parse-sort.ts"

/** The options of a read, as they come from the caller. */
export interface QueryOptions {
  readonly sort?: unknown
  readonly skip?: number | undefined
  readonly limit?: number | undefined
  readonly projection?: unknown
  readonly consistency?: Consistency | undefined
  readonly hint?: string | undefined
}

/** Puts a read together and folds its filter. */
export function parseQuery(filter: FilterNode, options: QueryOptions, context: CallContext): Query {
  if (typeof options !== "object" || options === null)
    throw argumentError(context, "options", "are an object; leave them out where there are none")
  const { consistency, hint } = options
  const limit = options.limit === undefined ? undefined : wholeNumber("limit", options.limit, context)
  const projection = parseProjection(options.projection, context)
  const query: Mutable<Query> = {
    filter: fold(filter),
    sort: parseSort(options.sort, context),
    skip: wholeNumber("skip", options.skip ?? 0, context),
  }
  if (limit !== undefined) query.limit = limit
  if (projection !== undefined) query.projection = projection
  if (consistency !== undefined) query.consistency = consistency
  if (hint !== undefined) query.hint = hint
  return Object.freeze(query)
}

export function wholeNumber(name: string, value: unknown, context: CallContext): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    throw argumentError(context, name, "takes a whole number, 0 or more")
  }
  return value as number
}
