import type { DocumentSnapshot } from "@google-cloud/firestore"
import type { Batch } from "@nosql/core/driver"
import type { ReadSource } from "./read-source.ts"
import { decodeDocument } from "./value-codec.ts"

/** What the SDK read. The snapshot is the revision: it holds the time of the update and the fields as they are stored. */
export function toBatch(
  snapshots: readonly DocumentSnapshot[],
  { context, collection: { name, group }, call }: ReadSource,
): Batch {
  const documents = snapshots.map((snapshot) =>
    group === undefined ? decodeDocument(snapshot) : decodeDocument(snapshot, context.idOf(name, snapshot)),
  )
  return call.revisions ? { documents, revisions: snapshots } : { documents }
}
