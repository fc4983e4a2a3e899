import { NoSQLError } from "@nosql/contracts"
import type { Query } from "../ast/query.ts"
import type { CallContext } from "../values/argument-error.ts"
import type { FindPlan } from "./plan.ts"

const behindBoth = ["skip", "limit", "projection"] as const

/**
 * Refuses a plan that would answer wrongly: one that leaves a filter or a sort to core and yet cuts by what comes behind it. That is a fault of the
 * driver, but a page that silently begins at the start again is worse than an error.
 */
export function checkPlan(query: Query, { remaining }: FindPlan, context: CallContext): void {
  const asked = (step: "after" | (typeof behindBoth)[number]) =>
    step === "skip" ? query.skip > 0 : query[step] !== undefined
  const fault =
    remaining.filter !== undefined || remaining.sort !== undefined
      ? behindBoth.find((step) => asked(step) && remaining[step] === undefined)
      : undefined
  if (fault !== undefined)
    throw badPlan(
      `leaves ${remaining.filter === undefined ? "the sort" : "the filter"} but not ${fault}`,
      context,
    )
  const leaves = remaining.after !== undefined
  if (asked("after") && leaves !== (remaining.sort !== undefined))
    throw badPlan(leaves ? "leaves after but not the sort" : "leaves the sort but not after", context)
}

function badPlan(problem: string, context: CallContext): NoSQLError {
  const { operation, backend = "", collection = "" } = context
  return new NoSQLError(
    "unknown",
    `${operation}: the driver's plan ${problem}; this is a fault of the driver`,
    {
      operation,
      backend,
      collection,
    },
  )
}
