import type { Document } from "@nosql/contracts"
import { deeper, fieldNameProblem, maxDepth } from "./normalize-value.ts"
import { portableNumber } from "./portable-number.ts"

/**
 * Whether `normalizeDocument` would return an equal copy, and refuse nothing. Says no to what is rare (bigints, bytes, fields that are undefined),
 * be it fine or not: then the copy tells.
 */
export function isNormalDocument(value: unknown): value is Document {
  return isCommonObject(value) && areNormalFields(value, 1)
}

function areNormalFields(fields: Record<string, unknown>, depth: number): boolean {
  if (depth > maxDepth + 1) return false
  // Two thirds of the time of `Object.keys`. What somebody put on `Object.prototype` is looked at as well, and makes no wrong yes.
  for (const field in fields) {
    if (fieldNameProblem(field) !== undefined || !isNormal(fields[field], depth, false)) return false
  }
  return true
}

function isNormal(value: unknown, depth: number, inArray: boolean): boolean {
  switch (typeof value) {
    case "string":
      return value.isWellFormed()
    case "number":
      return Object.is(portableNumber(value), value)
    case "boolean":
      return true
    case "object":
      return value === null || isNormalObject(value, depth, inArray)
    default:
      return false
  }
}

function isNormalObject(value: object, depth: number, inArray: boolean): boolean {
  if (Array.isArray(value)) return areNormalItems(value, deeper(depth, inArray))
  if (isCommonObject(value)) return areNormalFields(value, deeper(depth, false))
  return value instanceof Date && !Number.isNaN(value.getTime())
}

function areNormalItems(items: readonly unknown[], depth: number): boolean {
  if (depth > maxDepth + 1) return false
  // By index: a hole is undefined.
  for (let i = 0; i < items.length; i++) {
    if (!isNormal(items[i], depth, true)) return false
  }
  return true
}

/** Whether it is an object as a literal makes it: other plain objects may have inherited fields. */
function isCommonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
