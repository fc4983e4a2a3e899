import type { Document } from "@nosql/contracts"
import type { FilteredWrite, Write } from "../arbitraries/writes.ts"
import type { WriteResult } from "../plain-collection.ts"
import { matches } from "../reference/matches.ts"
import { OutsideThePromise } from "../reference/promise.ts"
import { refuseConflicts } from "../reference/update-paths.ts"
import type { Target } from "../target.ts"
import { type Answer, answerOf } from "./answer.ts"
import { callWrite } from "./call-write.ts"
import { checkBulk, courseOf } from "./check-bulk.ts"
import { checkFindOneAnd, firstMatches } from "./check-find-one-and.ts"
import { checkInserted, checkUpsertResult } from "./check-inserted.ts"
import { checkMany } from "./check-many.ts"
import { checkOne } from "./check-one.ts"
import { checkRefused } from "./check-refused.ts"
import { conforms } from "./conforms.ts"
import { changed, type Outcome, outcomeOf, refusedPaths, upserted } from "./outcome.ts"
import type { State } from "./state.ts"

/**
 * Runs a write on the store, compares the whole collection with what the reference allows, and returns what is stored now.
 * Throws a `Difference`; what is outside the promise it throws before anything is sent.
 */
export async function checkWrite(
  { collection: target, profile }: Target,
  before: State,
  write: Write,
): Promise<State> {
  const { bigintFields } = profile
  if (!conforms(write, bigintFields)) throw new OutsideThePromise("a write that the declaration refuses")
  if (write.call === "bulkWrite") {
    const course = courseOf(before, write, bigintFields)
    const answer = await answerOf(target, () => callWrite(target, write))
    checkBulk(answer, before, write, course)
    return answer.state
  }
  const all = [...before.values()].filter((document) => matches(document, write.filter))
  const matched = write.call === "findOneAnd" ? firstMatches(all, write) : all
  const outcomes = matched.map((document) => changed(document, write.change, bigintFields))
  const inserted =
    all.length === 0 && write.options.upsert ? upserted(write.filter, write.change, bigintFields) : undefined
  const answer = await answerOf(target, () => callWrite(target, write))
  const conflict = outcomeOf(() => refusedAnyway(write))
  if (conflict.kind === "refused") checkRefused(answer, before)
  else if (inserted?.kind === "refused") checkRefused(answer, before, inserted.paths)
  else if (write.call === "findOneAnd")
    checkFindOneAnd(answer, before, { matched, outcomes, inserted, write })
  else if (inserted !== undefined) checkUpsert(answer, before, inserted)
  else if (write.call === "many") checkMany(answer, before, matched, outcomes)
  else if (answer.error !== undefined) checkRefused(answer, before, refusedPaths(outcomes))
  else checkOne(answer, before, matched, outcomes)
  return answer.state
}

/** An update that is wrong in itself is refused whatever it finds. */
function refusedAnyway({ change }: FilteredWrite): undefined {
  if (change.kind === "update") refuseConflicts(change.update)
  return undefined
}

function checkUpsert(answer: Answer, before: State, inserted: Outcome & { kind: "becomes" }): void {
  const document = checkInserted(answer, before, inserted.document as Document)
  if (document !== undefined) checkUpsertResult(answer.result as WriteResult, document)
}
