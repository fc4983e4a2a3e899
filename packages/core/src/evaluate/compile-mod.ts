import type { ModNode } from "../ast/filter.ts"
import type { ValueTest } from "./predicate.ts"

/** The value is truncated towards zero; the remainder has the sign of the dividend. */
export function compileMod({ divisor, remainder }: ModNode): ValueTest {
  const exactDivisor = BigInt(divisor)
  const exactRemainder = BigInt(remainder)
  const isExact = (value: bigint) => value % exactDivisor === exactRemainder
  if (typeof divisor === "bigint" || typeof remainder === "bigint") {
    return (value) =>
      typeof value === "bigint"
        ? isExact(value)
        : typeof value === "number" && isExact(BigInt(Math.trunc(value)))
  }
  return (value) => {
    if (typeof value === "number") return Math.trunc(value) % divisor === remainder // -0 equals 0
    return typeof value === "bigint" && isExact(value)
  }
}
