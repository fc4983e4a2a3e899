import type { DocumentSnapshot } from "@google-cloud/firestore"
import type { Document, Value } from "@nosql/contracts"
import type { CollectionInfo } from "@nosql/core/driver"
import { decodeValue } from "./decode-value.ts"
import { encodeFields, encodeValue } from "./encode-value.ts"
import { expiresAt } from "./expires-at.ts"
import type { ProtoFields, ProtoValue } from "./proto-value.ts"
import { expiresField, isReserved } from "./reserved-field.ts"

export { encodeValue }

/** The fields of a document as the SDK takes them: its id is its name. */
export function encodeDocument(document: Document, collection: CollectionInfo): Record<string, unknown> {
  const { _id, ...fields } = document
  const encoded = encodeFields(fields)
  const expires = expiresAt(document, collection)
  return expires === undefined ? encoded : { ...encoded, [expiresField]: expires }
}

/** A document that is there, with its `_id`; without the fields that are the driver's. */
export function decodeDocument(snapshot: DocumentSnapshot, id = snapshot.id): Document {
  const fields = protoFields(snapshot)
  const document: Record<string, Value> = { _id: id }
  for (const field of Object.keys(fields)) {
    if (!isReserved(field) && field !== "_id") document[field] = decodeValue(fields[field] as ProtoValue)
  }
  return document
}

/**
 * What the SDK has read, before it makes JavaScript's values of it: those lose digits of an int64 (unless the whole client reads bigints only),
 * and are made once more for each look.
 */
export function protoFields(snapshot: DocumentSnapshot): ProtoFields {
  return (snapshot as unknown as { _fieldsProto?: ProtoFields })._fieldsProto ?? {}
}
