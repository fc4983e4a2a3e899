import type { FilterNode } from "../ast/filter.ts"
import { fold } from "../ast/fold.ts"
import type { Projection, Query } from "../ast/query.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { fieldNameProblem } from "../values/normalize-value.ts"
import { parseSort } from "./parse-sort.ts"

/** The options of a read, as they come from the caller. */
export interface QueryOptions {
  readonly sort?: unknown
  readonly skip?: number | undefined
  readonly limit?: number | undefined
  readonly select?: readonly string[] | undefined
}

/** Puts a read together and folds its filter. */
export function parseQuery(filter: FilterNode, options: QueryOptions, context: CallContext): Query {
  const limit = options.limit === undefined ? undefined : wholeNumber("limit", options.limit, context)
  const projection = parseProjection(options.select, context)
  return Object.freeze({
    filter: fold(filter),
    sort: parseSort(options.sort, context),
    skip: wholeNumber("skip", options.skip ?? 0, context),
    ...(limit === undefined ? {} : { limit }),
    ...(projection === undefined ? {} : { projection }),
  })
}

export function wholeNumber(name: string, value: unknown, context: CallContext): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    throw argumentError(context, name, "takes a whole number, 0 or more")
  }
  return value as number
}

function parseProjection(
  select: readonly string[] | undefined,
  context: CallContext,
): Projection | undefined {
  if (select === undefined) return undefined
  for (const field of select) {
    const problem = fieldNameProblem(field)
    if (problem !== undefined)
      throw argumentError(context, field, `select takes top-level fields: ${problem}`)
  }
  return Object.freeze({ kind: "include", fields: Object.freeze([...new Set(["_id", ...select])]) })
}
