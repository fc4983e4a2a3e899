import { and, contains, elemMatch, type FilterNode, hasSize, matchNone } from "../ast/filter.ts"
import { argumentError } from "../values/argument-error.ts"
import { isPlainObject } from "../values/plain-object.ts"
import type { OperatorCall } from "./operator-call.ts"
import { parseArray, parseOperand } from "./parse-operand.ts"

export function parseAll({ operator, operand, path, key, scope }: OperatorCall): FilterNode {
  const values = parseArray(operand, operator, key, scope)
  if (values.length === 0) return matchNone
  const tests = values.map((value, i) => contains(path, [parseOperand(value, path, `${key}.${i}`, scope)]))
  return tests.length === 1 ? (tests[0] as FilterNode) : and(tests)
}

export function parseSize({ operand, path, key, scope }: OperatorCall): FilterNode {
  const size = parseOperand(operand, path, key, scope)
  if (!Number.isSafeInteger(size) || (size as number) < 0) {
    throw argumentError(scope.context, key, "$size takes a whole number, 0 or more")
  }
  return hasSize(path, size as number)
}

export function parseElemMatch({ operand, path, key, scope, nested }: OperatorCall): FilterNode {
  if (!isPlainObject(operand)) {
    throw argumentError(
      scope.context,
      key,
      "$elemMatch takes an object: fields for elements that are objects, operators for others",
    )
  }
  return elemMatch(path, nested.element(operand, key, scope))
}
