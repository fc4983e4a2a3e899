import { updatesOf } from "../arbitraries/updates-of.ts"
import type { Write } from "../arbitraries/writes.ts"

/**
 * Whether a write keeps fields declared `bigint` as declared. What does not is refused with `validation`, or ("a fractional operand on a
 * `bigint` path") with `invalid-argument`; the conformance suite has that.
 */
export function conforms(write: Write, bigintFields: readonly string[]): boolean {
  return updatesOf(write).every((update) =>
    Object.entries(update).every(([operator, changes]) =>
      Object.entries(changes).every(
        ([path, operand]) =>
          !bigintFields.includes(path) ||
          operator === "$unset" ||
          isWhole(operand) ||
          (operand === null && operator === "$set"),
      ),
    ),
  )
}

function isWhole(value: unknown): boolean {
  return typeof value === "bigint" || Number.isInteger(value)
}
