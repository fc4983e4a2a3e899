import { defineField } from "@nosql/core/driver"
import type { Document as BsonDocument } from "mongodb"

/** A copy of an object with each of its values changed. */
export function mapFields(fields: BsonDocument, change: (value: unknown) => unknown): BsonDocument {
  const changed: BsonDocument = {}
  for (const field of Object.keys(fields)) defineField(changed, field, change(fields[field]))
  return changed
}
