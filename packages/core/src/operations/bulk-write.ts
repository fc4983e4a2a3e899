import type { BulkWriteResult, Document } from "@nosql/contracts"
import type { BulkOutcome, BulkStep } from "../driver/driver.ts"
import type { WriteRequest } from "../driver/plan.ts"
import { retryWithoutExpired } from "./expired-holders.ts"
import { visible } from "./expiry.ts"
import { insertOnly, isIncomplete } from "./insert-documents.ts"
import type { Operation } from "./operation.ts"
import { type BulkItem, parseBulk } from "./parse-bulk.ts"
import { provision } from "./provision.ts"
import { usePlan } from "./use-plan.ts"
import { writeDocuments } from "./write-documents.ts"
import { type Failure, progressError } from "./write-progress.ts"

/** Runs many writes; all are checked before the first is sent. In one request where the store has it and does each exactly. */
export async function bulkWrite(
  operation: Operation,
  operations: readonly unknown[],
  ordered: boolean,
): Promise<BulkWriteResult> {
  const items: BulkItem[] = []
  for (const [index, item] of operations.entries()) items.push(await parseBulk(operation, item, index))
  if (items.length === 0) return resultOf(emptyOutcome(), items)
  await provision(operation)
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

/** Undefined where one of the writes is not the store's to do. Expired documents can be in the way of any: then each is its own request. */
async function runNatively(
  operation: Operation,
  items: readonly BulkItem[],
  ordered: boolean,
): Promise<BulkOutcome | undefined> {
  const { store, collection, call } = operation
  if (store.runBulk === undefined || collection.info.ttl !== undefined) return undefined
  const steps: BulkStep[] = []
  for (const item of items) {
    const step = nativeStep(operation, item)
    if (step === undefined) return undefined
    steps.push(step)
  }
  return store.runBulk(collection.info, steps, { ...call, ordered })
}

function nativeStep(operation: Operation, item: BulkItem): BulkStep | undefined {
  if (item.kind === "insert") return item
  const { store, collection } = operation
  const { request, upsert } = item
  if (request.kind === "update" && collection.validateUpdates) return undefined
  if (upsert !== undefined && upsert.document === undefined) return undefined
  const whole: WriteRequest = { ...request, filter: visible(request.filter, collection.info) }
  const plan = store.planWrite(
    collection.info,
    upsert?.document === undefined || whole.kind === "delete"
      ? whole
      : { ...whole, upsert: { document: upsert.document, idGiven: upsert.idGiven } },
  )
  if (plan === undefined) return undefined
  usePlan(operation, plan, request)
  return { kind: "write", plan, request: whole }
}

/** One after another, as the language promises their order. */
async function runSingly(
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
        await insertUnexpired(operation, item.document)
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

function insertUnexpired(operation: Operation, document: Document): Promise<void> {
  const write = () => insertOnly(operation, document)
  return write().catch((error: unknown) => retryWithoutExpired(operation, error, document, write))
}
