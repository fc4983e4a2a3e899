import type { Value } from "@nosql/contracts"
import type { CompareOperator } from "../ast/filter.ts"
import { compareSameKind, equalValues } from "../values/compare-values.ts"
import type { ValueTest } from "./predicate.ts"

/** The test for equality with a value; null equals null and missing. */
export function compileEquality(operand: Value): ValueTest {
  switch (typeof operand) {
    case "string":
    case "boolean":
      return (value) => value === operand
    case "number": {
      if (!Number.isInteger(operand)) return (value) => value === operand
      const exact = BigInt(operand)
      return (value) => value === operand || value === exact
    }
    default:
      if (operand === null) return (value) => value === undefined || value === null
      if (operand instanceof Date) {
        const time = operand.getTime()
        return (value) => value instanceof Date && value.getTime() === time
      }
      return (value) => value !== undefined && equalValues(value, operand)
  }
}

type RangeOperator = Exclude<CompareOperator, "eq">

/** The test for a range: true for values of the operand's kind only. */
export function compileRange(operator: RangeOperator, operand: Value): ValueTest {
  if (typeof operand === "number") return numberRanges[operator](operand)
  if (typeof operand === "string" && isBelowSurrogates(operand)) return stringRanges[operator](operand)
  const holds = orderTests[operator]
  return (value) => {
    if (value === undefined) return false
    const order = compareSameKind(value, operand)
    return order !== undefined && holds(order)
  }
}

const numberRanges = {
  gt: (operand) => (value) =>
    typeof value === "number" ? value > operand : typeof value === "bigint" && value > operand,
  gte: (operand) => (value) =>
    typeof value === "number" ? value >= operand : typeof value === "bigint" && value >= operand,
  lt: (operand) => (value) =>
    typeof value === "number" ? value < operand : typeof value === "bigint" && value < operand,
  lte: (operand) => (value) =>
    typeof value === "number" ? value <= operand : typeof value === "bigint" && value <= operand,
} as const satisfies Record<RangeOperator, (operand: number) => ValueTest>

/** Where the operand has no unit from U+D800 up, the language's own order by UTF-16 unit agrees with that by code point. */
const stringRanges = {
  gt: (operand) => (value) => typeof value === "string" && value > operand,
  gte: (operand) => (value) => typeof value === "string" && value >= operand,
  lt: (operand) => (value) => typeof value === "string" && value < operand,
  lte: (operand) => (value) => typeof value === "string" && value <= operand,
} as const satisfies Record<RangeOperator, (operand: string) => ValueTest>

function isBelowSurrogates(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0xd800) return false
  return true
}

const orderTests = {
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
} as const satisfies Record<RangeOperator, (order: number) => boolean>
