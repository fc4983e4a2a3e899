import type { Value } from "@nosql/contracts"
import { kindOf, type ValueKind } from "@nosql/core/driver"
import { concatBytes } from "./key-bytes.ts"

/** The first byte of each part: the order of kinds in a sort. Booleans are two kinds of one value each. */
const tags = {
  null: 0x10,
  number: 0x20,
  string: 0x30,
  object: 0x40,
  array: 0x48,
  binary: 0x50,
  native: 0x58,
  boolean: 0x60,
  date: 0x70,
} as const satisfies Record<ValueKind, number>

/**
 * Bytes that compare as the values do, one after the other, each in its direction; missing is as null. No part's bytes begin another's, so that
 * descending parts are complements. Values that are no sort keys (arrays, objects, binary, native values) have their kind alone.
 */
export function encodeTuple(
  values: readonly (Value | undefined)[],
  directions: readonly (1 | -1)[],
): Uint8Array {
  return concatBytes(values.map((value, i) => encodePart(value, directions[i] ?? 1)))
}

/** One part of a tuple. */
export function encodePart(value: Value | undefined, direction: 1 | -1): Uint8Array {
  return directed(encodeAscending(value ?? null), direction)
}

/** What the parts of all strings with a prefix begin with; of all strings where it is empty. */
export function encodePrefix(prefix: string, direction: 1 | -1): Uint8Array {
  return directed(Uint8Array.from([tags.string, ...escaped(prefix)]), direction)
}

/** What the parts of all values of a kind begin with. */
export function encodeKind(kind: "number" | "string" | "date", direction: 1 | -1): Uint8Array {
  return directed(Uint8Array.of(tags[kind]), direction)
}

function directed(bytes: Uint8Array, direction: 1 | -1): Uint8Array {
  return direction === 1 ? bytes : bytes.map((byte) => ~byte)
}

function encodeAscending(value: Value): Uint8Array {
  const kind = kindOf(value)
  switch (kind) {
    case "number":
      return encodeNumber(value as number | bigint)
    case "string":
      return encodeString(value as string)
    case "boolean":
      return Uint8Array.of(tags.boolean + Number(value))
    case "date":
      return encodeDate(value as Date)
    default:
      return Uint8Array.of(tags[kind])
  }
}

const encoder = new TextEncoder()

function encodeString(text: string): Uint8Array {
  const bytes = escaped(text)
  const part = new Uint8Array(bytes.length + 2)
  part[0] = tags.string
  part.set(bytes, 1)
  return part
}

/** UTF-8, whose bytes compare as code points do, without the byte 0 that ends a part: 0 is 1 1, and 1 is 1 2. */
function escaped(text: string): Uint8Array | number[] {
  const bytes = encoder.encode(text)
  for (const byte of bytes)
    if (byte < 2) return [...bytes].flatMap((each) => (each < 2 ? [1, each + 1] : [each]))
  return bytes
}

/**
 * Doubles in the order of their bits (all of them inverted below zero), then how far an integer that is no double lies above the nearest one
 * below: less than 1024 for an int64.
 */
function encodeNumber(value: number | bigint): Uint8Array {
  const bytes = new Uint8Array(11)
  const view = new DataView(bytes.buffer)
  const double = typeof value === "bigint" ? doubleBelow(value) : value === 0 ? 0 : value
  view.setUint8(0, tags.number)
  view.setFloat64(1, double)
  const bits = view.getBigUint64(1)
  view.setBigUint64(1, double < 0 ? ~bits : bits | (1n << 63n))
  if (typeof value === "bigint") view.setUint16(9, Number(value - BigInt(double)))
  return bytes
}

/** The largest double that is not above an int64. */
function doubleBelow(value: bigint): number {
  const nearest = Number(value)
  if (BigInt(nearest) <= value) return nearest
  // From 2^53 on doubles are integers; the one below is found by its bits.
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, nearest)
  view.setBigUint64(0, view.getBigUint64(0) + (nearest > 0 ? -1n : 1n))
  return view.getFloat64(0)
}

/** Milliseconds lie within ±8.64e15; shifted, they are above zero. */
function encodeDate(date: Date): Uint8Array {
  const bytes = new Uint8Array(9)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, tags.date)
  view.setBigUint64(1, BigInt(date.getTime()) + (1n << 63n))
  return bytes
}
