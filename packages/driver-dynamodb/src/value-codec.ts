import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Document, Value } from "@nosql/contracts"
import { defineField, isNativeValue } from "@nosql/core/driver"
import { dateKey } from "./attribute-names.ts"
import { carrySet, uncarry } from "./native-codec.ts"
import { decodeNumber } from "./number-codec.ts"

/** A map of attributes: an item, or an object in one. */
export type Attributes = Record<string, AttributeValue>

/** A portable value as DynamoDB stores it. A date is a map of one reserved key, so that it is told from every other value and compares as a number. */
export function encodeValue(value: Value): AttributeValue {
  switch (typeof value) {
    case "string":
      return { S: value }
    case "number":
    case "bigint":
      return { N: String(value) }
    case "boolean":
      return { BOOL: value }
    default:
      return value === null ? { NULL: true } : encodeObject(value as object)
  }
}

function encodeObject(value: object): AttributeValue {
  if (Array.isArray(value)) return { L: value.map(encodeValue) }
  if (value instanceof Date) return { M: { [dateKey]: { N: String(value.getTime()) } } }
  if (value instanceof Uint8Array) return { B: value }
  if (isNativeValue(value)) return uncarry(value)
  return { M: encodeFields(value as Document) }
}

export function encodeFields(fields: Document): Attributes {
  const encoded: Attributes = {}
  // Half the time of `Object.keys`; core's copies inherit no fields.
  for (const field in fields) {
    const value = encodeValue(fields[field] as Value)
    // Only a foreign document can have brought this name, as a field of its own.
    if (field === "__proto__") defineField(encoded, field, value)
    else encoded[field] = value
  }
  return encoded
}

/** A stored value as the portable language knows it; what it does not know is carried as a NativeValue. */
export function decodeValue(attribute: AttributeValue): Value {
  for (const type in attribute) {
    switch (type) {
      case "S":
      case "BOOL":
        return (attribute as unknown as Record<string, string | boolean>)[type] as Value
      case "N":
        return decodeNumber(attribute.N as string)
      case "M":
        return decodeMap(attribute.M as Attributes)
      case "L":
        return (attribute.L as AttributeValue[]).map(decodeValue)
      case "NULL":
        return null
      case "B":
        // A copy: the SDK's bytes may be a window on a larger buffer, and would keep it alive.
        return new Uint8Array(attribute.B as Uint8Array)
      case "SS":
      case "NS":
      case "BS":
        return carrySet(type, attribute[type] as string[] | Uint8Array[])
    }
  }
  return null
}

function decodeMap(map: Attributes): Value {
  const decoded: Document = {}
  let first = true
  for (const field in map) {
    if (first && field === dateKey) return new Date(Number((map[field] as AttributeValue).N))
    first = false
    const value = decodeValue(map[field] as AttributeValue)
    if (field === "__proto__") defineField(decoded, field, value)
    else decoded[field] = value
  }
  return decoded
}
