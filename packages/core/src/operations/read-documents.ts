import type { Document } from "@nosql/contracts"
import type { Query } from "../ast/query.ts"
import { checkPlan } from "../driver/check-plan.ts"
import { checkSupport } from "../driver/check-support.ts"
import type { Batch, ReadDocument } from "../driver/driver.ts"
import { featuresOfQuery } from "../driver/features-of.ts"
import type { FindPlan } from "../driver/plan.ts"
import { finishQuery, leavesNothing } from "../evaluate/finish-query.ts"
import { visible } from "./expiry.ts"
import { firstOf } from "./first-of.ts"
import { openCollection } from "./open-collection.ts"
import { endedError, endInTime, type Operation, throwIfEnded } from "./operation.ts"
import { planningAgain, streamingAgain } from "./plan-again.ts"
import { declaredReader } from "./read-declared.ts"
import { usePlan } from "./use-plan.ts"

/** A read from its plan to its documents: policy → run → finish → decode. */
export async function* readDocuments(
  operation: Operation,
  query: Query,
): AsyncGenerator<readonly Document[]> {
  if (asksForNothing(query)) return
  const opening = openCollection(operation)
  if (opening !== undefined) await opening
  const decode = declaredReader(operation.collection.info)
  const batches = streamingAgain(
    operation,
    () => planRead(operation, query),
    (plan) => runPlan(operation, plan),
  )
  for await (const documents of batches) yield decode === undefined ? documents : documents.map(decode)
}

/** The first document of a read, or null. */
export async function readFirst(operation: Operation, query: Query): Promise<Document | null> {
  if (asksForNothing(query)) return null
  const opening = openCollection(operation)
  if (opening !== undefined) await opening
  const document = await planningAgain(
    operation,
    () => planRead(operation, query),
    (plan) => runFirst(operation, plan),
  )
  if (document === undefined) return null
  const decode = declaredReader(operation.collection.info)
  return decode === undefined ? document : decode(document)
}

function runFirst(operation: Operation, plan: FindPlan): Promise<Document | undefined> {
  const { store, collection, call } = operation
  return store.runFirst !== undefined && leavesNothing(plan.remaining)
    ? untilEnded(operation, store.runFirst(collection.info, plan, call))
    : firstOf(runPlan(operation, plan))
}

function asksForNothing({ limit, filter }: Query): boolean {
  return limit === 0 || filter.kind === "false"
}

/** What a read finds, finished but not decoded. */
function runPlan(operation: Operation, plan: FindPlan): AsyncIterable<readonly Document[]> {
  const { store, collection, call } = operation
  const batches = documentsOf(operation, store.runFind(collection.info, plan, call))
  return finishQuery(batches, plan.remaining, collection.settings.maxBufferedDocuments)
}

/** Runs a plan and gives each document with what its conditional write needs. */
export async function* readForWriting(
  operation: Operation,
  plan: FindPlan,
): AsyncGenerator<readonly ReadDocument[]> {
  const { store, collection, call } = operation
  // Finishing moves documents but does not change them, so a document itself leads to its revision.
  const revisions = new WeakMap<Document, unknown>()
  const batches = documentsOf(
    operation,
    store.runFind(collection.info, plan, { ...call, revisions: true }),
    (batch) => {
      for (const [i, document] of batch.documents.entries()) revisions.set(document, batch.revisions?.[i])
    },
  )
  for await (const documents of finishQuery(
    batches,
    plan.remaining,
    collection.settings.maxBufferedDocuments,
  ))
    yield documents.map((document) => ({ document, revision: revisions.get(document) }))
}

/** The plan of a query, its features supported, its scan allowed. */
export function planRead(operation: Operation, query: Query): FindPlan {
  const { collection, store, context } = operation
  checkSupport(featuresOfQuery(query), collection.capabilities, context)
  const plan = store.planFind(collection.info, { ...query, filter: visible(query.filter, collection.info) })
  checkPlan(query, plan, context)
  usePlan(operation, plan, query)
  return plan
}

async function untilEnded<R>(operation: Operation, running: Promise<R>): Promise<R> {
  try {
    const result = await running
    throwIfEnded(operation)
    return result
  } catch (error) {
    throw reasonOf(operation, error)
  }
}

/** The error of a read: where its operation was ended, that is why. */
function reasonOf(operation: Operation, error: unknown): unknown {
  return operation.call.signal?.aborted ? endedError(operation) : error
}

async function* documentsOf(
  operation: Operation,
  batches: AsyncIterable<Batch>,
  note?: (batch: Batch) => void,
): AsyncGenerator<readonly Document[]> {
  try {
    for await (const batch of endingInTime(operation, batches)) {
      throwIfEnded(operation)
      note?.(batch)
      yield batch.documents
    }
  } catch (error) {
    throw reasonOf(operation, error)
  }
}

function endingInTime(operation: Operation, batches: AsyncIterable<Batch>): AsyncIterable<Batch> {
  return operation.call.signal === undefined ? batches : untilSignal(operation, batches)
}

/** Who waits for a batch is told at once when the signal ends the operation, however long the store goes on. */
async function* untilSignal(operation: Operation, batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
  const iterator = batches[Symbol.asyncIterator]()
  let waiting = true
  try {
    for (;;) {
      waiting = true
      const step = await endInTime(operation, iterator.next(), false)
      waiting = false
      if (step.done) return
      yield step.value
    }
  } finally {
    const closing = iterator.return?.()
    // It waits for the same answer.
    if (waiting) closing?.catch(() => undefined)
    else await closing
  }
}
