import { conjuncts, type FilterNode } from "@nosql/core/driver"
import { compileFilter } from "./compile-filter.ts"
import {
  allOf,
  countOperators,
  type Expression,
  maxExpressionBytes,
  maxOperandBytes,
  maxOperators,
} from "./expression.ts"
import { operandBytes } from "./operand-bytes.ts"
import { mostLength } from "./print-expression.ts"

interface FittedFilter {
  readonly expression?: Expression
  /** The conditions that DynamoDB is not asked, or not exactly. */
  readonly rest: readonly FilterNode[]
}

/** Beside a filter stand the keys of a Query, or what an update sets: an item's worth at most. */
const mostFilterOperands = maxOperandBytes - 512 * 1024

/** As many of a filter's conditions as one expression takes, beside those that stand first in it. */
export function fitFilter(filters: readonly FilterNode[], first: readonly Expression[] = []): FittedFilter {
  const arms = [...first]
  const rest: FilterNode[] = []
  const costs = { operators: 0, bytes: 0, operands: 0 }
  const add = (arm: Expression) => {
    costs.operators += countOperators(arm) + 1
    costs.bytes += sizeOf(arm)
    costs.operands += operandBytes(arm)
  }
  const hasRoom = (arm: Expression) =>
    costs.operators + countOperators(arm) + 1 <= maxOperators &&
    costs.bytes + sizeOf(arm) <= maxExpressionBytes &&
    costs.operands + operandBytes(arm) <= mostFilterOperands
  first.forEach(add)
  for (const filter of filters.flatMap(conjuncts)) {
    const { expression, exact } = compileFilter(filter)
    const fits = expression === undefined || hasRoom(expression)
    if (expression !== undefined && fits) {
      arms.push(expression)
      add(expression)
    }
    if (!exact || !fits) rest.push(filter)
  }
  const expression = allOf(arms)
  return expression === undefined ? { rest } : { expression, rest }
}

const around = " AND ()".length

function sizeOf(expression: Expression): number {
  return mostLength(expression) + around
}
