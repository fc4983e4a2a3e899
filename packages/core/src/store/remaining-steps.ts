import type { Explanation } from "@nosql/contracts"
import type { Remaining } from "../driver/plan.ts"

const order = ["filter", "sort", "after", "skip", "limit", "projection"] as const

/** The names of what a plan leaves to core, in the order in which core does it. */
export function remainingSteps(remaining: Remaining): Explanation["remaining"] {
  return order.filter((step) => remaining[step] !== undefined)
}
