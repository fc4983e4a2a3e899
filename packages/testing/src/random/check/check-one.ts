import type { Document } from "@nosql/contracts"
import type { WriteResult } from "../plain-collection.ts"
import type { Answer } from "./answer.ts"
import { checkCounts } from "./check-counts.ts"
import { Difference } from "./difference.ts"
import { isChanged, type Outcome } from "./outcome.ts"
import { type State, sameState, withOutcome } from "./state.ts"

/** "`updateOne`, `deleteOne` without a sort take any match." */
export function checkOne(
  { result, state }: Answer,
  before: State,
  matched: readonly Document[],
  outcomes: readonly Outcome[],
): void {
  const counts = result as WriteResult
  if (matched.length === 0) {
    checkCounts(counts, 0, 0)
    if (!sameState(before, state)) throw new Difference("the store wrote, although nothing matches")
    return
  }
  const taken = outcomes.findIndex(
    (outcome, i) =>
      outcome.kind === "becomes" && sameState(withOutcome(before, matched[i] as Document, outcome), state),
  )
  if (taken === -1)
    throw new Difference("the collection holds what no match would have become", {
      expected: outcomes,
      answered: [...state.values()],
    })
  checkCounts(counts, 1, isChanged(matched[taken] as Document, outcomes[taken] as Outcome) ? 1 : 0)
}
