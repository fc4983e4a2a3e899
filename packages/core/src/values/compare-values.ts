import type { Value } from "@nosql/contracts"
import { isNativeValue } from "./native-value.ts"

/** The kinds of value that the language tells apart. */
export type ValueKind =
  | "null"
  | "number"
  | "string"
  | "boolean"
  | "date"
  | "binary"
  | "array"
  | "object"
  | "native"

/** The kind of a value; number and bigint are one. */
export function kindOf(value: Value): ValueKind {
  switch (typeof value) {
    case "number":
    case "bigint":
      return "number"
    case "string":
      return "string"
    case "boolean":
      return "boolean"
    default:
      if (value === null) return "null"
      if (value instanceof Date) return "date"
      if (Array.isArray(value)) return "array"
      if (value instanceof Uint8Array) return "binary"
      return isNativeValue(value) ? "native" : "object"
  }
}

/** Orders strings by code point, as the servers do; `<` goes by UTF-16 unit and puts "\u{1F600}" before "\uFF5E". */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return rank(x) - rank(y)
  }
  return a.length - b.length
}

/** Lifts surrogates above the rest of the basic plane: their code points lie above all of it. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

/** Compares two values of one orderable kind; undefined where they have no common order. */
export function compareSameKind(a: Value, b: Value): number | undefined {
  if (typeof a === "string") return typeof b === "string" ? compareStrings(a, b) : undefined
  if (typeof a === "number" || typeof a === "bigint") {
    if (typeof b !== "number" && typeof b !== "bigint") return undefined
    return a < b ? -1 : a > b ? 1 : 0
  }
  if (a instanceof Date) return b instanceof Date ? a.getTime() - b.getTime() : undefined
  if (typeof a === "boolean") return typeof b === "boolean" ? Number(a) - Number(b) : undefined
  return undefined
}

/** The size of an integer without its sign. */
export function absoluteInteger(value: number | bigint): bigint {
  const integer = BigInt(value)
  return integer < 0n ? -integer : integer
}

/** Equality by value: 5 equals 5n, objects are equal whatever the order of their keys. */
export function equalValues(a: Value, b: Value): boolean {
  if (a === b) return true
  if (a === null || b === null) return false
  const kind = kindOf(a)
  if (kind !== kindOf(b)) return false
  switch (kind) {
    case "number":
      return (a as number) <= (b as number) && (a as number) >= (b as number) // a number and a bigint of one value; === would tell them apart
    case "date":
      return (a as Date).getTime() === (b as Date).getTime()
    case "binary":
      return equalBytes(a as Uint8Array, b as Uint8Array)
    case "array":
      return equalArrays(a as readonly Value[], b as readonly Value[])
    case "object":
    case "native":
      return equalObjects(a as Record<string, Value>, b as Record<string, Value>)
    default:
      return false
  }
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

function equalArrays(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((item, i) => equalValues(item, b[i] as Value))
}

function equalObjects(a: Record<string, Value>, b: Record<string, Value>): boolean {
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && equalValues(a[key] as Value, b[key] as Value))
}

/** The order of kinds in a sort, as MongoDB has it. Null and missing come first. */
const kindOrder = {
  null: 0,
  number: 1,
  string: 2,
  object: 3,
  array: 4,
  binary: 5,
  native: 6,
  boolean: 7,
  date: 8,
} as const satisfies Record<ValueKind, number>

/** The total order of a sort in this process: missing ties with null and comes first. */
export function compareForSort(a: Value | undefined, b: Value | undefined): number {
  const x = a ?? null
  const y = b ?? null
  return compareSameKind(x, y) ?? kindOrder[kindOf(x)] - kindOrder[kindOf(y)]
}
