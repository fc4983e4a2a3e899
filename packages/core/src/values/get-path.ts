import type { Value } from "@nosql/contracts"
import type { FieldPath } from "../ast/filter.ts"
import { isNativeValue } from "./native-value.ts"

const digits = /^(?:0|[1-9]\d*)$/

/** Whether a segment indexes an array (it is an ordinary key in an object). */
export function isArrayIndex(segment: string): boolean {
  return digits.test(segment)
}

/** The value at a path, or undefined where it is missing. Only own fields are seen, so `constructor` is data like any other. */
export function getPath(document: Value, path: FieldPath): Value | undefined {
  let value: Value | undefined = document
  for (const segment of path) {
    value = getField(value, segment)
    if (value === undefined) return undefined
  }
  return value
}

/** One step of a path. Dates, bytes and native values have no fields. */
export function getField(value: Value | undefined, segment: string): Value | undefined {
  if (typeof value !== "object" || value === null) return undefined
  if (Array.isArray(value)) return isArrayIndex(segment) ? (value as Value[])[Number(segment)] : undefined
  if (!Object.hasOwn(value, segment) || value instanceof Uint8Array || isNativeValue(value)) return undefined
  return (value as Record<string, Value>)[segment]
}
