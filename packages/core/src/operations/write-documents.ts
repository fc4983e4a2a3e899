import type { WriteOutcome, WritePlan, WriteRequest } from "../driver/plan.ts"
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
  await openCollection(operation)
  if (upsert === undefined)
    return retryingExpired(operation, undefined, () => writeMatches(operation, request))
  const native = planNative(operation, request, upsert)
  return retryRaces(() =>
    native === undefined
      ? upsertInSteps(operation, request, upsert)
      : retryingExpired(
          operation,
          upsert.document,
          async () =>
            (await runNative(operation, request, native.plan)) ?? upsertInSteps(operation, request, upsert),
        ),
  )
}

/** The write of what is there. */
async function writeMatches(
  operation: Operation,
  request: WriteRequest,
  consistency?: "strong",
): Promise<WriteOutcome> {
  if (request.filter.kind === "false") return nothing
  const native = planNative(operation, request)
  const outcome = native === undefined ? undefined : await runNative(operation, request, native.plan)
  return outcome ?? writeEach(operation, request, consistency)
}

async function runNative(
  operation: Operation,
  request: WriteRequest,
  plan: WritePlan,
): Promise<WriteOutcome | undefined> {
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
