import type { Value } from "@nosql/contracts"
import type { FieldPath } from "../ast/filter.ts"

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

export function getField(value: Value | undefined, segment: string): Value | undefined {
  if (typeof value !== "object" || value === null) return undefined
  if (Array.isArray(value)) return isArrayIndex(segment) ? (value as Value[])[Number(segment)] : undefined
  return Object.hasOwn(value, segment) ? (value as Record<string, Value>)[segment] : undefined
}
