import type { TypeName, Value } from "@nosql/contracts"
import {
  and,
  type CompareOperator,
  compare,
  contains,
  type ElementFilter,
  elemMatch,
  exists,
  type FieldPath,
  type FilterNode,
  hasSize,
  hasType,
  isIn,
  matchNone,
  mod,
  not,
  or,
  regex,
  startsWith,
} from "../ast/filter.ts"
import { parseRegex, RegexProblem } from "../regex/parse-regex.ts"
import { argumentError } from "../values/argument-error.ts"
import { kindOf } from "../values/compare-values.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { descend, type FilterScope } from "./filter-scope.ts"
import { isDocumentId, parseArray, parseOperand } from "./parse-operand.ts"

/** An operator where it stands. */
export interface OperatorCall {
  readonly operator: string
  readonly operand: unknown
  /** The `$options` beside it; only `$regex` takes them. */
  readonly options?: unknown
  readonly path: FieldPath
  /** The path as the caller wrote it, for errors. */
  readonly key: string
  readonly scope: FilterScope
  readonly nested: NestedParsers
}

/** What operators that hold other conditions call. */
export interface NestedParsers {
  operators(operators: Record<string, unknown>, path: FieldPath, key: string, scope: FilterScope): FilterNode
  element(operand: Record<string, unknown>, key: string, scope: FilterScope): ElementFilter
}

type OperatorParser = (call: OperatorCall) => FilterNode

/** Every operator that stands at a path, and what it means in the AST. The builder's `where…` methods read the same table. */
export const filterOperators = {
  $eq: (call) => parseComparison("eq", call),
  $ne: (call) => not(parseComparison("eq", call)),
  $gt: (call) => parseComparison("gt", call),
  $gte: (call) => parseComparison("gte", call),
  $lt: (call) => parseComparison("lt", call),
  $lte: (call) => parseComparison("lte", call),
  $in: (call) => isIn(call.path, parseValues(call)),
  $nin: (call) => not(isIn(call.path, parseValues(call))),
  $exists: parseExistence,
  $type: parseType,
  $regex: parsePattern,
  $startsWith: parsePrefix,
  $mod: parseMod,
  $contains: (call) => contains(call.path, [parseOperand(call.operand, call.path, call.key, call.scope)]),
  $containsAny: (call) => contains(call.path, parseValues(call)),
  $all: parseAll,
  $size: parseSize,
  $elemMatch: parseElemMatch,
  $not: parseNegation,
} as const satisfies Record<string, OperatorParser>

export type FilterOperator = keyof typeof filterOperators

/** A document's `_id` is a string that is always there, so that little can be asked of it. */
const idOperators: ReadonlySet<string> = new Set([
  "$eq",
  "$ne",
  "$gt",
  "$gte",
  "$lt",
  "$lte",
  "$in",
  "$nin",
  "$not",
])

export function isFilterOperator(operator: string): operator is FilterOperator {
  return Object.hasOwn(filterOperators, operator)
}

export function parseOperator(operator: FilterOperator, call: OperatorCall): FilterNode {
  if (isDocumentId(call.path, call.scope) && !idOperators.has(operator)) {
    throw argumentError(
      call.scope.context,
      call.key,
      `an _id takes ${[...idOperators].join(" ")}: it is always there, and always a string`,
    )
  }
  const parse: OperatorParser = filterOperators[operator]
  return parse(call)
}

const rangeKinds: ReadonlySet<string> = new Set(["number", "string", "date"])

function parseComparison(operator: CompareOperator, { operand, path, key, scope }: OperatorCall): FilterNode {
  const value = parseOperand(operand, path, key, scope)
  if (operator !== "eq" && !rangeKinds.has(kindOf(value))) {
    throw argumentError(scope.context, key, `$${operator} takes a number, a bigint, a string or a Date`)
  }
  return compare(operator, path, value)
}

function parseValues({ operator, operand, path, key, scope }: OperatorCall): Value[] {
  return parseArray(operand, operator, key, scope).map((value, i) =>
    parseOperand(value, path, `${key}.${i}`, scope),
  )
}

function parseExistence({ operand, path, key, scope }: OperatorCall): FilterNode {
  if (typeof operand !== "boolean") throw argumentError(scope.context, key, "$exists takes true or false")
  if (path.length === 0)
    throw argumentError(scope.context, key, "an element is always there; leave $exists out")
  return operand ? exists(path) : not(exists(path))
}

