import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Document } from "@nosql/contracts"
import { defineField } from "@nosql/core/driver"
import { keyAttribute, reservedPrefix, revisionAttribute } from "./attribute-names.ts"
import { type Attributes, decodeValue, encodeFields } from "./value-codec.ts"

/** The key of a document's item. */
export function idKey(id: string): Attributes {
  return { [keyAttribute]: { S: `d#${id}` } }
}

/** A document as an item: its fields under their own names, beside what is ours. */
export function itemOf(document: Document, own: Attributes): Attributes {
  return Object.assign(encodeFields(document), idKey(document["_id"] as string), own)
}

/** The document in an item, `_id` first, without what is ours. */
export function decodeItem(item: Attributes): Document {
  const document: Document = {}
  const id = item["_id"]
  if (id !== undefined) document["_id"] = decodeValue(id)
  for (const name in item) {
    if (name === "_id" || name.startsWith(reservedPrefix)) continue
    const value = decodeValue(item[name] as AttributeValue)
    if (name === "__proto__") defineField(document, name, value)
    else document[name] = value
  }
  return document
}

/** What a conditional write needs of an item as it was read: the item itself, of which the revision is a part where it is ours. */
export function revisionOf(item: Attributes): Attributes {
  return item
}

/** A revision that no write had before. */
export function freshRevision(): AttributeValue {
  return { N: String(1 + Math.floor(Math.random() * (Number.MAX_SAFE_INTEGER - 1))) }
}

/** Whether an item was written by the write that made this revision. */
export function hasRevision(item: Attributes | undefined, revision: AttributeValue): boolean {
  return item?.[revisionAttribute]?.N === revision.N
}
