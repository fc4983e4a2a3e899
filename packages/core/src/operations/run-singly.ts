import type { BulkOutcome } from "../driver/driver.ts"
import { retryingExpired } from "./expired-holders.ts"
import { insertOnly } from "./insert-documents.ts"
import type { Operation } from "./operation.ts"
import type { BulkItem } from "./parse-bulk.ts"
import { writeDocuments } from "./write-documents.ts"
import type { Failure } from "./write-progress.ts"

/** Runs the writes of a bulk one after another, as the language promises their order. */
export async function runSingly(
  operation: Operation,
  items: readonly BulkItem[],
  ordered: boolean,
): Promise<BulkOutcome> {
  const done: number[] = []
  const failures: Failure<number>[] = []
  const counts = { inserted: 0, matched: 0, modified: 0, deleted: 0 }
  const upserted: { index: number; id: string }[] = []
  for (const [index, item] of items.entries()) {
    try {
      if (item.kind === "insert") {
        const { document } = item
        await retryingExpired(operation, document, () => insertOnly(operation, document))
        counts.inserted++
      } else {
        const outcome = await writeDocuments(operation, item.request, item.upsert)
        if (item.request.kind === "delete") counts.deleted += outcome.matched
        else {
          counts.matched += outcome.matched
          counts.modified += outcome.modified
        }
        if (outcome.upsertedId !== undefined) upserted.push({ index, id: outcome.upsertedId })
      }
      done.push(index)
    } catch (error) {
      failures.push({ index, error })
      if (ordered) break
    }
  }
  return { done, failures, ...counts, upserted }
}
