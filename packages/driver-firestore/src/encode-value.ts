import type { Document, Value } from "@nosql/contracts"
import { defineField, isNativeValue } from "@nosql/core/driver"
import { uncarry } from "./native-codec.ts"
import { arrayField } from "./nested-array.ts"

/** A value as the SDK takes it: as the value of a field, or as an operand. */
export function encodeValue(value: Value): unknown {
  switch (typeof value) {
    case "number":
      // The SDK writes unsafe integers as doubles.
      return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value
    case "object":
      return value === null ? null : encodeObject(value)
    default:
      return value
  }
}

function encodeObject(value: object): unknown {
  if (Array.isArray(value)) return encodeArray(value)
  if (value instanceof Date || value instanceof Uint8Array) return value
  if (isNativeValue(value)) return uncarry(value)
  return encodeFields(value as Document)
}

function encodeArray(items: readonly Value[]): readonly unknown[] {
  return items.map((item) => (Array.isArray(item) ? { [arrayField]: encodeArray(item) } : encodeValue(item)))
}

/** The fields of an object, and of a document without its `_id`. What needs no change is not copied. */
export function encodeFields(fields: Document): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined
  for (const field in fields) {
    const value = fields[field] as Value
    const encoded = encodeValue(value)
    if (encoded === value) continue
    copy ??= { ...fields }
    defineField(copy, field, encoded)
  }
  return copy ?? (fields as Record<string, unknown>)
}
