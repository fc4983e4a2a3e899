import type { Value } from "@nosql/contracts"
import { isArray, isObject } from "./kind-of.ts"

/** A copy whose arrays and objects are its own; dates and bytes are never changed here. */
export function copyValue(value: Value): Value {
  if (isArray(value)) return value.map(copyValue)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyValue(item)]))
}
