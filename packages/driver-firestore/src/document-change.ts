import type { DocumentSnapshot } from "@google-cloud/firestore"
import type { Document } from "@nosql/contracts"

/** What becomes of one document. */
export type DocumentChange = CreateChange | ReplaceChange | RemoveChange

/** It is made; fails where its id is taken. */
interface CreateChange {
  readonly kind: "create"
  readonly document: Document
}

/** It is as it was read, and becomes another. */
interface ReplaceChange {
  readonly kind: "replace"
  readonly document: Document
  readonly before: Document
  readonly snapshot: DocumentSnapshot
}

/** It is as it was read, and goes. */
interface RemoveChange {
  readonly kind: "remove"
  readonly before: Document
  readonly snapshot: DocumentSnapshot
}

export function idOfChange(change: DocumentChange): string {
  return (change.kind === "create" ? change.document : change.before)["_id"] as string
}
