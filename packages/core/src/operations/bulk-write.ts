import type { BulkWriteResult } from "@nosql/contracts"
import { checkSupport } from "../driver/check-support.ts"
import type { BulkOutcome } from "../driver/driver.ts"
import { isIncomplete } from "./insert-documents.ts"
import { namingPlace } from "./name-place.ts"
import { openCollection } from "./open-collection.ts"
import type { Operation } from "./operation.ts"
import { type BulkItem, parseBulk } from "./parse-bulk.ts"
import { runNatively } from "./run-natively.ts"
import { runSingly } from "./run-singly.ts"
import { progressError } from "./write-progress.ts"

/** Runs many writes; all are checked before the first is sent. In one request where the store has it and does each exactly. */
export async function bulkWrite(
  operation: Operation,
  operations: readonly unknown[],
  ordered: boolean,
): Promise<BulkWriteResult> {
  checkSupport(["bulkWrite"], operation.collection.capabilities, operation.context)
  const items: BulkItem[] = []
  for (const [index, item] of operations.entries())
    items.push(await namingPlace("operation", index, () => parseBulk(operation, item)))
  if (items.length === 0) return resultOf(emptyOutcome(), items)
  const opening = openCollection(operation)
  if (opening !== undefined) await opening
  const outcome =
    (await runNatively(operation, items, ordered)) ?? (await runSingly(operation, items, ordered))
  if (isIncomplete(outcome))
    throw progressError(operation, outcome, items.length, { result: resultOf(outcome, items) })
  return resultOf(outcome, items)
}

function emptyOutcome(): BulkOutcome {
  return { done: [], failures: [], inserted: 0, matched: 0, modified: 0, deleted: 0, upserted: [] }
}

function resultOf(outcome: BulkOutcome, items: readonly BulkItem[]): BulkWriteResult {
  const { inserted, matched, modified, deleted, upserted, done } = outcome
  const insertedIds = done.flatMap((index) => {
    const item = items[index]
    return item?.kind === "insert" ? [[index, item.document["_id"] as string] as const] : []
  })
  return {
    inserted,
    matched,
    modified,
    deleted,
    insertedIds: Object.fromEntries(insertedIds),
    upsertedIds: Object.fromEntries(upserted.map(({ index, id }) => [index, id])),
  }
}
