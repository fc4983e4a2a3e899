import type { Document } from "@nosql/contracts"
import type { ReadCall } from "@nosql/core/driver"
import { decodeItem, idKey } from "./item-codec.ts"
import type { Requests } from "./request.ts"
import type { Attributes } from "./value-codec.ts"

/** How documents lie in a table. */
interface ItemLayout {
  keyOf(id: string): Attributes
  /** The document of which these are the item's attributes, without ours. */
  documentOf(fields: Document): Document
}

export const ownLayout: ItemLayout = { keyOf: idKey, documentOf: (fields) => fields }

/** What the parts of a read's run share. */
export interface ReadContext {
  readonly layout: ItemLayout
  readonly requests: Pick<Requests, "read">
  readonly collection: string
  readonly call: ReadCall
}

/** Some documents of a read, beside the items that they were: these are there only where the call asks for revisions. */
export interface Found {
  readonly documents: readonly Document[]
  readonly items: readonly Attributes[]
}

/** `documents`: what was read out of the answer in place of items. */
export function foundIn(
  items: readonly Attributes[],
  documents: readonly Document[] | undefined,
  { layout }: ReadContext,
): Found {
  const fields = documents ?? items.map(decodeItem)
  return {
    documents: layout === ownLayout ? fields : fields.map(layout.documentOf),
    items,
  }
}

/** What is asked for beside a read. */
export function readOptions({ collection, call }: ReadContext) {
  return { collection, items: call.revisions === true }
}

/** No more than the first of them. */
export function firstOf(found: Found, count: number): Found {
  const { documents, items } = found
  return count >= documents.length
    ? found
    : { documents: documents.slice(0, count), items: items.slice(0, count) }
}

/** One after the other. */
export function joined(parts: readonly Found[]): Found {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  return {
    documents: parts.flatMap(({ documents }) => documents),
    items: parts.flatMap(({ items }) => items),
  }
}
