import type { Value } from "@nosql/contracts"
import { compareForSort } from "./compare.ts"
import { equal } from "./equal.ts"
import { isArray, isObject } from "./kind-of.ts"
import { elementMatches, elements, isOperators } from "./matches.ts"
import { OutsideThePromise } from "./promise.ts"
import { compareDocuments, isDescending, type PlainSort } from "./sort-documents.ts"

interface Modifiers {
  readonly $each?: readonly Value[]
  readonly $position?: number
  readonly $sort?: PlainSort | 1 | -1
  readonly $slice?: number
}

/** `$push`: inserted at the position, then sorted, then cut. */
export function pushTo(array: readonly Value[], operand: unknown): Value[] {
  const modifiers = isOperators(operand) ? (operand as Modifiers) : { $each: [operand as Value] }
  const { $each = [], $position = array.length, $sort, $slice } = modifiers
  const place = $position < 0 ? Math.max(0, array.length + $position) : Math.min($position, array.length)
  const pushed = [...array.slice(0, place), ...$each, ...array.slice(place)]
  const sorted = $sort === undefined ? pushed : sortElements(pushed, $sort)
  if ($slice === undefined) return sorted
  return $slice >= 0 ? sorted.slice(0, $slice) : sorted.slice(Math.max(0, sorted.length + $slice))
}

function sortElements(array: readonly Value[], sort: PlainSort | 1 | -1): Value[] {
  const byFields = typeof sort === "object"
  if (byFields && !array.every(isObject)) throw new OutsideThePromise("$sort by fields of what is no object")
  const compare = byFields
    ? (a: Value, b: Value) => compareDocuments(sort)(a as Record<string, Value>, b as Record<string, Value>)
    : (a: Value, b: Value) => (isDescending(sort) ? -compareForSort(a, b) : compareForSort(a, b))
  const sorted = array.toSorted(compare)
  // "Ties in the store's order": nothing is promised of unequal elements that tie.
  sorted.forEach((element, i) => {
    const next = sorted[i + 1]
    if (next !== undefined && compare(element, next) === 0 && !equal(element, next))
      throw new OutsideThePromise("a $sort with ties")
  })
  return sorted
}

export function addToSet(array: readonly Value[], operand: unknown): Value[] {
  const values = isOperators(operand) ? (operand as Modifiers).$each : [operand as Value]
  const set = [...array]
  for (const value of values ?? []) if (!set.some((element) => equal(element, value))) set.push(value)
  return set
}

/** "`$pull: value | { $eq: v }` removes equals; `$pull` with a plain object is an element filter, as `$elemMatch`." */
export function pullFrom(array: readonly Value[], operand: unknown): Value[] {
  if (isObject(operand)) {
    const only = Object.keys(operand)
    if (only.length === 1 && only[0] === "$eq")
      return array.filter((element) => !equal(element, operand["$eq"] as Value))
    return elements(array).filter((element) => !elementMatches(element, operand))
  }
  return array.filter((element) => !equal(element, operand as Value))
}

export function popFrom(array: readonly Value[], operand: unknown): Value[] {
  return operand === 1 ? array.slice(0, -1) : array.slice(1)
}

export function asArray(value: Value): readonly Value[] | undefined {
  return isArray(value) ? value : undefined
}
