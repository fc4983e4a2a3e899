import type { Value } from "@nosql/contracts"
import { isArray, isObject, kindOf } from "./kind-of.ts"

/** Equality by value: 5 equals 5n; whole objects are equal whatever the order of their keys. */
export function equal(a: Value, b: Value): boolean {
  if (kindOf(a) !== kindOf(b)) return false
  if (a instanceof Date) return a.getTime() === (b as Date).getTime()
  if (a instanceof Uint8Array) return a.join() === (b as Uint8Array).join()
  if (isArray(a)) return a.length === (b as Value[]).length && a.every((item, i) => equal(item, at(b, i)))
  if (isObject(a)) {
    const keys = Object.keys(a)
    const others = b as Record<string, Value>
    if (keys.length !== Object.keys(others).length) return false
    return keys.every((key) => Object.hasOwn(others, key) && equal(at(a, key), at(others, key)))
  }
  if (kindOf(a) === "number") return !((a as number) < (b as number)) && !((a as number) > (b as number))
  return a === b
}

function at(value: Value, key: string | number): Value {
  return (value as Record<string | number, Value>)[key] as Value
}
