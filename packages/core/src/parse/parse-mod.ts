import { type FieldPath, type FilterNode, mod } from "../ast/filter.ts"
import { argumentError } from "../values/argument-error.ts"
import type { FilterScope } from "./filter-scope.ts"
import type { OperatorCall } from "./operator-call.ts"
import { parseOperand } from "./parse-operand.ts"

export function parseMod({ operand, path, key, scope }: OperatorCall): FilterNode {
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
