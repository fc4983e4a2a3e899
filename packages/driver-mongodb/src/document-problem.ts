import type { Document } from "@nosql/contracts"
import { isPlainObject } from "@nosql/core/driver"
import { BSON, type Document as BsonDocument, Long, ObjectId } from "mongodb"
import { encodeDocument } from "./value-codec.ts"

/** https://www.mongodb.com/docs/manual/reference/limits/#bson-documents */
const maxBytes = 16 * 1024 * 1024

/** Why MongoDB cannot hold this document, which takes `atMost` so many bytes, or undefined. A small one is not serialized for the answer. */
export function documentProblem(document: Document, atMost = Number.POSITIVE_INFINITY): string | undefined {
  if (atMost <= maxBytes || mostBytes(document) <= maxBytes) return undefined
  return sizeProblem(encodeDocument(document, { ids: "auto", fields: {} }))
}

/** The same of what is about to be sent: a document, an update, a filter. */
export function bsonProblem(document: BsonDocument): string | undefined {
  return mostBytes(document) <= maxBytes ? undefined : sizeProblem(document)
}

function sizeProblem(document: BsonDocument): string | undefined {
  const bytes = BSON.calculateObjectSize(document)
  return bytes <= maxBytes
    ? undefined
    : `it takes ${bytes} bytes as BSON, more than MongoDB's ${maxBytes} (https://www.mongodb.com/docs/manual/reference/limits/#bson-documents)`
}

/** No value takes more than this, names and lengths aside: a Decimal128 has 16 bytes. */
const scalar = 16
/** The type, the end of the name, the length and the end of a string or a document. */
const frame = 11
/** Most bytes of UTF-8 for one unit of UTF-16. */
const perUnit = 3

/** An estimate: at least as many bytes as the value takes as BSON: quick, because most documents are far from the limit. */
export function mostBytes(value: unknown): number {
  switch (typeof value) {
    case "string":
      return frame + perUnit * value.length
    case "object":
      return value === null ? frame : mostBytesOfObject(value)
    default:
      return frame + scalar
  }
}

function mostBytesOfObject(value: object): number {
  let bytes = frame
  if (Array.isArray(value)) {
    // The index, as text, is the name: seven digits do for 16 MiB.
    for (let i = 0; i < value.length; i++) bytes += 7 + mostBytes(value[i])
    return bytes
  }
  if (!isPlainObject(value)) return mostBytesOfInstance(value)
  for (const field in value) {
    bytes += perUnit * field.length + mostBytes(value[field])
  }
  return bytes
}

function mostBytesOfInstance(value: object): number {
  if (value instanceof Uint8Array) return frame + value.byteLength
  const isScalar = value instanceof Date || value instanceof ObjectId || value instanceof Long
  return isScalar ? frame + scalar : BSON.calculateObjectSize({ value })
}
