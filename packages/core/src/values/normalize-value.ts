import type { Document, Value } from "@nosql/contracts"
import { argumentError, type CallContext } from "./argument-error.ts"
import { isInt64 } from "./is-int64.ts"
import { awaitFirst, isPromise } from "./is-promise.ts"
import { isNativeValue } from "./native-value.ts"
import { isPlainObject } from "./plain-object.ts"
import { portableNumber } from "./portable-number.ts"

/** Deeper documents do not fit every store; an array directly inside an array counts two (Firestore wraps it). */
export const maxDepth = 20

/**
 * Checks that a value is portable and returns a deep copy of it, ready to be stored or compared: -0 as 0, `undefined` fields left out.
 * Throws `invalid-argument` with the path of what no store could hold. `depth` is how deep in a document the value will lie.
 */
export function normalizeValue(value: unknown, path: string, context: CallContext, depth = 0): Value {
  return normalize(value, path, undefined, context, depth, false)
}

/** As `normalizeValue`, for a whole document. */
export function normalizeDocument(document: unknown, context: CallContext): Document {
  if (!isPlainObject(document)) throw argumentError(context, "", "a document is a plain object")
  return normalizeFields(document, "", context, 1)
}

/** The value lies at `segment` below `parent`; the two are joined only where somebody is told: most values are fine. */
function normalize(
  value: unknown,
  parent: string,
  segment: string | number | undefined,
  context: CallContext,
  depth: number,
  inArray: boolean,
): Value {
  switch (typeof value) {
    case "string":
      if (!value.isWellFormed())
        throw argumentError(
          context,
          join(parent, segment),
          "the string has a lone surrogate and is not Unicode text",
        )
      return value
    case "boolean":
      return value
    case "number": {
      const number = portableNumber(value)
      if (number === undefined) throw argumentError(context, join(parent, segment), numberProblem(value))
      return number
    }
    case "bigint":
      if (!isInt64(value)) throw argumentError(context, join(parent, segment), "the bigint is outside int64")
      return normalizeBigint(value)
    case "undefined":
      throw argumentError(
        context,
        join(parent, segment),
        "undefined is no value; use null, or leave the field out",
      )
    case "object":
      return value === null ? null : normalizeObject(value, join(parent, segment), context, depth, inArray)
    default:
      throw argumentError(context, join(parent, segment), `a ${typeof value} cannot be stored`)
  }
}

function numberProblem(value: number): string {
  if (!Number.isFinite(value)) return "NaN and Infinity cannot be stored"
  return Math.abs(value) < 1 ? "the number is smaller than 1e-130" : "the number is 2^63 or more"
}

/** An integer is a number when it is safe, else a bigint: one form for each value keeps every store's comparison simple. */
function normalizeBigint(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

function normalizeObject(
  value: object,
  path: string,
  context: CallContext,
  depth: number,
  inArray: boolean,
): Value {
  const isArray = Array.isArray(value)
  if (!isArray && !isPlainObject(value)) return normalizeInstance(value, path, context)
  const inside = deeper(depth, isArray && inArray)
  if (inside > maxDepth + 1)
    throw argumentError(context, path, `nested deeper than ${maxDepth} levels, or in a circle`)
  return isArray
    ? normalizeItems(value, path, context, inside)
    : normalizeFields(value, path, context, inside)
}

/** How deep lies what is in an object or an array at a depth. */
export function deeper(depth: number, arrayInArray: boolean): number {
  return depth + (arrayInArray ? 2 : 1)
}

/** Of the classes whose instances are values. */
function normalizeInstance(value: object, path: string, context: CallContext): Value {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw argumentError(context, path, "the date is invalid")
    return new Date(value)
  }
  if (value instanceof Uint8Array) return new Uint8Array(value)
  if (!isNativeValue(value))
    throw argumentError(
      context,
      path,
      isPromise(value)
        ? awaitFirst
        : `an instance of ${className(value)} cannot be stored; use a plain object`,
    )
  if (context.backend === undefined || value.driver === context.backend) return value
  throw argumentError(context, path, `a native value of "${value.driver}" cannot go to "${context.backend}"`)
}

function normalizeItems(
  items: readonly unknown[],
  path: string,
  context: CallContext,
  depth: number,
): Value[] {
  const copy: Value[] = []
  // By index, so that a hole is met as the undefined that it reads as.
  for (let i = 0; i < items.length; i++) {
    const item = items[i]
    copy.push(isPortable(item) ? item : normalize(item, path, i, context, depth, true))
  }
  return copy
}

function normalizeFields(
  value: Record<string, unknown>,
  path: string,
  context: CallContext,
  depth: number,
): Document {
  const copy: Document = {}
  for (const field of Object.keys(value)) {
    const item = value[field]
    if (item === undefined) continue
    const problem = fieldNameProblem(field)
    if (problem !== undefined) throw argumentError(context, join(path, field), problem)
    // No name that may stand here means more than a field to an assignment: `__proto__` was refused.
    copy[field] = isPortable(item) ? item : normalize(item, path, field, context, depth, false)
  }
  return copy
}

/** Tells at a glance that most values are fine, and stay what they are. */
function isPortable(value: unknown): value is string | number | boolean {
  switch (typeof value) {
    case "string":
      return value.isWellFormed()
    case "boolean":
      return true
    case "number":
      return (value | 0) === value && value !== 0
    default:
      return false
  }
}

/** Why a field cannot have this name, or undefined. One rule for documents, filters, sorts and updates. */
export function fieldNameProblem(field: string): string | undefined {
  if (fineNames.has(field) || isSimpleName(field)) return undefined
  if (field === "") return "a field name is not empty"
  if (field.startsWith("$")) return "a field name does not begin with $"
  if (field.includes(".")) return "a field name has no dot"
  if (field.includes("\0")) return "a field name has no NUL"
  if (/^__.*__$/s.test(field)) return "a field name is not __…__"
  if (field.startsWith("_nosql")) return "a field name does not begin with _nosql, which is reserved"
  if (!field.isWellFormed()) return "a field name is Unicode text"
  return undefined
}

/** Names that were found fine: documents of an application have few, and have them often. */
const fineNames = new Set<string>()
const mostFineNames = 1000
const longestKept = 64

/** Tells at a glance that a name is fine. */
function isSimpleName(field: string): boolean {
  const first = field.charCodeAt(0)
  if (Number.isNaN(first) || first === dollar || first === underscore) return false
  for (let i = 0; i < field.length; i++) {
    const unit = field.charCodeAt(i)
    if (unit === dot || unit === 0 || unit >= firstSurrogate) return false
  }
  if (fineNames.size < mostFineNames && field.length <= longestKept) fineNames.add(field)
  return true
}

const dollar = 0x24
const dot = 0x2e
const underscore = 0x5f
const firstSurrogate = 0xd800

function className(value: object): string {
  return (value.constructor as { name?: string } | undefined)?.name || "a class"
}

function join(path: string, segment: string | number | undefined): string {
  if (segment === undefined) return path
  return path === "" ? String(segment) : `${path}.${segment}`
}
