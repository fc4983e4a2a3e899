import type { Document, Value } from "@nosql/contracts"
import { defineField, portableNumber } from "@nosql/core/driver"
import { type Binary, type Document as BsonDocument, Double } from "mongodb"
import { type CodecInfo, type DeclaredValue, declaredAt, declaredValues } from "./declared-values.ts"
import { decodeId } from "./id-codec.ts"
import { carry, carryBrokenDate, typeOf } from "./native-codec.ts"

/** A value of this path as the SDK has read it. Objects and arrays are turned in place. */
export function decodeValue(value: unknown, path: string, collection: CodecInfo): Value {
  if (path === "_id") return decodeId(value, collection)
  return decode(value, declaredAt(declaredValues(collection), path), collection)
}

/** The fields of a document or of an object in it, in place. */
export function decodeFields(
  fields: BsonDocument,
  declared: DeclaredValue | undefined,
  collection: CodecInfo,
): void {
  const below = declared?.below
  // Half the time of `Object.keys`; what the SDK has made inherits no fields.
  for (const field in fields) {
    const value: unknown = fields[field]
    const own = below?.get(field)
    if (own === undefined && staysAsItIs(value)) continue
    const decoded = decode(value, own, collection)
    if (!Object.is(decoded, value)) defineField(fields, field, decoded)
  }
}

/** Most values, told without another call. */
function staysAsItIs(value: unknown): boolean {
  switch (typeof value) {
    case "string":
    case "boolean":
      return true
    case "number":
      return Object.is(portableNumber(value), value)
    default:
      return false
  }
}

function decode(value: unknown, declared: DeclaredValue | undefined, collection: CodecInfo): Value {
  if (declared?.kind === "id" && !Array.isArray(value)) return decodeReference(value, collection)
  switch (typeof value) {
    case "number":
      return decodeNumber(value, declared)
    case "bigint":
      return decodeInteger(value, declared)
    case "object":
      return value === null ? null : decodeObject(value, declared, collection)
    case "undefined":
      return null // BSON's deprecated undefined
    default:
      return value as Value
  }
}

function decodeReference(value: unknown, collection: CodecInfo): Value {
  if (value === null || value === undefined) return null
  return value === "" ? value : decodeId(value, collection)
}

/** An int64. */
export function decodeInteger(value: bigint, declared: DeclaredValue | undefined): Value {
  const number = Number(value)
  return declared?.kind === "bigint" || !Number.isSafeInteger(number) ? value : number
}

export function decodeNumber(value: number, declared: DeclaredValue | undefined): Value {
  const number = portableNumber(value)
  if (number === undefined) return carry("Double", new Double(value))
  return declared?.kind === "bigint" && Number.isInteger(number) ? BigInt(number) : number
}

function decodeObject(value: object, declared: DeclaredValue | undefined, collection: CodecInfo): Value {
  if (Array.isArray(value)) return decodeArray(value, collection)
  if (Object.getPrototypeOf(value) === Object.prototype) {
    decodeFields(value as BsonDocument, declared, collection)
    return value as Document
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? carryBrokenDate() : value
  const type = typeOf(value)
  // A copy: the SDK's bytes are a window on the whole answer of the server, and would keep it alive.
  if (type === "Binary" && (value as Binary).sub_type === 0) return new Uint8Array((value as Binary).value())
  return carry(type ?? "unknown", value)
}

function decodeArray(items: unknown[], collection: CodecInfo): Value {
  for (let i = 0; i < items.length; i++) {
    const item = items[i]
    if (staysAsItIs(item)) continue
    const decoded = decode(item, undefined, collection)
    if (!Object.is(decoded, item)) items[i] = decoded
  }
  return items as Value
}
