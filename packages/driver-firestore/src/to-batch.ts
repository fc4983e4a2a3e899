import type { DocumentSnapshot } from "@google-cloud/firestore"
import type { Batch, ReadCall } from "@nosql/core/driver"
import { decodeDocument } from "./value-codec.ts"

/** What the SDK read. The snapshot is the revision: it holds the time of the update and the fields as they are stored. */
export function toBatch(snapshots: readonly DocumentSnapshot[], { revisions }: ReadCall): Batch {
  const documents = snapshots.map((snapshot) => decodeDocument(snapshot))
  return revisions ? { documents, revisions: snapshots } : { documents }
}
