import { idPath } from "../ast/path.ts"
import { equalityOn } from "../driver/conditions-on.ts"
import type { BulkOutcome, InsertOutcome } from "../driver/driver.ts"
import { someAtATime } from "../driver/some-at-a-time.ts"
import { isIncomplete, runInsert } from "./insert-documents.ts"
import { mostAtATime } from "./most-at-a-time.ts"
import type { Operation } from "./operation.ts"
import type { BulkItem } from "./parse-bulk.ts"
import { writeDocuments } from "./write-documents.ts"
import type { Failure } from "./write-progress.ts"

type Insert = BulkItem & { readonly kind: "insert" }
type Write = BulkItem & { readonly kind: "write" }

/**
 * Runs the writes of a bulk in their order. Inserts that follow each other are one insert of many; writes that follow each other go side by side
 * where the caller gives up their order and each is of a document of its own, so that the answers are the same.
 */
export async function runSingly(
  operation: Operation,
  items: readonly BulkItem[],
  ordered: boolean,
): Promise<BulkOutcome> {
  const bulk = new BulkProgress()
  for (let at = 0; at < items.length && !(ordered && bulk.isIncomplete()); ) {
    const inserts = insertsFrom(items, at)
    const writes = inserts.length > 0 ? [] : writesFrom(items, at, ordered)
    if (inserts.length > 0) bulk.addInserts(at, await insertAll(operation, inserts, ordered))
    else await writeAll(operation, writes, at, bulk)
    at += inserts.length + writes.length
  }
  return bulk.outcome()
}

/** The inserts that begin at a place. */
function insertsFrom(items: readonly BulkItem[], at: number): Insert[] {
  const inserts: Insert[] = []
  for (let i = at; i < items.length; i++) {
    const item = items[i] as BulkItem
    if (item.kind !== "insert") break
    inserts.push(item)
  }
  return inserts
}

/** The write at a place, and those behind it that may go side by side with it. */
function writesFrom(items: readonly BulkItem[], at: number, ordered: boolean): Write[] {
  const writes: Write[] = []
  const ids = new Set<unknown>()
  for (let i = at; i < items.length; i++) {
    const item = items[i] as BulkItem
    if (item.kind !== "write") break
    const id = equalityOn(item.request.filter, idPath)
    const alone = ordered || id?.kind !== "compare"
    if (writes.length > 0 && (alone || ids.has(id.value))) break
    writes.push(item)
    if (alone) break
    ids.add(id.value)
  }
  return writes
}

/** A store that throws, where it should report, has done nothing. */
async function insertAll(
  operation: Operation,
  inserts: readonly Insert[],
  ordered: boolean,
): Promise<InsertOutcome> {
  const documents = inserts.map(({ document }) => document)
  const newIds = inserts.every(({ newId }) => newId)
  try {
    return await runInsert(operation, documents, { ordered, newIds })
  } catch (error) {
    const failed = ordered ? documents.slice(0, 1) : documents
    return { done: [], failures: failed.map((_, index) => ({ index, error })) }
  }
}

async function writeAll(
  operation: Operation,
  writes: readonly Write[],
  at: number,
  bulk: BulkProgress,
): Promise<void> {
  await someAtATime([...writes.entries()], mostAtATime, async ([i, write]) => {
    await writeOne(operation, write, at + i, bulk)
    return undefined
  })
}

async function writeOne(
  operation: Operation,
  { request, upsert }: Write,
  index: number,
  bulk: BulkProgress,
): Promise<void> {
  try {
    const { matched, modified, upsertedId } = await writeDocuments(operation, request, upsert)
    if (request.kind === "delete") bulk.deleted += matched
    else {
      bulk.matched += matched
      bulk.modified += modified
    }
    if (upsertedId !== undefined) bulk.upserted.push({ index, id: upsertedId })
    bulk.done.push(index)
  } catch (error) {
    bulk.failures.push({ index, error })
  }
}

/** What a bulk has done so far. */
class BulkProgress {
  readonly done: number[] = []
  readonly failures: Failure<number>[] = []
  readonly unknown: number[] = []
  readonly upserted: { index: number; id: string }[] = []
  inserted = 0
  matched = 0
  modified = 0
  deleted = 0
  #error: unknown

  addInserts(at: number, { done, failures, unknown = [], error }: InsertOutcome): void {
    this.inserted += done.length
    for (const index of done) this.done.push(at + index)
    for (const { index, error } of failures) this.failures.push({ index: at + index, error })
    for (const index of unknown) this.unknown.push(at + index)
    this.#error ??= error
  }

  isIncomplete(): boolean {
    return isIncomplete(this)
  }

  outcome(): BulkOutcome {
    const { done, failures, unknown, upserted, inserted, matched, modified, deleted } = this
    return {
      done: done.sort((a, b) => a - b),
      failures: failures.sort((a, b) => a.index - b.index),
      upserted,
      inserted,
      matched,
      modified,
      deleted,
      ...(unknown.length === 0 ? {} : { unknown }),
      ...(this.#error === undefined ? {} : { error: this.#error }),
    }
  }
}
