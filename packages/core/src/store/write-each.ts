import { type Document, NoSQLError, type UpdateResult } from "@nosql/contracts"
import { and, compare } from "../ast/filter.ts"
import type { CollectionInfo } from "../driver/collection-info.ts"
import type { DriverCall, DriverStore } from "../driver/driver.ts"
import type { FindPlan, WriteRequest } from "../driver/plan.ts"
import { applyUpdate } from "../evaluate/apply-update.ts"
import { compileFilter } from "../evaluate/compile-filter.ts"
import type { CallContext } from "../values/argument-error.ts"

interface EachWrite {
  readonly store: DriverStore
  readonly info: CollectionInfo
  /** A read of the request's filter, without sort, skip or limit. */
  readonly plan: FindPlan
  readonly request: WriteRequest
  readonly call: DriverCall
  readonly context: CallContext
}

interface ReadDocument {
  readonly document: Document
  readonly revision: unknown
}

/** Attempts at one document before its writers are too many: about 3 s of waiting in all. */
const maxAttempts = 12

/**
 * Read → apply → write on the condition that nothing changed: how core writes what a store cannot express.
 * The documents are found first and written one by one; a stop half-way says in `details` which ids were written.
 */
export async function writeEach(write: EachWrite): Promise<UpdateResult> {
  const { request, context } = write
  const done: string[] = []
  // All are found before the first is written, so that a document moved by its own update is not met twice.
  const found = await findMatches(write, write.plan)
  for (const [i, match] of found.entries()) {
    const id = match.document["_id"] as string
    try {
      if (await writeOne(write, match)) done.push(id)
    } catch (error) {
      if (!request.many) throw error
      throw partialError(
        error,
        { done, failed: [id], unknown: [], notTried: found.slice(i + 1).map(idOf) },
        context,
      )
    }
    if (!request.many && done.length === 1) break
  }
  return { matched: done.length, modified: done.length }
}

function idOf({ document }: ReadDocument): string {
  return document["_id"] as string
}

async function findMatches(
  { store, info, call, request }: EachWrite,
  plan: FindPlan,
): Promise<ReadDocument[]> {
  const holds = compileFilter(request.filter)
  const found: ReadDocument[] = []
  for await (const { documents, revisions } of store.runFind(info, plan, { ...call, revisions: true })) {
    for (const [i, document] of documents.entries()) {
      if (holds(document)) found.push({ document, revision: revisions?.[i] })
    }
  }
  return found
}

/** False when the document no longer matches, because somebody changed or removed it in between. */
async function writeOne(write: EachWrite, match: ReadDocument): Promise<boolean> {
  const { store, info, call, request, context } = write
  let current: ReadDocument | undefined = match
  for (let attempt = 0; current !== undefined; attempt++) {
    const next =
      request.kind === "delete" ? undefined : applyUpdate(current.document, request.update, context)
    if (await store.replaceIf(info, current, next, call)) return true
    if (attempt === maxAttempts) {
      throw new NoSQLError("conflict", `${context.operation}: other writers kept changing the document`, {
        operation: context.operation,
        collection: info.name,
        retryable: true,
      })
    }
    await pause(attempt)
    const filter = and([compare("eq", ["_id"], idOf(match)), request.filter])
    const again = await findMatches(write, store.planFind(info, { filter, sort: [], skip: 0 }))
    current = again[0]
  }
  return false
}

/** Full jitter: waits at random up to a bound that doubles, so that writers who met do not meet again. */
function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(500, 5 * 2 ** attempt)))
}

function partialError(error: unknown, details: Record<string, unknown>, context: CallContext): NoSQLError {
  const cause = NoSQLError.isInstance(error) ? error : undefined
  const count = (details["done"] as readonly string[]).length
  return new NoSQLError(
    cause?.code ?? "unknown",
    `${cause?.message ?? `${context.operation}: failed`} (${count} documents were written before)`,
    {
      operation: context.operation,
      ...(context.collection === undefined ? {} : { collection: context.collection }),
      ...(context.backend === undefined ? {} : { backend: context.backend }),
      ...(cause?.path === undefined ? {} : { path: cause.path }),
      details,
      cause: error,
    },
  )
}
