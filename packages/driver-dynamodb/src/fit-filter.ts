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
  let cost = first.reduce(withArm, { operators: 0, bytes: 0, operands: 0 })
  for (const filter of filters.flatMap(conjuncts)) {
    const { expression, exact } = compileFilter(filter)
    const next = expression === undefined ? cost : withArm(cost, expression)
    const fits = expression === undefined || hasRoom(next)
    if (expression !== undefined && fits) {
      arms.push(expression)
      cost = next
    }
    if (!exact || !fits) rest.push(filter)
  }
  const expression = allOf(arms)
  return expression === undefined ? { rest } : { expression, rest }
}

interface Cost {
  readonly operators: number
  readonly bytes: number
  readonly operands: number
}

const around = " AND ()".length

/** What an expression costs with one arm more. */
function withArm({ operators, bytes, operands }: Cost, arm: Expression): Cost {
  return {
    operators: operators + countOperators(arm) + 1,
    bytes: bytes + mostLength(arm) + around,
    operands: operands + operandBytes(arm),
  }
}

function hasRoom({ operators, bytes, operands }: Cost): boolean {
  return operators <= maxOperators && bytes <= maxExpressionBytes && operands <= mostFilterOperands
}
