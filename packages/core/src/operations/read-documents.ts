import type { Document } from "@nosql/contracts"
import type { Query } from "../ast/query.ts"
import { checkPlan } from "../driver/check-plan.ts"
import { checkSupport } from "../driver/check-support.ts"
import type { Batch, ReadDocument } from "../driver/driver.ts"
import { featuresOfQuery } from "../driver/features-of.ts"
import type { FindPlan } from "../driver/plan.ts"
import { finishQuery, nothingRemains } from "../evaluate/finish-query.ts"
import { visible } from "./expiry.ts"
import { openCollection } from "./open-collection.ts"
import { endedError, type Operation, throwIfEnded } from "./operation.ts"
import { declaredReader } from "./read-declared.ts"
import { usePlan } from "./use-plan.ts"

/** A read from its plan to its documents: policy → run → finish → decode. */
export async function* readDocuments(
  operation: Operation,
  query: Query,
): AsyncGenerator<readonly Document[]> {
  if (query.limit === 0 || query.filter.kind === "false") return
  await openCollection(operation)
  const plan = planRead(operation, query)
  const batches = documentsOf(
    operation,
    operation.store.runFind(operation.collection.info, plan, operation.call),
  )
  const decode = declaredReader(operation.collection.info)
  for await (const documents of finishQuery(
    batches,
    plan.remaining,
    operation.collection.settings.maxBufferedDocuments,
  ))
    yield decode === undefined ? documents : documents.map(decode)
}

/** The first document of a read, or null. Where nothing remains of a plan it is the store's own first: one by one is how most are read. */
export async function readFirst(operation: Operation, query: Query): Promise<Document | null> {
  if (query.limit === 0 || query.filter.kind === "false") return null
  await openCollection(operation)
  const { store, collection, call } = operation
  const plan = planRead(operation, query)
  const decode = declaredReader(collection.info)
  const found = store.runFind(collection.info, plan, call)
  const document = nothingRemains(plan.remaining)
    ? await firstOf(operation, found)
    : await firstFinished(operation, plan, found)
  return document === undefined ? null : decode === undefined ? document : decode(document)
}

async function firstOf(operation: Operation, batches: AsyncIterable<Batch>): Promise<Document | undefined> {
  try {
    for await (const { documents } of batches) {
      throwIfEnded(operation)
      if (documents.length > 0) return documents[0]
    }
    return undefined
  } catch (error) {
    throw readError(operation, error)
  }
}

async function firstFinished(
  operation: Operation,
  { remaining }: FindPlan,
  batches: AsyncIterable<Batch>,
): Promise<Document | undefined> {
  const { maxBufferedDocuments } = operation.collection.settings
  for await (const [document] of finishQuery(
    documentsOf(operation, batches),
    remaining,
    maxBufferedDocuments,
  )) {
    if (document !== undefined) return document
  }
  return undefined
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

async function* documentsOf(
  operation: Operation,
  batches: AsyncIterable<Batch>,
  note?: (batch: Batch) => void,
): AsyncGenerator<readonly Document[]> {
  try {
    for await (const batch of batches) {
      throwIfEnded(operation)
      note?.(batch)
      yield batch.documents
    }
  } catch (error) {
    throw readError(operation, error)
  }
}

/** What a read that its signal ended failed with is not what ended it. */
function readError(operation: Operation, error: unknown): unknown {
  return operation.call.signal?.aborted ? endedError(operation) : error
}
