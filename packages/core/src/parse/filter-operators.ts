import { contains, type FilterNode, isIn, not } from "../ast/filter.ts"
import { argumentError } from "../values/argument-error.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { descend } from "./filter-scope.ts"
import type { OperatorCall, OperatorParser } from "./operator-call.ts"
import { parseAll, parseElemMatch, parseSize } from "./parse-array-test.ts"
import { parseComparison, parseValues } from "./parse-comparison.ts"
import { parseMod } from "./parse-mod.ts"
import { isDocumentId, parseOperand } from "./parse-operand.ts"
import { parseExistence, parseType } from "./parse-presence.ts"
import { parsePattern, parsePrefix } from "./parse-string-test.ts"

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

function parseNegation({ operand, path, key, scope, nested }: OperatorCall): FilterNode {
  if (!isPlainObject(operand) || Object.keys(operand).length === 0) {
    throw argumentError(scope.context, key, "$not takes an object of operators; use $ne for a value")
  }
  return not(nested.operators(operand, path, key, descend(scope, key, { conjunctive: false })))
}
