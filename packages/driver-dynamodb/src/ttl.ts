import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Document } from "@nosql/contracts"
import { getPath, type TtlInfo } from "@nosql/core/driver"

/** Whether a document is invisible by now, so that its values are free. */
export function isExpired(document: Document, ttl: TtlInfo | undefined): boolean {
  if (ttl?.hide !== true) return false
  const at = getPath(document, ttl.path)
  return at instanceof Date && at.getTime() + ttl.afterSeconds * 1000 <= Date.now()
}

/** When DynamoDB may sweep a document: in whole seconds, never too early. Undefined where it never expires. */
export function ttlSeconds(document: Document, { path, afterSeconds }: TtlInfo): AttributeValue | undefined {
  const at = getPath(document, path)
  if (!(at instanceof Date)) return undefined
  const seconds = Math.ceil(at.getTime() / 1000) + afterSeconds
  // DynamoDB takes no negative time.
  return { N: String(Math.max(seconds, 0)) }
}
