import { type CallOptions, type Document, type ErrorCode, NoSQLError } from "@nosql/contracts"
import { newDocument, writtenForms } from "./insert-entity.ts"
import type { PreparedEntity } from "./prepare-entity.ts"
import type { RepositoryContext } from "./repository-context.ts"
import { hasId } from "./save-entity.ts"
import type { SaveProgress } from "./save-progress.ts"

/** Inserts the entities that have no id yet, in as few requests as the store has batches for. */
export async function insertBatch(
  context: RepositoryContext,
  prepared: readonly PreparedEntity[],
  { written, stopped }: SaveProgress,
  options?: CallOptions,
): Promise<void> {
  const fresh = [...prepared.entries()].filter(([, entity]) => !hasId(entity))
  if (fresh.length === 0) return
  const documents = fresh.map(([, entity]) => newDocument(context, entity))
  const indexAt = (position: number): number => fresh[position]?.[0] as number
  const outcome = await insertAll(context, documents, options)
  const sent = documents.map((document, position) => ({ ...document, _id: outcome.ids[position] ?? "" }))
  const stored = outcome.stopped.length === 0 ? await writtenForms(context, sent) : documents
  for (const position of outcome.done) written.set(indexAt(position), stored[position] as Document)
  for (const { position, ...failure } of outcome.stopped)
    stopped.push({ ...failure, index: indexAt(position) })
}

interface BatchOutcome {
  /** Where all were inserted. */
  readonly ids: readonly string[]
  readonly done: readonly number[]
  readonly stopped: readonly {
    readonly position: number
    readonly error: unknown
    readonly unknown: boolean
  }[]
}

async function insertAll(
  { collection }: RepositoryContext,
  documents: readonly Document[],
  options?: CallOptions,
): Promise<BatchOutcome> {
  try {
    const { ids } = await collection.insertMany(documents, { ...options, ordered: false })
    return { ids, done: [...ids.keys()], stopped: [] }
  } catch (error) {
    if (NoSQLError.isInstance(error) && Array.isArray(error.details["done"])) return outcomeOf(error)
    throw error
  }
}

/** How far an `insertMany` came. */
function outcomeOf(error: NoSQLError): BatchOutcome {
  const { done, errors, unknown } = error.details
  const failed = (Array.isArray(errors) ? errors : []).map((failure: FailureReport) => {
    const { index, code, message = code, ...more } = failure
    return { position: index, error: new NoSQLError(code, message, more), unknown: false }
  })
  const lost = (Array.isArray(unknown) ? unknown : []).map((position: number) => ({
    position,
    error,
    unknown: true,
  }))
  return { ids: [], done: done as number[], stopped: [...failed, ...lost] }
}

interface FailureReport {
  readonly index: number
  readonly code: ErrorCode
  readonly message?: string
  readonly path?: string
  readonly details?: Readonly<Record<string, unknown>>
}
