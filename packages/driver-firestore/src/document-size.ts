import type { Document, Value } from "@nosql/contracts"
import { isNativeValue } from "@nosql/core/driver"

/** https://firebase.google.com/docs/firestore/storage-size */
const documentBytes = 32
const nameBytes = 16

/** How much of the 1 MiB a document takes, the path of its collection aside. */
export function documentSize(document: Document): number {
  const { _id, ...fields } = document
  return documentBytes + nameBytes + stringSize(String(_id)) + sizeOfFields(fields)
}

/** A value by Firestore's rules for its size. */
export function valueSize(value: Value): number {
  switch (typeof value) {
    case "string":
      return stringSize(value)
    case "boolean":
      return 1
    case "object":
      return value === null ? 1 : objectSize(value)
    default:
      return 8
  }
}

function objectSize(value: object): number {
  if (Array.isArray(value)) return value.reduce((bytes: number, item: Value) => bytes + valueSize(item), 0)
  if (value instanceof Uint8Array) return value.byteLength
  if (value instanceof Date) return 8
  return isNativeValue(value) ? value.text.length : sizeOfFields(value as Document)
}

function sizeOfFields(fields: Document): number {
  let bytes = 0
  for (const field in fields) bytes += stringSize(field) + valueSize(fields[field] as Value)
  return bytes
}

function stringSize(text: string): number {
  return Buffer.byteLength(text) + 1
}
