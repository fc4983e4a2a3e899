import type { Document } from "@nosql/contracts"
import { checkSupport } from "../driver/check-support.ts"
import type { WriteOutcome, WritePlan, WriteRequest } from "../driver/plan.ts"
import { retryWithoutExpired } from "./expired-holders.ts"
import { visible } from "./expiry.ts"
import { insertOnly } from "./insert-documents.ts"
import { nameRefusedPath } from "./name-refused-path.ts"
import type { Operation } from "./operation.ts"
import { provision } from "./provision.ts"
import { retryRaces } from "./retry-races.ts"
import { usePlan } from "./use-plan.ts"
import { writeEach } from "./write-each.ts"

/** What a write inserts where nothing matches. */
export interface UpsertSource {
  /** The document, where it is known before anything was read and conforms to the declaration: the store may insert it itself. */
  readonly document?: Document
  readonly idGiven: boolean
  /** Makes the document; throws where it does not conform. */
  make(): Document | Promise<Document>
}

const nothing: WriteOutcome = { matched: 0, modified: 0 }

/** Runs a write: natively where the store does it exactly, else by read → apply → conditional write. */
export async function writeDocuments(
  operation: Operation,
  request: WriteRequest,
  upsert?: UpsertSource,
): Promise<WriteOutcome> {
  if (request.filter.kind === "false" && upsert === undefined) return nothing
  await provision(operation)
  if (upsert === undefined)
    return retryingExpired(operation, undefined, () => writeMatches(operation, request))
  checkSupport(["upsert"], operation.collection.capabilities, operation.context)
  const native = nativeUpsert(operation, request, upsert)
  return retryRaces(() =>
    native === undefined
      ? upsertInSteps(operation, request, upsert)
      : retryingExpired(operation, upsert.document, native),
  )
}

function retryingExpired<R>(
  operation: Operation,
  document: Document | undefined,
  write: () => Promise<R>,
): Promise<R> {
  if (operation.collection.info.ttl === undefined) return write()
  return write().catch((error: unknown) => retryWithoutExpired(operation, error, document, write))
}

/** The write of what is there. */
async function writeMatches(
  operation: Operation,
  request: WriteRequest,
  consistency?: "strong",
): Promise<WriteOutcome> {
  if (request.filter.kind === "false") return nothing
  const { store, collection } = operation
  const visibleOnly = { ...request, filter: visible(request.filter, collection.info) }
  if (request.kind !== "update" || !collection.validateUpdates) {
    const plan = store.planWrite(collection.info, visibleOnly)
    if (plan !== undefined) {
      usePlan(operation, plan, request)
      return runNative(operation, request, plan)
    }
  }
  return writeEach(operation, request, consistency)
}

function nativeUpsert(
  operation: Operation,
  request: WriteRequest,
  { document, idGiven }: UpsertSource,
): (() => Promise<WriteOutcome>) | undefined {
  const { store, collection } = operation
  if (document === undefined || request.kind === "delete" || collection.validateUpdates) return undefined
  const filter = visible(request.filter, collection.info)
  const plan = store.planWrite(collection.info, { ...request, filter, upsert: { document, idGiven } })
  if (plan === undefined) return undefined
  usePlan(operation, plan, request)
  return () => runNative(operation, request, plan)
}

async function runNative(
  operation: Operation,
  request: WriteRequest,
  plan: WritePlan,
): Promise<WriteOutcome> {
  const { store, collection, call } = operation
  try {
    return await store.runWrite(collection.info, plan, call)
  } catch (error) {
    throw await nameRefusedPath(operation, request, error)
  }
}

/** Writes what is there, else inserts. */
async function upsertInSteps(
  operation: Operation,
  request: WriteRequest,
  upsert: UpsertSource,
): Promise<WriteOutcome> {
  // A look that may miss what was just inserted would insert it once more.
  const outcome = await retryingExpired(operation, undefined, () =>
    writeMatches(operation, request, "strong"),
  )
  if (outcome.matched > 0) return outcome
  const document = await upsert.make()
  await retryingExpired(operation, document, () => insertOnly(operation, document))
  return {
    ...nothing,
    upsertedId: document["_id"] as string,
    ...(request.returning === "after" ? { document } : {}),
  }
}
