import { parsedFilter } from "../ast/parsed-filter.ts"
import type { FilterOperator } from "../parse/filter-operators.ts"
import { parseCondition } from "../parse/parse-filter.ts"
import { type Specification, specify } from "./specification.ts"
import type { Spec, Specifications } from "./specifications.ts"

type Operators = { readonly [O in FilterOperator | "$options"]?: unknown }

/** The operators are the method's own; what the caller gives is an operand and never parsed as more. */
function at(method: string, path: string, operators: Operators): Specification<never> {
  return specify(parsedFilter(parseCondition(path, operators, { operation: `spec.${method}` })))
}

const methods = {
  eq: (path: string, value: unknown) => at("eq", path, { $eq: value }),
  ne: (path: string, value: unknown) => at("ne", path, { $ne: value }),
  gt: (path: string, value: unknown) => at("gt", path, { $gt: value }),
  gte: (path: string, value: unknown) => at("gte", path, { $gte: value }),
  lt: (path: string, value: unknown) => at("lt", path, { $lt: value }),
  lte: (path: string, value: unknown) => at("lte", path, { $lte: value }),
  between: (path: string, low: unknown, high: unknown) => at("between", path, { $gte: low, $lte: high }),
  in: (path: string, values: unknown) => at("in", path, { $in: values }),
  nin: (path: string, values: unknown) => at("nin", path, { $nin: values }),
  exists: (path: string, exists = true) => at("exists", path, { $exists: exists }),
  contains: (path: string, value: unknown) => at("contains", path, { $contains: value }),
  startsWith: (path: string, prefix: unknown) => at("startsWith", path, { $startsWith: prefix }),
  matches: (path: string, pattern: unknown, flags: unknown = "") =>
    at("matches", path, { $regex: pattern, $options: flags }),
  where: (filter: never) => specify(filter),
  and: (...filters: never[]) => specify({ $and: filters }),
  or: (...filters: never[]) => specify({ $or: filters }),
  not: (filter: never) => specify({ $nor: [filter] }),
} satisfies Record<keyof Specifications<never>, (...operands: never[]) => Specification<never>>

/**
 * Makes specifications, from the table of operators that filters and the builder are read by. Where the place says what the documents are,
 * `spec.eq(…)` is enough; to go on with methods, fix the type first: `spec<User>()`.
 *
 * @example
 * const user = spec<User>()
 * const activeAdult = user.gte("age", 18).and(user.eq("status", "active").or(user.contains("roles", "admin")))
 * const found = await users.find(activeAdult).toArray()
 * const invited = found.filter((someone) => user.startsWith("email", "a").isSatisfiedBy(someone))
 * @throws NoSQLError `invalid-argument`: a path or an operand that no filter takes.
 */
export const spec: Spec = Object.freeze(Object.assign(() => methods as never, methods as never))
