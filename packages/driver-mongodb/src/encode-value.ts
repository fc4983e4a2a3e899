import type { Document, Value } from "@nosql/contracts"
import { defineField, isNativeValue, isPlainObject } from "@nosql/core/driver"
import { Binary, type Document as BsonDocument, Long } from "mongodb"
import { type CodecInfo, type DeclaredValue, declaredAt, declaredValues } from "./declared-values.ts"
import { encodeId } from "./id-codec.ts"
import { mapFields } from "./map-fields.ts"
import { uncarry } from "./native-codec.ts"

/** An operand of a filter or an update as it is stored at a path. Plans hold it, and plans can be printed. */
export function encodeValue(value: Value, path: string, collection: CodecInfo): unknown {
  if (path === "_id" && typeof value === "string") return encodeId(value, collection)
  return printable(encode(value, declaredAt(declaredValues(collection), path), collection))
}

/** JSON knows no bigint and writes bytes as an object of numbers; the SDK's own classes it can print. */
function printable(value: unknown): unknown {
  if (typeof value === "bigint") return Long.fromBigInt(value)
  if (typeof value !== "object" || value === null) return value
  if (value instanceof Uint8Array) return new Binary(value)
  if (Array.isArray(value)) return value.map(printable)
  return isPlainObject(value) ? mapFields(value, printable) : value
}

/** The SDK itself writes strings, booleans, bigints (as int64), dates and bytes as the portable language means them. */
function encode(value: Value, declared: DeclaredValue | undefined, collection: CodecInfo): unknown {
  switch (typeof value) {
    case "string":
      return declared?.kind === "id" ? encodeId(value, collection) : value
    case "number":
      // A path declared `bigint` stays int64, so that sums there are exact.
      return declared?.kind === "bigint" && Number.isInteger(value) ? Long.fromNumber(value) : value
    case "object":
      return value === null ? null : encodeObject(value, declared, collection)
    default:
      return value
  }
}

function encodeObject(value: object, declared: DeclaredValue | undefined, collection: CodecInfo): unknown {
  if (Array.isArray(value)) return encodeArray(value, collection)
  if (isPlainObject(value)) return encodeFields(value as Document, declared, collection)
  return isNativeValue(value) ? uncarry(value) : value
}

function encodeArray(items: readonly Value[], collection: CodecInfo): readonly unknown[] {
  let copy: unknown[] | undefined
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as Value
    if (typeof item !== "object" || item === null) continue
    const encoded = encodeObject(item, undefined, collection)
    if (encoded === item) continue
    copy ??= [...items]
    copy[i] = encoded
  }
  return copy ?? items
}

/** The fields of a document or of an object in it. What needs no change is not copied. */
export function encodeFields(
  fields: Document,
  declared: DeclaredValue | undefined,
  collection: CodecInfo,
): BsonDocument {
  const below = declared?.below
  let copy: BsonDocument | undefined
  // Half the time of `Object.keys`; core's copies inherit no fields.
  for (const field in fields) {
    const value = fields[field] as Value
    if (below === undefined && (typeof value !== "object" || value === null)) continue
    const encoded = encode(value, below?.get(field), collection)
    if (encoded === value) continue
    copy ??= { ...fields }
    defineField(copy, field, encoded)
  }
  return copy ?? fields
}
