import type { FilterNode } from "../ast/filter.ts"
import type { SortKey } from "../ast/query.ts"
import type { Reach, Remaining } from "../driver/plan.ts"
import { recordPlan } from "../observe/record-plan.ts"
import type { Operation } from "./operation.ts"

/** Between a plan and its run: scans are refused or reported, and subscribers are told. `query` is as the caller gave it. */
export function usePlan(
  operation: Operation,
  plan: Reach & { readonly remaining?: Remaining },
  query: { readonly filter: FilterNode; readonly sort?: readonly SortKey[] },
): void {
  const { collection, scans, context, trace } = operation
  const asked = { filter: query.filter, sort: query.sort ?? [] }
  collection.scanGuard.check(scans, plan, asked, context)
  recordPlan(trace, plan, asked)
}