const typeNames = {
  string: true,
  number: true,
  boolean: true,
  null: true,
  date: true,
  binary: true,
  array: true,
  object: true,
} as const satisfies Record<TypeName, true>

function parseType({ operand, path, key, scope }: OperatorCall): FilterNode {
  const names: unknown[] = Array.isArray(operand) ? Array.from(operand) : [operand]
  if (names.length === 0 || !names.every(isTypeName)) {
    throw argumentError(
      scope.context,
      key,
      `$type takes one of ${Object.keys(typeNames).join(" ")}, or an array of them`,
    )
  }
  const tests = names.map((name) => hasType(path, name))
  return tests.length === 1 ? (tests[0] as FilterNode) : or(tests)
}

function isTypeName(name: unknown): name is TypeName {
  return typeof name === "string" && Object.hasOwn(typeNames, name)
}

function parsePattern({ operand, options = "", path, key, scope }: OperatorCall): FilterNode {
  const pattern = parseOperand(operand, path, key, scope)
  if (typeof pattern !== "string") throw argumentError(scope.context, key, "$regex takes a string")
  if (typeof options !== "string" || !/^(?!.*(.).*\1)[ims]*$/.test(options))
    throw argumentError(scope.context, `${key}.$options`, "takes flags out of i, m and s, each once")
  const flags = [...options].sort().join("")
  try {
    parseRegex(pattern, flags)
  } catch (error) {
    if (error instanceof RegexProblem) throw argumentError(scope.context, `${key}.$regex`, error.message)
    throw error
  }
  return regex(path, pattern, flags)
}

function parsePrefix({ operand, path, key, scope }: OperatorCall): FilterNode {
  const prefix = parseOperand(operand, path, key, scope)
  if (typeof prefix !== "string") throw argumentError(scope.context, key, "$startsWith takes a string")
  return startsWith(path, prefix)
}

function parseMod({ operand, path, key, scope }: OperatorCall): FilterNode {
  const [divisor, remainder, ...more] = Array.isArray(operand)
    ? Array.from(operand, (value: unknown, i) => parseInteger(value, path, `${key}.${i}`, scope))
    : []
  if (divisor === undefined || remainder === undefined || more.length > 0) {
    throw argumentError(scope.context, key, "$mod takes [divisor, remainder], two integers")
  }
  if (divisor === 0) throw argumentError(scope.context, key, "the divisor of $mod is not 0")
  return mod(path, divisor, remainder)
}

/** One form for each integer: a number where it is safe, else a bigint. */
function parseInteger(operand: unknown, path: FieldPath, key: string, scope: FilterScope): number | bigint {
  const value = parseOperand(operand, path, key, scope)
  if (typeof value === "bigint" || (typeof value === "number" && Number.isSafeInteger(value))) return value
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value)
  throw argumentError(scope.context, key, "takes an integer")
}

function parseAll({ operator, operand, path, key, scope }: OperatorCall): FilterNode {
  const values = parseArray(operand, operator, key, scope)
  if (values.length === 0) return matchNone
  const tests = values.map((value, i) => contains(path, [parseOperand(value, path, `${key}.${i}`, scope)]))
  return tests.length === 1 ? (tests[0] as FilterNode) : and(tests)
}

function parseSize({ operand, path, key, scope }: OperatorCall): FilterNode {
  const size = parseOperand(operand, path, key, scope)
  if (!Number.isSafeInteger(size) || (size as number) < 0) {
    throw argumentError(scope.context, key, "$size takes a whole number, 0 or more")
  }
  return hasSize(path, size as number)
}

function parseElemMatch({ operand, path, key, scope, nested }: OperatorCall): FilterNode {
  if (!isPlainObject(operand)) {
    throw argumentError(
      scope.context,
      key,
      "$elemMatch takes an object: fields for elements that are objects, operators for others",
    )
  }
  return elemMatch(path, nested.element(operand, key, scope))
}

function parseNegation({ operand, path, key, scope, nested }: OperatorCall): FilterNode {
  if (!isPlainObject(operand) || Object.keys(operand).length === 0) {
    throw argumentError(scope.context, key, "$not takes an object of operators; use $ne for a value")
  }
  return not(nested.operators(operand, path, key, descend(scope, key, { conjunctive: false })))
}
