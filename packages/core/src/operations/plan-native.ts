import type { UpdateNode } from "../ast/update.ts"
import { renamesToUnique } from "../declaration/check-unique.ts"
import type { WritePlan, WriteRequest } from "../driver/plan.ts"
import { visible } from "./expiry.ts"
import type { CollectionContext, Operation } from "./operation.ts"
import type { UpsertSource } from "./upsert-source.ts"
import { usePlan } from "./use-plan.ts"

/** A write as the store is asked for it, and its plan. */
interface NativeWrite {
  readonly request: WriteRequest
  readonly plan: WritePlan
}

/** The one request by which the store does a write exactly, its scan allowed; undefined where core must do it. */
export function planNative(
  operation: Operation,
  request: WriteRequest,
  upsert?: UpsertSource,
): NativeWrite | undefined {
  const { store, collection } = operation
  if (request.kind === "update" && mustSee(collection, request.update)) return undefined
  if (upsert !== undefined && upsert.document === undefined) return undefined
  const filter = visible(request.filter, collection.info)
  const seen: WriteRequest = filter === request.filter ? request : { ...request, filter }
  const whole: WriteRequest =
    upsert?.document === undefined || seen.kind === "delete"
      ? seen
      : { ...seen, upsert: { document: upsert.document, idGiven: upsert.idGiven } }
  const plan = store.planWrite(collection.info, whole)
  if (plan === undefined) return undefined
  usePlan(operation, plan, request)
  return { request: whole, plan }
}

/** Whether only the document that comes of it says that an update is right. */
function mustSee({ validateUpdates, info }: CollectionContext, update: readonly UpdateNode[]): boolean {
  return validateUpdates || renamesToUnique(update, info.indexes)
}
