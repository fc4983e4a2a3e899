import { FieldValue } from "@google-cloud/firestore"
import type { Document, Value } from "@nosql/contracts"
import { type CollectionInfo, equalValues } from "@nosql/core/driver"
import { encodeLike } from "./encode-like.ts"
import { expiresAt } from "./expires-at.ts"
import type { ProtoFields } from "./proto-value.ts"
import { expiresField } from "./reserved-field.ts"

/** A field of the document, and what becomes of it. */
export type FieldChange = readonly [field: string, value: unknown]

/**
 * The fields by which two documents differ. Those that stay are not sent, and what stays inside of one that changes is sent as it is stored:
 * what another application put there in a form of its own (the microseconds of a time, say) is kept.
 */
export function compileChange(
  before: Document,
  after: Document,
  stored: ProtoFields,
  collection: CollectionInfo,
): FieldChange[] {
  const changes: FieldChange[] = []
  for (const field of Object.keys(after)) {
    const value = after[field] as Value
    if (field === "_id" || (Object.hasOwn(before, field) && equalValues(before[field] as Value, value)))
      continue
    changes.push([field, encodeLike(value, stored[field])])
  }
  for (const field of Object.keys(before)) {
    if (!Object.hasOwn(after, field)) changes.push([field, FieldValue.delete()])
  }
  const expires = expiresAt(after, collection)
  if (expires?.getTime() !== expiresAt(before, collection)?.getTime())
    changes.push([expiresField, expires ?? FieldValue.delete()])
  return changes
}
