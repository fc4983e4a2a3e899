import type { Document, Value } from "@nosql/contracts"
import { type CollectionInfo, equalValues } from "@nosql/core/driver"
import type { Document as BsonDocument } from "mongodb"
import { encodeValue } from "./encode-value.ts"

/**
 * The update that turns one document into another, by top-level fields; undefined where nothing differs.
 * Fields that stay are not sent: what another application stored there in a form of its own (an int64, say) stays to the byte.
 */
export function compileChange(
  before: Document,
  after: Document,
  collection: CollectionInfo,
): BsonDocument | undefined {
  const set: BsonDocument = {}
  const unset: BsonDocument = {}
  for (const field of Object.keys(after)) {
    if (!isSame(before, field, after[field] as Value))
      set[field] = encodeValue(after[field] as Value, field, collection)
  }
  for (const field of Object.keys(before)) if (!Object.hasOwn(after, field)) unset[field] = ""
  const update = {
    ...(Object.keys(set).length === 0 ? {} : { $set: set }),
    ...(Object.keys(unset).length === 0 ? {} : { $unset: unset }),
  }
  return Object.keys(update).length === 0 ? undefined : update
}

function isSame(before: Document, field: string, value: Value): boolean {
  return Object.hasOwn(before, field) && equalValues(before[field] as Value, value)
}
