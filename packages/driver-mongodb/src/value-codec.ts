import type { Document, FieldKind, NativeValue, Value } from "@nosql/contracts"
import { type CollectionInfo, defineField, isNativeValue, nativeValue } from "@nosql/core/driver"
import { Binary, BSON, type Document as BsonDocument, Double, Long, ObjectId } from "mongodb"

const driver = "mongodb"
const hex24 = /^[0-9a-f]{24}$/
const uuidSubtype = 4

/** An id as it is stored. Under `auto` and `objectId` 24 lowercase hex digits are an ObjectId. */
export function encodeId(id: string, collection: CollectionInfo): unknown {
  if (collection.ids === "uuid") return new Binary(Buffer.from(id.replaceAll("-", ""), "hex"), uuidSubtype)
  return collection.ids !== "string" && hex24.test(id) ? new ObjectId(id) : id
}

/** The inverse: always a string. An id of a foreign type is its extended JSON. */
export function decodeId(id: unknown): string {
  if (typeof id === "string") return id
  if (id instanceof ObjectId) return id.toHexString()
  if (id instanceof Binary && id.sub_type === uuidSubtype) return id.toUUID().toHexString(true)
  return BSON.EJSON.stringify(id as BsonDocument)
}

/** A value at a path as the driver wants it. References declared `id` are stored as ids are. */
export function encodeValue(value: Value, path: string, collection: CollectionInfo): unknown {
  if (path === "_id") return encodeId(value as string, collection)
  if (typeof value === "bigint") return Long.fromBigInt(value)
  if (typeof value === "string")
    return isReference(path, collection) && hex24.test(value) ? new ObjectId(value) : value
  if (typeof value === "number") return encodeNumber(value, path, collection)
  if (typeof value !== "object" || value === null || value instanceof Date) return value
  if (value instanceof Uint8Array) return new Binary(value)
  if (isNativeValue(value)) return BSON.EJSON.parse(value.text, { relaxed: false })
  if (Array.isArray(value))
    return value.map((item: Value, i) => encodeValue(item, `${path}.${i}`, collection))
  return encodeFields(value as Document, `${path}.`, collection)
}

/** The SDK would store a large integer as a double: a path declared `bigint` stays int64, so that sums there are exact. */
function encodeNumber(value: number, path: string, collection: CollectionInfo): number | Long | Double {
  if (!Number.isInteger(value)) return value
  if (isDeclared(path, "bigint", collection)) return Long.fromNumber(value)
  return Number.isSafeInteger(value) ? value : new Double(value)
}

export function isReference(path: string, collection: CollectionInfo): boolean {
  return isDeclared(path, "id", collection)
}

/** No kind's name begins with another's. */
function isDeclared(path: string, kind: FieldKind, { fields }: CollectionInfo): boolean {
  return Object.hasOwn(fields, path) && fields[path]?.startsWith(kind) === true
}

export function encodeDocument(document: Document, collection: CollectionInfo): BsonDocument {
  return encodeFields(document, "", collection)
}

function encodeFields(fields: Document, prefix: string, collection: CollectionInfo): BsonDocument {
  const encoded: BsonDocument = {}
  for (const field of Object.keys(fields)) {
    defineField(encoded, field, encodeValue(fields[field] as Value, prefix + field, collection))
  }
  return encoded
}

/** A stored document as portable values. What the language does not know becomes a NativeValue. */
export function decodeDocument(document: BsonDocument, collection: CollectionInfo): Document {
  const decoded: Document = {}
  for (const field of Object.keys(document)) {
    defineField(
      decoded,
      field,
      field === "_id" ? decodeId(document["_id"]) : decodeValue(document[field], field, collection),
    )
  }
  return decoded
}

export function decodeValue(value: unknown, path: string, collection: CollectionInfo): Value {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value
    case "number":
      return isPortable(value) ? decodeNumber(value, path, collection) : carry("Double", new Double(value))
    case "bigint":
      return decodeLong(value, path, collection)
    case "undefined":
      return null // BSON's deprecated undefined
    default:
      return value === null ? null : decodeObject(value as object, path, collection)
  }
}

function isPortable(value: number): boolean {
  const size = Math.abs(value)
  return Number.isFinite(value) && (size < 2 ** 63 || value === -(2 ** 63)) && (size === 0 || size >= 1e-130)
}

/** A double may hold an integer too: the value decides, not how it is stored. */
function decodeNumber(value: number, path: string, collection: CollectionInfo): Value {
  if (!Number.isInteger(value)) return value
  if (!Number.isSafeInteger(value) || isDeclared(path, "bigint", collection)) return BigInt(value)
  return value === 0 ? 0 : value
}

/** An integer reads as a number where it is safe; a path declared `bigint` always as a bigint. */
function decodeLong(value: bigint, path: string, collection: CollectionInfo): Value {
  if (isDeclared(path, "bigint", collection)) return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

function decodeObject(value: object, path: string, collection: CollectionInfo): Value {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? carry("Date", value) : value
  if (Array.isArray(value)) return value.map((item, i) => decodeValue(item, `${path}.${i}`, collection))
  if (value instanceof Binary)
    return value.sub_type === 0 ? new Uint8Array(value.value()) : carry("Binary", value)
  if (value instanceof ObjectId && isReference(path, collection)) return value.toHexString()
  const type = (value as { _bsontype?: unknown })._bsontype
  if (typeof type === "string" && Object.getPrototypeOf(value) !== Object.prototype) return carry(type, value)
  const decoded: Document = {}
  for (const field of Object.keys(value)) {
    defineField(
      decoded,
      field,
      decodeValue((value as Record<string, unknown>)[field], `${path}.${field}`, collection),
    )
  }
  return decoded
}

function carry(type: string, value: unknown): NativeValue {
  return nativeValue({ driver, type, text: BSON.EJSON.stringify(value as BsonDocument, { relaxed: false }) })
}
