import type { Value } from "@nosql/contracts"
import { equalValues } from "../values/compare-values.ts"
import type { ValueTest } from "./predicate.ts"

/** The test for equality with one of several values: a set for scalars, so that its cost does not grow with their number. */
export function compileMembership(operands: readonly Value[]): ValueTest {
  const scalars = new Set<Value | undefined>()
  const times = new Set<number>()
  const others: Value[] = []
  for (const operand of operands) {
    if (operand instanceof Date) times.add(operand.getTime())
    else if (operand === null) scalars.add(null).add(undefined)
    else if (typeof operand === "object") others.push(operand)
    else for (const form of formsOf(operand)) scalars.add(form)
  }
  if (times.size === 0 && others.length === 0) return (value) => scalars.has(value)
  return (value) => {
    if (scalars.has(value)) return true
    if (value === undefined || value === null || typeof value !== "object") return false
    if (value instanceof Date) return times.has(value.getTime())
    for (const other of others) if (equalValues(value, other)) return true
    return false
  }
}

/** An integer may be met as a number or as a bigint. */
function formsOf(operand: Value): Value[] {
  if (typeof operand === "number" && Number.isInteger(operand)) return [operand, BigInt(operand)]
  if (typeof operand === "bigint" && BigInt(Number(operand)) === operand) return [operand, Number(operand)]
  return [operand]
}
