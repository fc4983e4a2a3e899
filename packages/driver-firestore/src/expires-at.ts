import type { Document } from "@nosql/contracts"
import { type CollectionInfo, getPath } from "@nosql/core/driver"
import { lastDate } from "./storable-date.ts"

/** When a document's `ttl` is over, where the field itself does not say so; else undefined. */
export function expiresAt(document: Document, { ttl }: Pick<CollectionInfo, "ttl">): Date | undefined {
  return ttl === undefined || ttl.afterSeconds === 0 ? undefined : endOfLife(document, { ttl })
}

/** When a document expires; undefined where it never does. */
export function endOfLife(document: Document, { ttl }: Pick<CollectionInfo, "ttl">): Date | undefined {
  const from = ttl === undefined ? undefined : getPath(document, ttl.path)
  if (ttl === undefined || !(from instanceof Date)) return undefined
  const end = new Date(from.getTime() + ttl.afterSeconds * 1000)
  return Number.isNaN(end.getTime()) || end > lastDate ? undefined : end
}
