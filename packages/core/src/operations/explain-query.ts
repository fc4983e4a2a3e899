import type { Explanation } from "@nosql/contracts"
import type { Query } from "../ast/query.ts"
import { remainingSteps } from "../store/remaining-steps.ts"
import { visible } from "./expiry.ts"
import { openInStore } from "./open-collection.ts"
import type { Operation } from "./operation.ts"

/** The plan of a query as it would run; with `server` the store is asked about it, too. */
export async function explainQuery(
  operation: Operation,
  query: Query,
  server: boolean,
): Promise<Explanation> {
  const { store, collection, call } = operation
  const { info, backend } = collection
  // Explaining makes no indexes.
  const opening = openInStore(operation)
  if (opening !== undefined) await opening
  const plan = store.planFind(info, { ...query, filter: visible(query.filter, info) })
  const { access, index, native, remaining, reasons } = plan
  return {
    backend,
    collection: info.name,
    access,
    ...(index === undefined ? {} : { index }),
    native,
    remaining: remainingSteps(remaining),
    reasons,
    ...(server && store.explainFind !== undefined
      ? { server: await store.explainFind(info, plan, call) }
      : {}),
  }
}
