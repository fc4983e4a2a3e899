import type { Document, Value } from "@nosql/contracts"
import { defineField, isPlainObject } from "./plain-object.ts"

/** A deep copy: nothing in it is shared with the original except what cannot change. */
function copyValue(value: Value): Value {
  if (typeof value !== "object" || value === null) return value
  if (Array.isArray(value)) return value.map(copyValue)
  if (isPlainObject(value)) return copyDocument(value as Document)
  if (value instanceof Date) return new Date(value)
  return value instanceof Uint8Array ? new Uint8Array(value) : value
}

/** A deep copy of a document, as `copyValue` makes it; `__proto__` in it is a field like any other. */
export function copyDocument(document: Document): Document {
  const copy: Document = {}
  for (const field of Object.keys(document)) defineField(copy, field, copyValue(document[field] as Value))
  return copy
}
