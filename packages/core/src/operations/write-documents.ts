import type { WriteOutcome, WriteRequest } from "../driver/plan.ts"
import { retryingExpired } from "./expired-holders.ts"
import { insertOnly } from "./insert-documents.ts"
import { nameRefusedPath } from "./name-refused-path.ts"
import { openCollection } from "./open-collection.ts"
import type { Operation } from "./operation.ts"
import { planNative } from "./plan-native.ts"
import { retryRaces } from "./retry-races.ts"
import type { UpsertSource } from "./upsert-source.ts"
import { writeEach } from "./write-each.ts"

const nothing: WriteOutcome = { matched: 0, modified: 0 }

/** Runs a write: natively where the store does it exactly, else by read → apply → conditional write. */
export async function writeDocuments(
  operation: Operation,
  request: WriteRequest,
  upsert?: UpsertSource,
): Promise<WriteOutcome> {
  if (request.filter.kind === "false" && upsert === undefined) return nothing
  const opening = openCollection(operation)
  if (opening !== undefined) await opening
  try {
    return await (upsert === undefined
      ? retryingExpired(operation, undefined, () => writeMatches(operation, request))
      : upsertDocument(operation, request, upsert))
  } catch (error) {
    throw await nameRefusedPath(operation, request, error)
  }
}

/** The write of what is there. */
async function writeMatches(
  operation: Operation,
  request: WriteRequest,
  consistency?: "strong",
): Promise<WriteOutcome> {
  if (request.filter.kind === "false") return nothing
  const { store, collection, call } = operation
  const native = planNative(operation, request)
  const outcome = native === undefined ? undefined : await store.runWrite(collection.info, native.plan, call)
  return outcome ?? writeEach(operation, request, consistency)
}

function upsertDocument(
  operation: Operation,
  request: WriteRequest,
  upsert: UpsertSource,
): Promise<WriteOutcome> {
  const { store, collection, call } = operation
  const native = planNative(operation, request, upsert)
  if (native === undefined) return retryRaces(() => upsertInSteps(operation, request, upsert))
  return retryRaces(() =>
    retryingExpired(
      operation,
      upsert.document,
      async () =>
        (await store.runWrite(collection.info, native.plan, call)) ??
        upsertInSteps(operation, request, upsert),
    ),
  )
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
