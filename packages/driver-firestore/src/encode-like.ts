import type { Document, Value } from "@nosql/contracts"
import { defineField, equalValues, isPlainObject } from "@nosql/core/driver"
import { decodeValue } from "./decode-value.ts"
import { encodeValue } from "./encode-value.ts"
import { CarriedValue } from "./native-codec.ts"
import { arrayField } from "./nested-array.ts"
import type { ProtoValue } from "./proto-value.ts"

/** A value as the SDK takes it, in which all that equals what is stored there is sent as it is stored. */
export function encodeLike(value: Value, stored: ProtoValue | undefined): unknown {
  if (stored === undefined || !holdsMore(stored)) return encodeValue(value)
  if (equalValues(value, decodeValue(stored))) return new CarriedValue(stored)
  if (Array.isArray(value)) return encodeItems(value, stored.arrayValue?.values ?? [])
  return isPlainObject(value) ? encodeFieldsLike(value as Document, stored) : encodeValue(value)
}

function encodeItems(items: readonly Value[], stored: readonly ProtoValue[]): unknown[] {
  return items.map((item, i) => {
    const like = stored[i]
    if (!Array.isArray(item)) return encodeLike(item, like)
    return { [arrayField]: encodeItems(item, like?.mapValue?.fields?.[arrayField]?.arrayValue?.values ?? []) }
  })
}

function encodeFieldsLike(fields: Document, { mapValue }: ProtoValue): Record<string, unknown> {
  const encoded: Record<string, unknown> = {}
  for (const field of Object.keys(fields))
    defineField(encoded, field, encodeLike(fields[field] as Value, mapValue?.fields?.[field]))
  return encoded
}

/** Whether a stored value may be more than what it reads as: a time with microseconds, or anything that holds values. */
function holdsMore({ timestampValue, doubleValue, arrayValue, mapValue }: ProtoValue): boolean {
  return (timestampValue ?? doubleValue ?? arrayValue ?? mapValue ?? undefined) !== undefined
}
