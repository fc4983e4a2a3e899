import type { Document, Value } from "@nosql/contracts"
import { argumentError, type CallContext } from "./argument-error.ts"
import { isNativeValue } from "./native-value.ts"
import { isPlainObject } from "./plain-object.ts"

/** Deeper documents do not fit every store; an array directly inside an array counts two (Firestore wraps it). */
export const maxDepth = 20
const minInt64 = -(2n ** 63n)
const maxInt64 = 2n ** 63n - 1n
const tooLarge = 2 ** 63
const tooSmall = 1e-130 // DynamoDB keeps numbers from 1e-130: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html

/**
 * Checks that a value is portable and returns a deep copy of it, ready to be stored or compared: -0 as 0, `undefined` fields left out.
 * Throws `invalid-argument` with the path of what no store could hold. `depth` is how deep in a document the value will lie.
 */
export function normalizeValue(value: unknown, path: string, context: CallContext, depth = 0): Value {
  return normalize(value, { context, trail: path === "" ? [] : [path], shares: false }, depth, false)
}

/** As `normalizeValue`, for a whole document. */
export function normalizeDocument(document: unknown, context: CallContext): Document {
  if (!isPlainObject(document)) throw argumentError(context, "", "a document is a plain object")
  return normalizeFields(document, { context, trail: [], shares: false }, 1)
}

/** As `normalizeDocument`, but what needs no change is not copied: for documents that are read at once and kept by nobody. */
export function portableDocument(document: unknown, context: CallContext): Document {
  if (!isPlainObject(document)) throw argumentError(context, "", "a document is a plain object")
  return normalizeFields(document, { context, trail: [], shares: true }, 1)
}

/** Where a walk through a document stands. Only what nests leaves its segment here, and only an error makes a path of them. */
interface Walk {
  readonly context: CallContext
  readonly trail: (string | number)[]
  /** Whether what needs no change stands for itself instead of being copied. */
  readonly shares: boolean
}

function refuse({ context, trail }: Walk, problem: string): never {
  throw argumentError(context, trail.join("."), problem)
}

function normalize(value: unknown, walk: Walk, depth: number, inArray: boolean): Value {
  switch (typeof value) {
    case "string":
      if (!value.isWellFormed()) refuse(walk, "the string has a lone surrogate and is not Unicode text")
      return value
    case "boolean":
      return value
    case "number":
      return normalizeNumber(value, walk)
    case "bigint":
      if (value < minInt64 || value > maxInt64) refuse(walk, "the bigint is outside int64")
      return normalizeBigint(value)
    case "undefined":
      return refuse(walk, "undefined is no value; use null, or leave the field out")
    case "object":
      return value === null ? null : normalizeObject(value, walk, depth, inArray)
    default:
      return refuse(walk, `a ${typeof value} cannot be stored`)
  }
}

function normalizeNumber(value: number, walk: Walk): number | bigint {
  if (!Number.isFinite(value)) refuse(walk, "NaN and Infinity cannot be stored")
  const size = Math.abs(value)
  if (size >= tooLarge && value !== -tooLarge) refuse(walk, "the number is 2^63 or more")
  if (size !== 0 && size < tooSmall) refuse(walk, "the number is smaller than 1e-130")
  if (value === 0) return 0
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value
}

/** An integer is a number when it is safe, else a bigint: one form for each value keeps every store's comparison simple. */
function normalizeBigint(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

function normalizeObject(value: object, walk: Walk, depth: number, inArray: boolean): Value {
  const isArray = Array.isArray(value)
  if (isArray || (isPlainObject(value) && !isNativeValue(value))) {
    const deeper = depth + (isArray && inArray ? 2 : 1)
    if (deeper > maxDepth + 1) refuse(walk, `nested deeper than ${maxDepth} levels, or in a circle`)
    return isArray ? normalizeItems(value, walk, deeper) : normalizeFields(value, walk, deeper)
  }
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) refuse(walk, "the date is invalid")
    return walk.shares ? value : new Date(value)
  }
  if (value instanceof Uint8Array) return walk.shares ? value : new Uint8Array(value)
  if (!isNativeValue(value))
    return refuse(walk, `an instance of ${className(value)} cannot be stored; use a plain object`)
  if (walk.context.backend !== undefined && value.driver !== walk.context.backend)
    refuse(walk, `a native value of "${value.driver}" cannot go to "${walk.context.backend}"`)
  return value
}

