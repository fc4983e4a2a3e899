import { conjuncts, type FilterNode } from "@nosql/core/driver"
import { compileFilter } from "./compile-filter.ts"
import { allOf, countOperators, type Expression, maxExpressionBytes, maxOperators } from "./expression.ts"
import { mostLength } from "./print-expression.ts"

interface FittedFilter {
  readonly expression?: Expression
  /** The conditions that DynamoDB is not asked, or not exactly. */
  readonly rest: readonly FilterNode[]
}

/** As many of a filter's conditions as one expression takes, beside those that stand first in it. */
export function fitFilter(filters: readonly FilterNode[], first: readonly Expression[] = []): FittedFilter {
  const arms = [...first]
  const rest: FilterNode[] = []
  let operators = first.reduce((sum, arm) => sum + countOperators(arm) + 1, 0)
  let bytes = first.reduce((sum, arm) => sum + sizeOf(arm), 0)
  for (const filter of filters.flatMap(conjuncts)) {
    const { expression, exact } = compileFilter(filter)
    const cost = expression === undefined ? 0 : countOperators(expression) + 1
    const size = expression === undefined ? 0 : sizeOf(expression)
    const fits = operators + cost <= maxOperators && bytes + size <= maxExpressionBytes
    if (expression !== undefined && fits) {
      arms.push(expression)
      operators += cost
      bytes += size
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
