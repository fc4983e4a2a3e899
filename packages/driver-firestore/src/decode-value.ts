import { assertNever, type Document, type Value } from "@nosql/contracts"
import { defineField, portableNumber } from "@nosql/core/driver"
import { carry } from "./native-codec.ts"
import { arrayField } from "./nested-array.ts"
import { millisecondsOf, type ProtoFields, type ProtoValue, protoType } from "./proto-value.ts"

/** A value as Firestore holds it. */
export function decodeValue(value: ProtoValue): Value {
  const type = protoType(value)
  switch (type) {
    case "stringValue":
    case "booleanValue":
      return value[type] as string | boolean
    case "integerValue":
      return decodeInteger(value.integerValue as string | number)
    case "doubleValue":
      return portableNumber(Number(value.doubleValue)) ?? carry(value)
    case "timestampValue":
      return new Date(millisecondsOf(value.timestampValue as string))
    case "mapValue":
      return decodeMap(value)
    case "arrayValue":
      return (value.arrayValue?.values ?? []).map(decodeElement)
    case "nullValue":
      return null
    case "bytesValue":
      return decodeBytes(value.bytesValue as Uint8Array | string)
    case "referenceValue":
    case "geoPointValue":
    case undefined:
      return carry(value)
    default:
      return assertNever(type)
  }
}

function decodeInteger(digits: string | number): Value {
  const number = Number(digits)
  return Number.isSafeInteger(number) ? number : BigInt(digits)
}

/** A copy: the SDK's bytes are a window on the whole answer of the server, and would keep it alive. */
function decodeBytes(bytes: Uint8Array | string): Uint8Array {
  return new Uint8Array(typeof bytes === "string" ? Buffer.from(bytes, "base64") : bytes)
}

function decodeMap(value: ProtoValue): Value {
  const fields = value.mapValue?.fields ?? {}
  // The types that Firestore itself keeps in maps, vectors among them.
  return fields["__type__"] === undefined ? decodeFields(fields) : carry(value)
}

function decodeElement(value: ProtoValue): Value {
  const wrapped = value.mapValue?.fields?.[arrayField]
  if (wrapped?.arrayValue === undefined || wrapped.arrayValue === null) return decodeValue(value)
  return Object.keys(value.mapValue?.fields ?? {}).length === 1 ? decodeValue(wrapped) : decodeValue(value)
}

function decodeFields(fields: ProtoFields): Document {
  const document: Record<string, Value> = {}
  for (const field of Object.keys(fields))
    defineField(document, field, decodeValue(fields[field] as ProtoValue))
  return document
}
