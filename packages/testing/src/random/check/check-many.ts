import type { Document } from "@nosql/contracts"
import type { WriteResult } from "../plain-collection.ts"
import type { Answer } from "./answer.ts"
import { checkCounts } from "./check-counts.ts"
import { checkPath, unexpected } from "./check-refused.ts"
import { Difference } from "./difference.ts"
import { isChanged, type Outcome, refusedPaths } from "./outcome.ts"
import { same } from "./same.ts"
import { type State, sameState, withOutcome } from "./state.ts"

export function checkMany(
  answer: Answer,
  before: State,
  matched: readonly Document[],
  outcomes: readonly Outcome[],
): void {
  const { error, result, state } = answer
  if (refusedPaths(outcomes).length > 0) {
    checkStopped(answer, refusedPaths(outcomes))
    checkWhole(state, before, matched, outcomes)
    return
  }
  if (error !== undefined) throw unexpected(error)
  const after = withOutcomes(before, matched, outcomes)
  if (!sameState(after, state))
    throw new Difference("the collection holds other documents", {
      expected: [...after.values()],
      answered: [...state.values()],
    })
  checkCounts(result as WriteResult, matched.length, changes(matched, outcomes))
}

export function withOutcomes(
  before: State,
  matched: readonly Document[],
  outcomes: readonly Outcome[],
): State {
  return outcomes.reduce<State>(
    (all, outcome, i) => withOutcome(all, matched[i] as Document, outcome),
    before,
  )
}

export function changes(matched: readonly Document[], outcomes: readonly Outcome[]): number {
  return outcomes.filter((outcome, i) => isChanged(matched[i] as Document, outcome)).length
}

function checkStopped({ error }: Answer, paths: readonly string[]): void {
  if (error?.code !== "invalid-argument")
    throw new Difference(`expected invalid-argument, not ${error?.code ?? "a result"}`)
  checkPath(error, paths)
}

/** "Suites assert the code and that no document is half-changed." */
export function checkWhole(
  state: State,
  before: State,
  matched: readonly Document[],
  outcomes: readonly Outcome[],
): void {
  const isWhole = [...before].every(([id, document]) => {
    const outcome = outcomes[matched.findIndex(({ _id }) => _id === id)]
    const now = state.get(id)
    return same(document, now) || (outcome?.kind === "becomes" && same(outcome.document, now))
  })
  if (!isWhole || state.size > before.size) throw new Difference("a document is half-changed")
}
