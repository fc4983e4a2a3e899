import type { FilterNode } from "../ast/filter.ts"
import type { SortKey } from "../ast/query.ts"
import type { Reach, Remaining } from "../driver/plan.ts"
import { remainingSteps } from "../store/remaining-steps.ts"
import type { OperationTrace } from "./operation-trace.ts"
import { shapeHash } from "./shape-hash.ts"

/** Notes how the documents are reached, where somebody listens. */
export function recordPlan(
  trace: OperationTrace | undefined,
  plan: Reach & { readonly remaining?: Remaining },
  query: { readonly filter: FilterNode; readonly sort: readonly SortKey[] },
): void {
  if (trace === undefined) return
  trace.access = plan.access
  if (plan.index !== undefined) trace.index = plan.index
  trace.remaining = remainingSteps(plan.remaining ?? {})
  trace.reasons = plan.reasons
  trace.shape = shapeHash(trace.collection ?? "", query.filter, query.sort)
}
