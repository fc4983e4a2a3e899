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

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const mostItems = 25
const mostBytes = 15 * 1024 * 1024
/** How many batches are under way at a time. */
const concurrency = 8

/** Inserts documents that nobody else can know of, 25 a request: there is nothing to overwrite. After a failure no batch is begun. */
export async function insertBatches(
  target: InsertTarget,
  documents: readonly Document[],
): Promise<InsertOutcome> {
  const report = new InsertReport()
  await someAtATime(batchesOf(documents), concurrency, async (batch) => {
    await insertBatch(target, documents, batch, report)
    return report.stopped ? "stop" : undefined
  })
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

async function insertBatch(
  target: InsertTarget,
  documents: readonly Document[],
  batch: readonly number[],
  report: InsertReport,
): Promise<void> {
  const { requests, state, collection, call } = target
  let waiting: ReadonlyMap<string, number>
  let puts: WriteRequest[]
  try {
    const context = { operation: call.operation, collection: collection.name }
    const items = batch.map((index) =>
      wholeItem(documents[index] as Document, state, freshRevision(), context),
    )
    puts = items.map((Item) => ({ PutRequest: { Item } }))
    waiting = new Map(items.map((item, i) => [item[keyAttribute]?.S as string, batch[i] as number]))
  } catch {
    // A key is too long for its index. One by one it will be told whose.
    return insertSingly(target, documents, batch, report)
  }
  for (let attempt = 1; ; attempt++) {
    const input = { RequestItems: { [state.table]: puts } }
    const { output, error, lost } = await requests.ask("BatchWriteItem", input, call, { repeatable: false })
    // Some may be there, and may have been changed since: on condition nothing of that is lost.
    if (lost) return insertSingly(target, documents, [...waiting.values()], report)
    if (output === undefined) {
      const failure = classifyError(error, call, { collection: collection.name })
      return report.failed([...waiting.values()], failure)
    }
    puts = output.UnprocessedItems?.[state.table] ?? []
    const left = new Map(
      puts.flatMap(({ PutRequest }) => {
        const key = PutRequest?.Item?.[keyAttribute]?.S as string
        return [[key, waiting.get(key) as number] as const]
      }),
    )
    report.done([...waiting].flatMap(([key, index]) => (left.has(key) ? [] : [index])))
    if (left.size === 0) return
    // Progress is a reason to go on; without any the number of tries ends.
    if (left.size < waiting.size) attempt = 0
    waiting = left
    if (attempt >= requests.maxAttempts || !(await pause(Math.max(attempt, 1), "throttled", call)))
      return report.failed([...left.values()], throttled(target))
  }
}

async function insertSingly(
  target: InsertTarget,
  documents: readonly Document[],
  indexes: readonly number[],
  report: InsertReport,
): Promise<void> {
  await Promise.all(
    indexes.map(async (index) => {
      try {
        await insertOne(target, documents[index] as Document, { maybeThere: true })
        report.done([index])
      } catch (error) {
        report.failed([index], error)
      }
    }),
  )
}

/** What DynamoDB leaves unprocessed it was too busy for. */
function throttled({ call, collection }: InsertTarget) {
  const error = Object.assign(new Error("unprocessed items"), { name: "ThrottlingException" })
  return classifyError(error, call, { collection: collection.name })
}
