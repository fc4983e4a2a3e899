import { addChange } from "./add-change.ts"
import { changesNothing } from "./changes-nothing.ts"
import { commitWrites } from "./commit-writes.ts"
import { type DocumentChange, idOfChange } from "./document-change.ts"
import { findTaken } from "./find-taken.ts"
import { isOutdated, isTaken } from "./grpc-status.ts"
import { retry } from "./retry.ts"
import { takenError } from "./unique-key.ts"
import type { WriteTarget } from "./write-target.ts"

/** Times that something may be said to be there which then is not: after that it is the caller's. */
const maxTries = 8

/**
 * Commits one change. False where the document is no longer as it was read.
 * Throws `already-exists` with the index and its paths, or the SDK's own error.
 */
export async function commitChange(change: DocumentChange, target: WriteTarget): Promise<boolean> {
  if (changesNothing(change, target)) return isUnchanged(change, target)
  for (let tries = 1; ; tries++) {
    try {
      const batch = target.context.firestore.batch()
      addChange(batch, change, target)
      await commitWrites(batch, "condition", target)
      return true
    } catch (error) {
      if (change.kind !== "create" && isOutdated(error)) return false
      if (!isTaken(error)) throw error
      const taken = await findTaken(change, target)
      if (taken !== undefined) throw takenError(target.place, taken.index, taken.paths, error)
      if (tries === maxTries) throw error
    }
  }
}

async function isUnchanged(change: DocumentChange, target: WriteTarget): Promise<boolean> {
  if (change.kind === "create") return false
  const { exists, updateTime } = await retry(target, () => target.documents.doc(idOfChange(change)).get())
  return (
    exists &&
    change.snapshot.updateTime !== undefined &&
    updateTime?.isEqual(change.snapshot.updateTime) === true
  )
}
