import type { WriteRequest } from "@aws-sdk/client-dynamodb"
import type { Document } from "@nosql/contracts"
import { type InsertOutcome, someAtATime } from "@nosql/core/driver"
import { keyAttribute } from "./attribute-names.ts"
import { classifyError } from "./classify-error.ts"
import { documentSize } from "./document-problem.ts"
import { insertOne } from "./insert-one.ts"
import { InsertReport } from "./insert-report.ts"
import type { InsertTarget } from "./insert-target.ts"
import { freshRevision } from "./item-codec.ts"
import { wholeItem } from "./own-attributes.ts"
import { pause } from "./pause.ts"
import { sdkFailure } from "./sdk-failures.ts"
import type { Attributes } from "./value-codec.ts"

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const mostItems = 25
const mostBytes = 15 * 1024 * 1024
/** How many batches are under way at a time. */
const concurrency = 8

/**
 * Inserts documents that nobody else can know of, 25 a request: there is nothing to overwrite. Batches begin in their order, none more than `concurrency`
 * ahead of one that is under way, and none once a request has failed. In order, nothing is sent that stands behind a document that is refused.
 */
export async function insertBatches(
  target: InsertTarget,
  documents: readonly Document[],
): Promise<InsertOutcome> {
  const report = new InsertReport()
  const underWay: Promise<void>[] = []
  let stopped = false
  for (const batch of batchesOf(documents)) {
    if (underWay.length === concurrency) await underWay.shift()
    if (stopped || (target.call.ordered && report.stopped)) break
    const run = insertBatch(target, documents, batch, report)
    underWay.push(
      run.then((end) => {
        stopped ||= end === "stop"
      }),
    )
  }
  await Promise.all(underWay)
  return report.outcome()
}

/** The indexes of the documents that go together. */
function batchesOf(documents: readonly Document[]): number[][] {
  const batches: number[][] = []
  let bytes = 0
  for (const [index, document] of documents.entries()) {
    const size = documentSize(document)
    const last = batches.at(-1)
    if (last === undefined || last.length === mostItems || bytes + size > mostBytes) {
      batches.push([index])
      bytes = size
    } else {
      last.push(index)
      bytes += size
    }
  }
  return batches
}

/** `"stop"` where the request failed, and not a document of it. */
async function insertBatch(
  target: InsertTarget,
  documents: readonly Document[],
  batch: readonly number[],
  report: InsertReport,
): Promise<"stop" | undefined> {
  const { requests, state, collection, call } = target
  const items = itemsOf(target, documents, batch, report)
  let waiting = new Map(items.map(({ index, item }) => [item[keyAttribute]?.S as string, index]))
  let puts: WriteRequest[] = items.map(({ item }) => ({ PutRequest: { Item: item } }))
  for (let attempt = 1; waiting.size > 0; attempt++) {
    const input = { RequestItems: { [state.table]: puts } }
    const { output, error, lost } = await requests.ask("BatchWriteItem", input, call, { repeatable: false })
    // Some may be there, and may have been changed since: on condition nothing of that is lost.
    if (lost) return insertSingly(target, documents, [...waiting.values()], report, { lost: error })
    if (output === undefined) {
      // One of them was refused: one by one it will be told which.
      if (sdkFailure(error).code === "invalid-argument")
        return insertSingly(target, documents, [...waiting.values()], report)
      report.failed([...waiting.values()], classifyError(error, call, { collection: collection.name }))
      return "stop"
    }
    puts = output.UnprocessedItems?.[state.table] ?? []
    const left = new Map(
      puts.flatMap(({ PutRequest }) => {
        const key = PutRequest?.Item?.[keyAttribute]?.S as string
        return [[key, waiting.get(key) as number] as const]
      }),
    )
    report.done([...waiting].flatMap(([key, index]) => (left.has(key) ? [] : [index])))
    // Progress is a reason to go on; without any the number of tries ends.
    if (left.size < waiting.size) attempt = 0
    waiting = left
    if (left.size === 0) break
    if (attempt >= requests.maxAttempts || !(await pause(Math.max(attempt, 1), "throttled", call))) {
      report.failed([...left.values()], throttled(target))
      return "stop"
    }
  }
  return undefined
}

interface BatchItem {
  readonly index: number
  readonly item: Attributes
}

/** The documents of a batch that the table can hold; in order, those before the first that it cannot. */
function itemsOf(
  { state, collection, call }: InsertTarget,
  documents: readonly Document[],
  batch: readonly number[],
  report: InsertReport,
): BatchItem[] {
  const context = { operation: call.operation, collection: collection.name }
  const items: BatchItem[] = []
  for (const index of batch) {
    try {
      items.push({ index, item: wholeItem(documents[index] as Document, state, freshRevision(), context) })
    } catch (error) {
      report.failed([index], error)
      if (call.ordered) break
    }
  }
  return items
}

/** `lost`: why nobody knows which of them are there. */
async function insertSingly(
  target: InsertTarget,
  documents: readonly Document[],
  indexes: readonly number[],
  report: InsertReport,
  { lost }: { readonly lost?: unknown } = {},
): Promise<"stop" | undefined> {
  const { collection, call } = target
  const maybeThere = lost !== undefined
  const left = await someAtATime(indexes, call.ordered ? 1 : indexes.length, async (index) => {
    try {
      await insertOne(target, documents[index] as Document, { maybeThere })
      report.done([index])
      return undefined
    } catch (error) {
      report.failed([index], error)
      return call.ordered ? "stop" : undefined
    }
  })
  if (maybeThere && left.length > 0)
    report.failed(left, classifyError(lost, call, { collection: collection.name, maybeDone: true }))
  return undefined
}

/** What DynamoDB leaves unprocessed it was too busy for. */
function throttled({ call, collection }: InsertTarget) {
  const error = Object.assign(new Error("unprocessed items"), { name: "ThrottlingException" })
  return classifyError(error, call, { collection: collection.name })
}
