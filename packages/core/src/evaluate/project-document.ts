import type { Document, Value } from "@nosql/contracts"
import type { Projection } from "../ast/query.ts"
import { defineField } from "../values/plain-object.ts"

/** The selected fields of a document, those that it has. */
export function projectDocument(document: Document, projection: Projection): Document {
  const selected: Document = {}
  for (const field of projection.fields) {
    if (Object.hasOwn(document, field)) defineField(selected, field, document[field] as Value)
  }
  return selected
}
