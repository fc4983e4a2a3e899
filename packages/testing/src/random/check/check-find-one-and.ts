import type { Document } from "@nosql/contracts"
import type { FilteredWrite } from "../arbitraries/writes.ts"
import { project } from "../reference/project.ts"
import { compareDocuments } from "../reference/sort-documents.ts"
import type { Answer } from "./answer.ts"
import { checkInserted } from "./check-inserted.ts"
import { checkRefused } from "./check-refused.ts"
import { Difference } from "./difference.ts"
import { type Outcome, refusedPaths } from "./outcome.ts"
import { same } from "./same.ts"
import { type State, sameState, withOutcome } from "./state.ts"

/** The documents that may be written: all matches, or those that tie for the first place of the sort. */
export function firstMatches(matched: readonly Document[], { options }: FilteredWrite): readonly Document[] {
  const { sort } = options
  if (sort === undefined) return matched
  const compare = compareDocuments(sort)
  const [first] = matched.toSorted(compare)
  return matched.filter((document) => first !== undefined && compare(document, first) === 0)
}

interface Expected {
  readonly matched: readonly Document[]
  readonly outcomes: readonly Outcome[]
  readonly inserted: Outcome | undefined
  readonly write: FilteredWrite
}

/** The image that comes back is that of the document which was written. */
export function checkFindOneAnd(
  answer: Answer,
  before: State,
  { matched, outcomes, inserted, write }: Expected,
): void {
  if (inserted?.kind === "becomes") {
    const document = checkInserted(answer, before, inserted.document as Document)
    if (answer.error === undefined)
      checkImage(answer, write.options.returnDocument === "after" ? document : undefined, write)
    return
  }
  if (answer.error !== undefined) {
    checkRefused(answer, before, refusedPaths(outcomes))
    return
  }
  if (matched.length === 0) {
    checkImage(answer, undefined, write)
    if (!sameState(before, answer.state)) throw new Difference("the store wrote, although nothing matches")
    return
  }
  const returned = answer.result as Document | null
  const i = matched.findIndex(({ _id }) => _id === returned?.["_id"])
  const taken = matched[i]
  const outcome = outcomes[i]
  if (taken === undefined || outcome?.kind !== "becomes")
    throw new Difference("no such document was to be written", { answered: returned })
  if (!sameState(withOutcome(before, taken, outcome), answer.state))
    throw new Difference("the collection holds other documents", {
      expected: outcome,
      answered: [...answer.state.values()],
    })
  checkImage(answer, write.options.returnDocument === "after" ? outcome.document : taken, write)
}

function checkImage({ result }: Answer, image: Document | undefined, { options }: FilteredWrite): void {
  const { projection } = options
  const expected = image === undefined || projection === undefined ? image : project(image, projection)
  if (!same(expected ?? null, result as Document | null))
    throw new Difference("another document was returned", { expected: expected ?? null, answered: result })
}