/** What most values are, told without another call: it needs no copy. */
function isSimpleValue(value: unknown): value is string | boolean | number {
  const type = typeof value
  return type === "string"
    ? (value as string).isWellFormed()
    : type === "number"
      ? ((value as number) | 0) === value && value !== 0
      : type === "boolean"
}

function normalizeItems(items: readonly unknown[], walk: Walk, depth: number): Value[] {
  const { trail } = walk
  let copy: Value[] | undefined = walk.shares ? undefined : []
  // By index, so that a hole is met as the undefined that it reads as.
  for (let i = 0; i < items.length; i++) {
    const item = items[i]
    let normal = item as Value
    if (!isSimpleValue(item)) {
      trail.push(i)
      normal = normalize(item, walk, depth, true)
      trail.pop()
      if (copy === undefined && !Object.is(normal, item)) copy = items.slice(0, i) as Value[]
    }
    copy?.push(normal)
  }
  return copy ?? (items as Value[])
}

function normalizeFields(value: Record<string, unknown>, walk: Walk, depth: number): Document {
  const { trail } = walk
  const fields = Object.keys(value)
  let copy: Document | undefined = walk.shares ? undefined : {}
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i] as string
    const item = value[field]
    let normal = item as Value
    // What is simple both by its name and by its value needs neither a look nor a copy.
    if (!isSimpleName(field) || !isSimpleValue(item)) {
      if (item !== undefined) {
        trail.push(field)
        const problem = fieldNameProblem(field)
        if (problem !== undefined) refuse(walk, problem)
        normal = normalize(item, walk, depth, false)
        trail.pop()
      }
      if (copy === undefined && (item === undefined || !Object.is(normal, item)))
        copy = pick(value, fields.slice(0, i))
    }
    // No name that may stand here means more than a field to an assignment: `__proto__` is refused.
    if (copy !== undefined && item !== undefined) copy[field] = normal
  }
  return copy ?? (value as Document)
}

function pick(value: Record<string, unknown>, fields: readonly string[]): Document {
  const picked: Document = {}
  for (const field of fields) picked[field] = value[field] as Value
  return picked
}

/** Tells at a glance that a name is fine. */
function isSimpleName(field: string): boolean {
  const first = field.charCodeAt(0)
  if (Number.isNaN(first) || first === dollar || first === underscore) return false
  for (let i = 0; i < field.length; i++) {
    const unit = field.charCodeAt(i)
    if (unit === dot || unit === 0 || unit >= firstSurrogate) return false
  }
  return true
}

const dollar = 0x24
const dot = 0x2e
const underscore = 0x5f
const firstSurrogate = 0xd800

/** Why a field cannot have this name, or undefined. One rule for documents, filters, sorts and updates. */
export function fieldNameProblem(field: string): string | undefined {
  if (isSimpleName(field)) return undefined
  if (field === "") return "a field name is not empty"
  if (field.startsWith("$")) return "a field name does not begin with $"
  if (field.includes(".")) return "a field name has no dot"
  if (field.includes("\0")) return "a field name has no NUL"
  if (/^__.*__$/s.test(field)) return "a field name is not __…__"
  if (field.startsWith("_nosql")) return "a field name does not begin with _nosql, which is reserved"
  if (!field.isWellFormed()) return "a field name is Unicode text"
  return undefined
}

function className(value: object): string {
  return (value.constructor as { name?: string } | undefined)?.name || "a class"
}
