import type { Value } from "@nosql/contracts"
import {
  and,
  type CompareOperator,
  compare,
  exists,
  type FieldPath,
  type FilterNode,
  isIn,
  matchAll,
  not,
  or,
} from "../ast/filter.ts"
import { isIdPath } from "../ast/path.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { kindOf } from "../values/compare-values.ts"
import { normalizeValue } from "../values/normalize-value.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { parsePath } from "./parse-path.ts"

/**
 * Reads a Mongo-style filter object into the AST. Throws `invalid-argument` with the path for whatever is not in the language,
 * at any depth: nothing is dropped in silence.
 */
export function parseFilter(filter: unknown, context: CallContext): FilterNode {
  if (!isPlainObject(filter)) throw argumentError(context, "", "a filter is a plain object; {} matches all")
  return conjunction(Object.keys(filter).map((key) => parseEntry(key, filter[key], context)))
}

function conjunction(filters: readonly FilterNode[]): FilterNode {
  return filters.length === 1 ? (filters[0] as FilterNode) : filters.length === 0 ? matchAll : and(filters)
}

function parseEntry(key: string, condition: unknown, context: CallContext): FilterNode {
  if (key === "$and") return and(parseGroup(key, condition, context))
  if (key === "$or") return or(parseGroup(key, condition, context))
  if (key.startsWith("$"))
    throw argumentError(context, key, "unknown operator; here stand $and, $or or a field")
  return parseCondition(parsePath(key, context), key, condition, context)
}

function parseGroup(key: string, filters: unknown, context: CallContext): FilterNode[] {
  if (!Array.isArray(filters)) throw argumentError(context, key, "takes an array of filters")
  return filters.map((filter: unknown) => parseFilter(filter, context))
}

/** What stands at a path: operators where the object's first key begins with `$`, else a value. */
export function parseCondition(
  path: FieldPath,
  key: string,
  condition: unknown,
  context: CallContext,
): FilterNode {
  if (!isPlainObject(condition) || !Object.keys(condition).some((name) => name.startsWith("$"))) {
    return parseComparison("eq", path, key, condition, context)
  }
  return conjunction(
    Object.keys(condition).map((operator) =>
      parseOperator(operator, path, key, condition[operator], context),
    ),
  )
}

type OperatorParser = (path: FieldPath, key: string, operand: unknown, context: CallContext) => FilterNode

/** Every operator of the language, and what it means in the AST. The builder's `where…` methods read the same table. */
export const filterOperators = {
  $eq: (path, key, operand, context) => parseComparison("eq", path, key, operand, context),
  $ne: (path, key, operand, context) => not(parseComparison("eq", path, key, operand, context)),
  $gt: (path, key, operand, context) => parseComparison("gt", path, key, operand, context),
  $gte: (path, key, operand, context) => parseComparison("gte", path, key, operand, context),
  $lt: (path, key, operand, context) => parseComparison("lt", path, key, operand, context),
  $lte: (path, key, operand, context) => parseComparison("lte", path, key, operand, context),
  $in: parseMembership,
  $nin: (path, key, operand, context) => not(parseMembership(path, key, operand, context)),
  $exists: parseExistence,
  $not: parseNegation,
} as const satisfies Record<string, OperatorParser>

export type FilterOperator = keyof typeof filterOperators

function parseOperator(
  operator: string,
  path: FieldPath,
  key: string,
  operand: unknown,
  context: CallContext,
): FilterNode {
  if (!Object.hasOwn(filterOperators, operator)) {
    const problem = operator.startsWith("$")
      ? `unknown operator; known are ${Object.keys(filterOperators).join(" ")}`
      : "fields and operators cannot be mixed; compare a whole object with $eq, or a nested field by its dotted path"
    throw argumentError(context, `${key}.${operator}`, problem)
  }
  return filterOperators[operator as FilterOperator](path, key, operand, context)
}

const rangeKinds: ReadonlySet<string> = new Set(["number", "string", "date"])

function parseComparison(
  operator: CompareOperator,
  path: FieldPath,
  key: string,
  operand: unknown,
  context: CallContext,
): FilterNode {
  const value = normalizeOperand(operand, path, key, context)
  if (operator !== "eq" && !rangeKinds.has(kindOf(value))) {
    throw argumentError(context, key, `$${operator} takes a number, a bigint, a string or a Date`)
  }
  return compare(operator, path, value)
}

function parseMembership(path: FieldPath, key: string, operand: unknown, context: CallContext): FilterNode {
  if (!Array.isArray(operand)) throw argumentError(context, key, "$in and $nin take an array of values")
  return isIn(
    path,
    operand.map((value: unknown, i) => normalizeOperand(value, path, `${key}.${i}`, context)),
  )
}

function parseExistence(path: FieldPath, key: string, operand: unknown, context: CallContext): FilterNode {
  if (typeof operand !== "boolean") throw argumentError(context, key, "$exists takes true or false")
  if (isIdPath(path)) throw argumentError(context, key, "every document has an _id")
  return operand ? exists(path) : not(exists(path))
}

function parseNegation(path: FieldPath, key: string, operand: unknown, context: CallContext): FilterNode {
  if (!isPlainObject(operand) || Object.keys(operand).length === 0) {
    throw argumentError(context, key, "$not takes an object of operators; use $ne for a value")
  }
  const operators = Object.keys(operand)
  return not(conjunction(operators.map((name) => parseOperator(name, path, key, operand[name], context))))
}

function normalizeOperand(operand: unknown, path: FieldPath, key: string, context: CallContext): Value {
  const value = normalizeValue(operand, key, context)
  if (isIdPath(path) && typeof value !== "string") throw argumentError(context, key, "an _id is a string")
  return value
}
