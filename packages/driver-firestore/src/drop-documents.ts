import type { CollectionReference } from "@google-cloud/firestore"
import { commitWrites } from "./commit-writes.ts"
import { retry, type Sender } from "./retry.ts"

const pageSize = 500
/** Pages that are removed at a time: the next is read meanwhile. */
const concurrency = 4

/** Removes every document of a collection, whatever is written meanwhile. Returns how many there were. */
export async function dropDocuments(
  collection: CollectionReference,
  sender: Sender,
  admit: (writes: number) => Promise<unknown>,
): Promise<number> {
  let removed = 0
  let last: string | undefined
  const removing = new Set<Promise<void>>()
  const failures: unknown[] = []
  try {
    while (failures.length === 0) {
      // By name, so that what is being removed is not found again.
      const ordered = collection.orderBy("__name__").limit(pageSize).select()
      const query = last === undefined ? ordered : ordered.startAfter(last)
      const { docs } = await retry(sender, () => query.get())
      if (docs.length === 0) break
      // A collection that is dropped has neither a time limit nor a signal that could end the wait.
      await admit(docs.length)
      const batch = collection.firestore.batch()
      for (const { ref } of docs) batch.delete(ref)
      const under = commitWrites(batch, "always", sender)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => removing.delete(under))
      removing.add(under)
      if (removing.size >= concurrency) await Promise.race(removing)
      removed += docs.length
      last = docs.at(-1)?.id
      if (docs.length < pageSize) break
    }
  } finally {
    await Promise.all(removing)
  }
  if (failures.length > 0) throw failures[0]
  return removed
}
