import { randomUUID } from "node:crypto"
import type { TransactWriteItem } from "@aws-sdk/client-dynamodb"
import type { Document } from "@nosql/contracts"
import type { InsertOutcome } from "@nosql/core/driver"
import { cancellationReasons, failedConditions } from "./cancellation.ts"
import { classifyError } from "./classify-error.ts"
import { documentSize } from "./document-problem.ts"
import { absent, insertOne } from "./insert-one.ts"
import { InsertReport } from "./insert-report.ts"
import type { InsertTarget } from "./insert-target.ts"
import { freshRevision } from "./item-codec.ts"
import { wholeItem } from "./own-attributes.ts"
import { sdkFailure } from "./sdk-failures.ts"
import { claimItem, uniqueValues } from "./unique-values.ts"

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const mostItems = 100
const mostBytes = 3.5 * 1024 * 1024

/** Documents that go in one transaction. */
interface Window {
  readonly documents: { readonly index: number; readonly items: readonly TransactWriteItem[] }[]
  readonly keys: Set<string>
  items: number
  bytes: number
}

/** Inserts in order, a transaction at a time. One that a document refuses is found to have ended there: what is before it goes again, alone. */
export async function insertWindows(
  target: InsertTarget,
  documents: readonly Document[],
): Promise<InsertOutcome> {
  const report = new InsertReport()
  for (let start = 0; start < documents.length && !report.stopped; ) {
    const window = windowFrom(target, documents, start)
    const count = window.documents.length
    if (count <= 1) await insertNext(target, documents, start, report)
    else await insertWindow(target, documents, window, report)
    start += Math.max(count, 1)
  }
  return report.outcome()
}

/** The documents from `start` that fit into one transaction; those with a key or a value twice do not. None where the first has a key that is too long. */
function windowFrom(target: InsertTarget, documents: readonly Document[], start: number): Window {
  const { state, collection, call } = target
  const context = { operation: call.operation, collection: collection.name }
  const window: Window = { documents: [], keys: new Set(), items: 0, bytes: 0 }
  for (let index = start; index < documents.length; index++) {
    const document = documents[index] as Document
    let items: TransactWriteItem[]
    let keys: string[]
    try {
      const values = uniqueValues(document, state, context)
      const Item = wholeItem(document, state, freshRevision(), context)
      items = [
        { Put: { TableName: state.table, Item, ...absent } },
        ...values.map((value) => claimItem(state.table, value)),
      ]
      keys = [document["_id"] as string, ...values.map(({ key }) => key)]
    } catch {
      break
    }
    const bytes = window.bytes + documentSize(document)
    const full = window.items + items.length > mostItems || bytes > mostBytes
    if ((full && index > start) || keys.some((key) => window.keys.has(key))) break
    window.documents.push({ index, items })
    for (const key of keys) window.keys.add(key)
    window.items += items.length
    window.bytes = bytes
  }
  return window
}

async function insertNext(
  target: InsertTarget,
  documents: readonly Document[],
  index: number,
  report: InsertReport,
): Promise<void> {
  try {
    await insertOne(target, documents[index] as Document)
    report.done([index])
  } catch (error) {
    report.failed([index], error)
  }
}

async function insertWindow(
  target: InsertTarget,
  documents: readonly Document[],
  window: Window,
  report: InsertReport,
): Promise<void> {
  const indexes = window.documents.map(({ index }) => index)
  const { error, lost } = await send(target, window.documents)
  if (error === undefined) return report.done(indexes)
  const conditions = failedConditions(error)
  if (lost || (conditions.length === 0 && !isRefused(error)))
    return report.failed(indexes, told(target, error, lost))
  const owners = window.documents.flatMap(({ index, items }) => items.map(() => index))
  const refused = new Set(conditions.map(({ index }) => owners[index]))
  const end = indexes.findIndex((index) => refused.has(index))
  const before = window.documents.slice(0, Math.max(end, 0))
  if (before.length > 1) {
    const again = await send(target, before)
    if (again.lost)
      return report.failed(
        before.map(({ index }) => index),
        told(target, again.error, true),
      )
    if (again.error === undefined) {
      report.done(before.map(({ index }) => index))
      indexes.splice(0, before.length)
    }
  }
  // One by one it will be told which is refused, and why; a value that nobody holds any more is taken.
  for (const index of indexes) {
    if (report.stopped) return
    await insertNext(target, documents, index, report)
  }
}

/** Whether it is something in the transaction that DynamoDB does not take. */
function isRefused(error: unknown): boolean {
  const reasons = cancellationReasons(error) ?? []
  return (
    sdkFailure(error).code === "invalid-argument" || reasons.some(({ Code }) => Code === "ValidationError")
  )
}

function told({ call, collection }: InsertTarget, error: unknown, lost: boolean) {
  return classifyError(error, call, { collection: collection.name, maybeDone: lost })
}

/** The token makes a repetition harmless. */
function send({ requests, call }: InsertTarget, documents: Window["documents"]) {
  const items = documents.flatMap((document) => document.items)
  const input = { TransactItems: items, ClientRequestToken: randomUUID() }
  return requests.ask("TransactWriteItems", input, call, { repeatable: true })
}
