import type { Value } from "@nosql/contracts"
import { aboutNow } from "../reference/apply-update.ts"
import { isArray, isObject } from "../reference/kind-of.ts"

/** How far the server's clock and this process's may be apart. */
const clockTolerance = 60_000

/** Whether an answer is exactly what was expected: also whether an integer came as a number or a bigint. */
export function same(expected: Value | undefined, actual: Value | undefined): boolean {
  if (expected === aboutNow)
    return (
      actual === aboutNow ||
      (actual instanceof Date && Math.abs(actual.getTime() - Date.now()) < clockTolerance)
    )
  if (expected instanceof Date) return actual instanceof Date && actual.getTime() === expected.getTime()
  if (expected instanceof Uint8Array) return actual instanceof Uint8Array && actual.join() === expected.join()
  if (isArray(expected))
    return (
      isArray(actual) &&
      actual.length === expected.length &&
      expected.every((item, i) => same(item, actual[i]))
    )
  if (isObject(expected)) return isObject(actual) && sameFields(expected, actual)
  return Object.is(expected, actual)
}

function sameFields(expected: Record<string, Value>, actual: Record<string, Value>): boolean {
  const keys = Object.keys(expected)
  if (keys.length !== Object.keys(actual).length || Object.getPrototypeOf(actual) !== Object.prototype)
    return false
  return keys.every((key) => Object.hasOwn(actual, key) && same(expected[key], actual[key]))
}

/** Whether the two hold the same documents, in any order. */
export function sameSet(expected: readonly Value[], actual: readonly Value[]): boolean {
  const left = [...actual]
  return (
    expected.length === actual.length &&
    expected.every((value) => {
      const i = left.findIndex((other) => same(value, other))
      if (i !== -1) left.splice(i, 1)
      return i !== -1
    })
  )
}
