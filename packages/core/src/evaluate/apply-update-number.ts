import type { Value } from "@nosql/contracts"
import { formatPath } from "../ast/path.ts"
import type { IncNode, MulNode } from "../ast/update.ts"
import type { CallContext } from "../values/argument-error.ts"
import { equalValues } from "../values/compare-values.ts"
import { normalizeValue } from "../values/normalize-value.ts"
import { updateError } from "./change-path.ts"

type Numeric = number | bigint

/** Missing counts as 0. */
export function addNumbers(current: Value | undefined, node: IncNode, context: CallContext): Value {
  return calculate(
    current,
    node,
    context,
    (a, b) => a + b,
    (a, b) => a + b,
  )
}

/** Missing counts as 0. */
export function multiplyNumbers(current: Value | undefined, node: MulNode, context: CallContext): Value {
  return calculate(
    current,
    node,
    context,
    (a, b) => a * b,
    (a, b) => a * b,
  )
}

/** Whole numbers are calculated with exactly, int64 being the limit; a result that no store can hold is an error. */
function calculate(
  current: Value | undefined,
  node: IncNode | MulNode,
  context: CallContext,
  ofNumbers: (a: number, b: number) => number,
  ofBigints: (a: bigint, b: bigint) => bigint,
): Value {
  if (current !== undefined && typeof current !== "number" && typeof current !== "bigint")
    throw updateError(node.path, `$${node.kind} needs a number`, context)
  const start = current ?? 0
  const result =
    wholeResult(start, node.by, ofNumbers, ofBigints) ?? ofNumbers(Number(start), Number(node.by))
  const stored = normalizeValue(result, formatPath(node.path), context)
  return current !== undefined && equalValues(current, stored) ? current : stored
}

function wholeResult(
  a: Numeric,
  b: Numeric,
  ofNumbers: (a: number, b: number) => number,
  ofBigints: (a: bigint, b: bigint) => bigint,
): Numeric | undefined {
  if (!isWhole(a) || !isWhole(b)) return undefined
  if (typeof a === "number" && typeof b === "number") {
    const result = ofNumbers(a, b)
    if (Number.isSafeInteger(result)) return result
  }
  return ofBigints(BigInt(a), BigInt(b))
}

function isWhole(value: Numeric): boolean {
  return typeof value === "bigint" || Number.isInteger(value)
}
