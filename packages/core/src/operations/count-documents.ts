import { type Query, queryOf } from "../ast/query.ts"
import { checkSupport } from "../driver/check-support.ts"
import { visible } from "./expiry.ts"
import { openCollection } from "./open-collection.ts"
import type { Operation } from "./operation.ts"
import { planningAgain } from "./plan-again.ts"
import { readDocuments } from "./read-documents.ts"
import { usePlan } from "./use-plan.ts"

/** How many documents match: by the store where it counts exactly, else by reading their ids. */
export async function countDocuments(operation: Operation, query: Query): Promise<number> {
  const { store, collection, context, call } = operation
  checkSupport(["count"], collection.capabilities, context)
  if (query.filter.kind === "false") return 0
  const opening = openCollection(operation)
  if (opening !== undefined) await opening
  const seen = { ...query, filter: visible(query.filter, collection.info) }
  return planningAgain(
    operation,
    () => store.planCount(collection.info, seen),
    (plan) => {
      if (plan === undefined) return countByReading(operation, query)
      usePlan(operation, plan, query)
      return store.runCount(collection.info, plan, call)
    },
  )
}

async function countByReading(operation: Operation, query: Query): Promise<number> {
  let count = 0
  const ids = { ...query, projection: { kind: "include", paths: [], id: true } } as const
  for await (const batch of readDocuments(operation, ids)) count += batch.length
  return count
}

/** From the store's statistics where it has them; expired documents are in it. */
export async function estimateCount(operation: Operation): Promise<number> {
  const { store, collection, context, call } = operation
  checkSupport(["estimatedCount"], collection.capabilities, context)
  if (store.estimateCount !== undefined) return store.estimateCount(collection.info, call)
  return countDocuments(operation, queryOf({ kind: "true" }))
}
