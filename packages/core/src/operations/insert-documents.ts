import type { Document } from "@nosql/contracts"
import type { InsertCall, InsertOutcome } from "../driver/driver.ts"
import { retryWithoutExpired } from "./expired-holders.ts"
import { namingPlace, namingPlaces } from "./name-place.ts"
import { openCollection } from "./open-collection.ts"
import type { Operation } from "./operation.ts"
import { lacksId, type PreparedDocument, prepareInsert, prepareLent } from "./prepare-document.ts"
import { joinInserts, resumeOrdered } from "./resume-ordered.ts"
import { progressError } from "./write-progress.ts"

/** Inserts one document and returns its id. */
export async function insertDocument(operation: Operation, document: unknown): Promise<string> {
  const preparing = prepareInsert(operation, document)
  const { document: prepared, plain } = preparing instanceof Promise ? await preparing : preparing
  const opening = openCollection(operation)
  if (opening !== undefined) await opening
  const how = { ordered: true, newIds: lacksId(document), plain }
  const { failures, error } = await runInsert(operation, [prepared], how)
  const failure = failures[0]?.error ?? error
  if (failure !== undefined) throw failure
  return prepared["_id"] as string
}

/** Inserts all, or throws what was written. All are checked before the first is sent. */
export async function insertDocuments(
  operation: Operation,
  documents: readonly unknown[],
  ordered: boolean,
): Promise<string[]> {
  const how = { ordered, newIds: documents.every(lacksId) }
  const { ids, run } =
    lendDocuments(operation, documents, how) ?? (await copyDocuments(operation, documents, how))
  if (ids.length === 0) return []
  const opening = openCollection(operation)
  if (opening !== undefined) await opening
  const outcome = await run()
  if (isIncomplete(outcome)) throw progressError(operation, outcome, ids.length)
  return ids
}

type How = Pick<InsertCall, "ordered" | "newIds" | "plain">

/** Documents that have been checked, and how they are sent. */
interface CheckedInsert {
  readonly ids: string[]
  readonly run: () => Promise<InsertOutcome>
}

async function copyDocuments(
  operation: Operation,
  documents: readonly unknown[],
  how: How,
): Promise<CheckedInsert> {
  const all = await allOf(
    Array.from(documents, (document, index) =>
      namingPlace("document", index, () => prepareInsert(operation, document)),
    ),
  )
  const prepared = all.map(({ document }) => document)
  return {
    ids: prepared.map(({ _id }) => _id as string),
    run: () => runInsert(operation, prepared, { ...how, plain: all.every(({ plain }) => plain) }),
  }
}

/**
 * Hands each document to a store that reads it at once, so that none is copied. Undefined where the store does not, where a schema may answer later, where
 * documents are sent again when what stands in their way has expired, and of a single one, for which such an insert costs more than a copy.
 */
function lendDocuments(
  operation: Operation,
  documents: readonly unknown[],
  how: How,
): CheckedInsert | undefined {
  const { store, collection, call } = operation
  if (documents.length < 2 || collection.schema !== undefined || collection.info.ttl !== undefined)
    return undefined
  const intake = store.startInsert?.(collection.info, { ...call, ...how })
  if (intake === undefined) return undefined
  const ids: string[] = []
  namingPlaces("document", documents.length, (index) => {
    const { id, fields, plain } = prepareLent(operation, documents[index])
    intake.add(id, fields, plain)
    ids.push(id)
  })
  return { ids, run: () => intake.run() }
}

/** A store's insert, again for what only expired documents stood in the way of. */
export function runInsert(
  operation: Operation,
  documents: readonly Document[],
  how: How,
): Promise<InsertOutcome> {
  const { store, collection, call } = operation
  const running = store.runInsert(collection.info, documents, { ...call, ...how })
  return collection.info.ttl === undefined ? running : retryFailures(operation, documents, running, how)
}

async function retryFailures(
  operation: Operation,
  documents: readonly Document[],
  running: Promise<InsertOutcome>,
  how: How,
): Promise<InsertOutcome> {
  const outcome = await running
  if (outcome.failures.length === 0) return outcome
  const done = [...outcome.done]
  const failures: { index: number; error: unknown }[] = []
  for (const { index, error } of outcome.failures) {
    try {
      await retryWithoutExpired(operation, error, documents[index], async () => {
        await insertOnly(operation, documents[index] as Document)
      })
      done.push(index)
    } catch (again) {
      failures.push({ index, error: again })
    }
  }
  const settled = { ...outcome, done, failures }
  const [first] = outcome.failures
  if (!how.ordered || first === undefined) return settled
  const run = (rest: readonly Document[]) => runInsert(operation, rest, how)
  return resumeOrdered(documents, { stoppedAt: first.index, settled }, run, joinInserts)
}

/** One document, without a look at what is in its way. */
export async function insertOnly({ store, collection, call }: Operation, document: Document): Promise<void> {
  const { failures, error } = await store.runInsert(collection.info, [document], { ...call, ordered: true })
  const failure = failures[0]?.error ?? error
  if (failure !== undefined) throw failure
}

export function isIncomplete({ failures, unknown = [] }: InsertOutcome): boolean {
  return failures.length + unknown.length > 0
}

/** Waits only where a schema is asynchronous; all checks end before the first document is sent. */
function allOf(
  documents: readonly (PreparedDocument | Promise<PreparedDocument>)[],
): readonly PreparedDocument[] | Promise<PreparedDocument[]> {
  return documents.some((document) => document instanceof Promise)
    ? Promise.all(documents)
    : (documents as readonly PreparedDocument[])
}
