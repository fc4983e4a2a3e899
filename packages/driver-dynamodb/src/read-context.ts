import type { Document } from "@nosql/contracts"
import type { ReadCall } from "@nosql/core/driver"
import { decodeItem, idKey } from "./item-codec.ts"
import type { Requests } from "./request.ts"
import type { Attributes } from "./value-codec.ts"

/** How documents lie in a table. */
export interface ItemLayout {
  keyOf(id: string): Attributes
  decode(item: Attributes): Document
}

export const ownLayout: ItemLayout = { keyOf: idKey, decode: decodeItem }

/** What the parts of a read's run share. */
export interface ReadContext {
  readonly layout: ItemLayout
  readonly requests: Pick<Requests, "send">
  readonly collection: string
  readonly call: ReadCall
}

/** Some documents of a read, beside the items that they were. */
export interface Found {
  readonly documents: readonly Document[]
  readonly items: readonly Attributes[]
}

export function foundIn(items: readonly Attributes[], { decode }: ItemLayout): Found {
  return { documents: items.map(decode), items }
}

/** No more than the first of them. */
export function firstOf({ documents, items }: Found, count: number): Found {
  return count >= items.length
    ? { documents, items }
    : { documents: documents.slice(0, count), items: items.slice(0, count) }
}
