import type { WriteBatch } from "@google-cloud/firestore"

/**
 * Sends a batch once. The SDK's own `commit` sends it again where the answer was lost: an increment would then count twice, and a
 * condition that our own first try had made false would look like another writer's.
 */
export async function commitBatch(batch: WriteBatch): Promise<void> {
  const { _commit } = batch as unknown as {
    _commit?: (options: { retryCodes: readonly number[] }) => Promise<unknown>
  }
  await (_commit === undefined ? batch.commit() : _commit.call(batch, { retryCodes: [] }))
}
