import type { Document } from "@nosql/contracts"
import type { CollectionInfo, IndexInfo } from "@nosql/core/driver"
import { endOfLife } from "./expires-at.ts"

/** The document that stands for another's values in a unique index. It may be swept when that one may. */
export function sentinelOf(
  document: Document,
  index: IndexInfo,
  collection: CollectionInfo,
): Record<string, unknown> {
  const expires = endOfLife(document, collection)
  return {
    index: index.name,
    owner: document["_id"] as string,
    ...(expires === undefined ? {} : { expiresAt: expires }),
  }
}
