import { FieldPath, FieldValue } from "@google-cloud/firestore"
import type { WriteOutcome } from "@nosql/core/driver"
import { commitWrites, type Repeat } from "./commit-writes.ts"
import type { BlindChange } from "./compile-update.ts"
import { encodeValue } from "./encode-value.ts"
import { isMissing } from "./grpc-status.ts"
import type { FirestoreWrite } from "./plan-write.ts"
import type { WriteTarget } from "./write-target.ts"

const nothing: WriteOutcome = { matched: 0, modified: 0 }

export async function runWrite(write: FirestoreWrite, target: WriteTarget): Promise<WriteOutcome> {
  const reference = target.documents.doc(write.id)
  const batch = target.context.firestore.batch()
  if (write.kind === "delete") batch.delete(reference, { exists: true })
  else {
    const [[path, value], ...rest] = write.changes.map(sdkChange) as [SdkChange, ...SdkChange[]]
    batch.update(reference, path, value, ...rest.flat())
  }
  try {
    await commitWrites(batch, repeatOf(write), target)
    return { matched: 1, modified: 1 }
  } catch (error) {
    // That the document is there is its only condition: FAILED_PRECONDITION says something of the database.
    if (isMissing(error)) return nothing
    throw error
  }
}

type SdkChange = readonly [FieldPath, unknown]

function sdkChange(change: BlindChange): SdkChange {
  const path = new FieldPath(...change.path)
  switch (change.kind) {
    case "set":
      return [path, encodeValue(change.value)]
    case "unset":
      return [path, FieldValue.delete()]
    case "increment":
      return [path, FieldValue.increment(change.by)]
    case "union":
      return [path, FieldValue.arrayUnion(...(encodeValue(change.values) as unknown[]))]
    case "remove":
      return [path, FieldValue.arrayRemove(...(encodeValue(change.values) as unknown[]))]
  }
}

/** What is only set, added to a set or removed may be so twice; but in between others may have written, so a lost answer stays one. */
function repeatOf(write: FirestoreWrite): Repeat {
  return write.kind === "delete" ? "condition" : "never"
}
