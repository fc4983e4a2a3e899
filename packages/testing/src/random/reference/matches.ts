import type { Document, Value } from "@nosql/contracts"
import { compareOneKind } from "./compare.ts"
import { equal } from "./equal.ts"
import { isArray, isObject, kindOf } from "./kind-of.ts"
import { OutsideThePromise } from "./promise.ts"
import { readPath } from "./read-path.ts"

/** A filter as the user writes it. */
export type PlainFilter = Readonly<Record<string, unknown>>

/** Whether a document matches, by docs/semantics.md §3 alone. */
export function matches(document: Document, filter: PlainFilter): boolean {
  return Object.entries(filter).every(([key, condition]) => {
    const filters = condition as readonly PlainFilter[]
    if (key === "$and") return filters.every((each) => matches(document, each))
    if (key === "$or") return filters.some((each) => matches(document, each))
    if (key === "$nor") return !filters.some((each) => matches(document, each))
    return holds(readPath(document, key), condition)
  })
}

/** Whether a condition holds for a value: an object of operators, or a value to be equal to. */
function holds(value: Value | undefined, condition: unknown): boolean {
  if (!isOperators(condition)) return is(value, condition as Value)
  return Object.entries(condition).every(([operator, operand]) =>
    operatorHolds(operator, value, operand, condition),
  )
}

export function isOperators(condition: unknown): condition is Record<string, unknown> {
  return isObject(condition) && Object.keys(condition).some((key) => key.startsWith("$"))
}

function operatorHolds(
  operator: string,
  value: Value | undefined,
  operand: unknown,
  all: Record<string, unknown>,
): boolean {
  switch (operator) {
    case "$eq":
      return is(value, operand as Value)
    case "$ne":
      return !is(value, operand as Value)
    case "$in":
      return (operand as Value[]).some((each) => is(value, each))
    case "$nin":
      return !(operand as Value[]).some((each) => is(value, each))
    case "$gt":
      return ranges(value, operand, (order) => order > 0)
    case "$gte":
      return ranges(value, operand, (order) => order >= 0)
    case "$lt":
      return ranges(value, operand, (order) => order < 0)
    case "$lte":
      return ranges(value, operand, (order) => order <= 0)
    case "$exists":
      return (value !== undefined) === operand
    case "$type":
      return value !== undefined && [operand].flat().includes(kindOf(value))
    case "$not":
      return !holds(value, operand)
    case "$mod":
      return hasRemainder(scalar(value), operand as [number, number])
    case "$regex":
      return isText(scalar(value), (text) =>
        new RegExp(operand as string, `u${all["$options"] ?? ""}`).test(text),
      )
    case "$options":
      return true // belongs to $regex
    case "$startsWith":
      return isText(scalar(value), (text) => text.startsWith(operand as string))
    case "$contains":
      return isArray(value) && contains(value, operand as Value)
    case "$containsAny":
      return isArray(value) && (operand as Value[]).some((each) => contains(value, each))
    case "$all": // "`$all: []` and `$containsAny: []` match nothing"
      return (
        isArray(value) &&
        isArray(operand) &&
        operand.length > 0 &&
        operand.every((each) => contains(value, each))
      )
    case "$size":
      return isArray(value) && value.length === operand
    case "$elemMatch":
      return isArray(value) && elements(value).some((element) => elementMatches(element, operand))
    default:
      throw new Error(`the reference does not know ${operator}`)
  }
}

/** "A scalar operator on a stored array [is] outside the promise." */
function scalar(value: Value | undefined): Value | undefined {
  if (isArray(value)) throw new OutsideThePromise("a scalar operator on an array")
  return value
}

/** Equality; null also equals missing. Whole arrays are compared with arrays. */
function is(value: Value | undefined, operand: Value): boolean {
  if (!isArray(operand)) scalar(value)
  return equal(value ?? null, operand)
}

/** "They match values of the operand's kind only." */
function ranges(value: Value | undefined, operand: unknown, test: (order: number) => boolean): boolean {
  scalar(value)
  const order = value === undefined ? undefined : compareOneKind(value, operand as Value)
  return order !== undefined && test(order)
}

/** "The value is truncated towards zero, the remainder has the sign of the dividend, non-numbers do not match." */
function hasRemainder(
  value: Value | undefined,
  [divisor, remainder]: readonly [number | bigint, number | bigint],
): boolean {
  if (typeof value !== "number" && typeof value !== "bigint") return false
  const whole = typeof value === "bigint" ? value : BigInt(Math.trunc(value))
  return whole % BigInt(divisor) === BigInt(remainder)
}

function isText(value: Value | undefined, test: (text: string) => boolean): boolean {
  return typeof value === "string" && test(value)
}

function contains(array: readonly Value[], value: Value): boolean {
  return array.some((element) => equal(element, value))
}

/** "Over arrays in arrays it is outside the promise." */
export function elements(array: readonly Value[]): readonly Value[] {
  if (array.some(isArray)) throw new OutsideThePromise("elements that are arrays")
  return array
}

/** "With fields, groups of filters or `{}` sees object elements only, with operators every element." */
export function elementMatches(element: Value, condition: unknown): boolean {
  const isGroup = isObject(condition) && ["$and", "$or", "$nor"].some((key) => Object.hasOwn(condition, key))
  if (isOperators(condition) && !isGroup) return holds(element, condition)
  return isObject(element) && matches(element, condition as PlainFilter)
}
