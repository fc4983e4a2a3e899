import type { DocumentSnapshot } from "@google-cloud/firestore"
import type { Replacement } from "@nosql/core/driver"
import type { DocumentChange } from "./document-change.ts"

/** What a read document becomes; its revision is the SDK's own snapshot of it. */
export function changeOf({ read, next }: Replacement): DocumentChange {
  const { document: before, revision } = read
  const snapshot = revision as DocumentSnapshot
  return next === undefined
    ? { kind: "remove", before, snapshot }
    : { kind: "replace", before, document: next, snapshot }
}
