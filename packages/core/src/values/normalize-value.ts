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
  return isPortable(value) ? value : normalize(value, startWalk(context, path), depth, false)
}

/** As `normalizeValue`, for a whole document. */
export function normalizeDocument(document: unknown, context: CallContext): Document {
  return normalizeAndMeasure(document, context).fields
}

/** The same, and what the walk through it tells of it. */
export function normalizeAndMeasure(document: unknown, context: CallContext): MeasuredDocument {
  if (!isPlainObject(document)) throw argumentError(context, "", "a document is a plain object")
  const walk = startWalk(context, "")
  const fields = normalizeFields(document, walk, 1)
  return { fields, plainBytes: walk.plain ? walk.bytes : undefined }
}

export interface MeasuredDocument {
  readonly fields: Document
  /** Enough for it in a store, as `documentProblem` of a driver is told. Undefined where it holds bigints, bytes or native values. */
  readonly plainBytes: number | undefined
}

/** One walk through a value. */
interface Walk {
  readonly context: CallContext
  /** Where it is: joined only where somebody is told, since most values are fine. */
  readonly path: (string | number)[]
  /** No bigints, bytes or native values were met. */
  plain: boolean
  /** Enough for what was met, where that is plain. */
  bytes: number
}

function startWalk(context: CallContext, path: string): Walk {
  return { context, path: path === "" ? [] : [path], plain: true, bytes: mostFrame }
}

function refusal({ context, path }: Walk, problem: string): Error {
  return argumentError(context, path.join("."), problem)
}

/**
 * Bytes that are enough for a plain value, its own text and its name aside. BSON takes 17: a type, 8 bytes, and in an array an index of 7 digits with its end
 * for a name (https://bsonspec.org/spec.html); DynamoDB 25, where a date is text.
 */
const mostFrame = 32
/** Most bytes of UTF-8 for one unit of UTF-16. */
const perUnit = 3

/** Enough for a field that holds a text. */
export function mostBytesOfText(name: string, text: string): number {
  return mostFrame + textBytes(name) + textBytes(text)
}

function textBytes(value: unknown): number {
  return typeof value === "string" ? perUnit * value.length : 0
}

function normalize(value: unknown, walk: Walk, depth: number, inArray: boolean): Value {
  switch (typeof value) {
    case "string":
      if (!value.isWellFormed())
        throw refusal(walk, "the string has a lone surrogate and is not Unicode text")
      walk.bytes += textBytes(value)
      return value
    case "boolean":
      return value
    case "number": {
      const number = portableNumber(value)
      if (number === undefined) throw refusal(walk, numberProblem(value))
      if (typeof number === "bigint") walk.plain = false
      return number
    }
    case "bigint":
      if (!isInt64(value)) throw refusal(walk, "the bigint is outside int64")
      return normalizeBigint(value, walk)
    case "undefined":
      throw refusal(walk, "undefined is no value; use null, or leave the field out")
    case "object":
      return value === null ? null : normalizeObject(value, walk, depth, inArray)
    default:
      throw refusal(walk, `a ${typeof value} cannot be stored`)
  }
}

function numberProblem(value: number): string {
  if (!Number.isFinite(value)) return "NaN and Infinity cannot be stored"
  return Math.abs(value) < 1 ? "the number is smaller than 1e-130" : "the number is 2^63 or more"
}

/** An integer is a number when it is safe, else a bigint: one form for each value keeps every store's comparison simple. */
function normalizeBigint(value: bigint, walk: Walk): number | bigint {
  const number = Number(value)
  if (Number.isSafeInteger(number)) return number
  walk.plain = false
  return value
}

function normalizeObject(value: object, walk: Walk, depth: number, inArray: boolean): Value {
  const isArray = Array.isArray(value)
  if (!isArray && !isPlainObject(value)) return normalizeInstance(value, walk)
  const inside = deeper(depth, isArray && inArray)
  if (inside > maxDepth + 1) throw refusal(walk, `nested deeper than ${maxDepth} levels, or in a circle`)
  return isArray ? normalizeItems(value, walk, inside) : normalizeFields(value, walk, inside)
}

/** How deep lies what is in an object or an array at a depth. */
export function deeper(depth: number, arrayInArray: boolean): number {
  return depth + (arrayInArray ? 2 : 1)
}

/** Of the classes whose instances are values. */
function normalizeInstance(value: object, walk: Walk): Value {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw refusal(walk, "the date is invalid")
    return new Date(value)
  }
  walk.plain = false
  if (value instanceof Uint8Array) return new Uint8Array(value)
  if (!isNativeValue(value))
    throw refusal(
      walk,
      isPromise(value)
        ? awaitFirst
        : `an instance of ${className(value)} cannot be stored; use a plain object`,
    )
  const { backend } = walk.context
  if (backend === undefined || value.driver === backend) return value
  throw refusal(walk, `a native value of "${value.driver}" cannot go to "${backend}"`)
}

function normalizeItems(items: readonly unknown[], walk: Walk, depth: number): Value[] {
  const copy: Value[] = []
  walk.bytes += mostFrame * items.length
  // By index, so that a hole is met as the undefined that it reads as.
  for (let i = 0; i < items.length; i++) {
    const item = items[i]
    if (isPortable(item)) {
      copy.push(item)
      walk.bytes += textBytes(item)
    } else {
      walk.path.push(i)
      copy.push(normalize(item, walk, depth, true))
      walk.path.pop()
    }
  }
  return copy
}

function normalizeFields(value: Record<string, unknown>, walk: Walk, depth: number): Document {
  const copy: Document = {}
  let bytes = 0
  for (const field of Object.keys(value)) {
    const item = value[field]
    if (item === undefined) continue
    const problem = fieldNameProblem(field)
    if (problem !== undefined) {
      walk.path.push(field)
      throw refusal(walk, problem)
    }
    bytes += mostFrame + textBytes(field)
    // No name that may stand here means more than a field to an assignment: `__proto__` was refused.
    if (isPortable(item)) {
      copy[field] = item
      bytes += textBytes(item)
    } else {
      walk.path.push(field)
      copy[field] = normalize(item, walk, depth, false)
      walk.path.pop()
    }
  }
  walk.bytes += bytes
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
