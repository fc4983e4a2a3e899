import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Document } from "@nosql/contracts"
import { revisionAttribute, ttlAttribute } from "./attribute-names.ts"
import { indexAttributes, type KeyContext } from "./index-key.ts"
import { itemOf } from "./item-codec.ts"
import type { TableState } from "./table-state.ts"
import { ttlSeconds } from "./ttl.ts"
import type { Attributes } from "./value-codec.ts"

/** What stands in a document's item beside its fields: its revision, its places in the indexes, and when it expires. */
export function ownAttributes(
  document: Document,
  { maintained, ttl }: TableState,
  revision: AttributeValue,
  context: KeyContext,
): Attributes {
  const expires = ttl === undefined ? undefined : ttlSeconds(document, ttl)
  return {
    [revisionAttribute]: revision,
    ...indexAttributes(document, maintained, context),
    ...(expires === undefined ? {} : { [ttlAttribute]: expires }),
  }
}

/** The whole item of a document. */
export function wholeItem(
  document: Document,
  state: TableState,
  revision: AttributeValue,
  context: KeyContext,
): Attributes {
  return itemOf(document, ownAttributes(document, state, revision, context))
}
