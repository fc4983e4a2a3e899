import type { Document } from "@nosql/contracts"
import type { ReadCall } from "@nosql/core/driver"
import { decodeItem } from "./item-codec.ts"
import type { Requests } from "./request.ts"
import type { Attributes } from "./value-codec.ts"

/** What the parts of a read's run share. */
export interface ReadContext {
  readonly requests: Pick<Requests, "send">
  readonly collection: string
  readonly call: ReadCall
}

/** Some documents of a read, beside the items that they were. */
export interface Found {
  readonly documents: readonly Document[]
  readonly items: readonly Attributes[]
}

export function foundIn(items: readonly Attributes[]): Found {
  return { documents: items.map(decodeItem), items }
}

/** No more than the first of them. */
export function firstOf({ documents, items }: Found, count: number): Found {
  return count >= items.length
    ? { documents, items }
    : { documents: documents.slice(0, count), items: items.slice(0, count) }
}
