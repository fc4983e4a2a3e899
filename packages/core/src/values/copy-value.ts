import type { Document, Value } from "@nosql/contracts"
import { isNativeValue } from "./native-value.ts"
import { defineField } from "./plain-object.ts"

/** A deep copy: nothing in it is shared with the original except what cannot change. */
export function copyValue(value: Value): Value {
  if (typeof value !== "object" || value === null || isNativeValue(value)) return value
  if (value instanceof Date) return new Date(value)
  if (value instanceof Uint8Array) return new Uint8Array(value)
  if (Array.isArray(value)) return value.map(copyValue)
  return copyDocument(value as Document)
}

export function copyDocument(document: Document): Document {
  const copy: Document = {}
  for (const field of Object.keys(document)) defineField(copy, field, copyValue(document[field] as Value))
  return copy
}
