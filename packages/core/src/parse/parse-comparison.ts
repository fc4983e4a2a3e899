import type { Value } from "@nosql/contracts"
import { type CompareOperator, compare, type FilterNode } from "../ast/filter.ts"
import { argumentError } from "../values/argument-error.ts"
import { kindOf } from "../values/compare-values.ts"
import type { OperatorCall } from "./operator-call.ts"
import { parseArray, parseOperand } from "./parse-operand.ts"

const rangeKinds: ReadonlySet<string> = new Set(["number", "string", "date"])

export function parseComparison(
  operator: CompareOperator,
  { operand, path, key, scope }: OperatorCall,
): FilterNode {
  const value = parseOperand(operand, path, key, scope)
  if (operator !== "eq" && !rangeKinds.has(kindOf(value))) {
    throw argumentError(scope.context, key, `$${operator} takes a number, a bigint, a string or a Date`)
  }
  return compare(operator, path, value)
}

export function parseValues({ operator, operand, path, key, scope }: OperatorCall): Value[] {
  return parseArray(operand, operator, key, scope).map((value, i) =>
    parseOperand(value, path, `${key}.${i}`, scope),
  )
}
