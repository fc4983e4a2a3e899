import { inspect } from "node:util"
import { NoSQLError } from "@nosql/contracts"
import type { Arbitrary } from "fast-check"
import type { Question } from "./arbitraries/questions.ts"
import { updatesOf } from "./arbitraries/updates-of.ts"
import { checkCall, isRead } from "./check/check-call.ts"
import { Difference } from "./check/difference.ts"
import type { State } from "./check/state.ts"
import { findSmallest } from "./find-smallest.ts"
import { documentAsStored } from "./reference/as-stored.ts"
import { OutsideThePromise } from "./reference/promise.ts"
import { formatReport } from "./report.ts"
import type { ServerDifference } from "./server-difference.ts"
import type { Target } from "./target.ts"

interface Round {
  readonly target: Target
  readonly questions: Arbitrary<Question>
  readonly seed: number
  readonly shrinkMs: number
  readonly serverDifferences: readonly ServerDifference[]
  /** Counts on. */
  readonly tally: Tally
}

export interface Tally {
  runs: number
  skipped: number
}

/** Asks one random set of documents some random questions; what differs is made as small as the time allows, and told. */
export async function runRound(round: Round): Promise<string | undefined> {
  const { target, questions, seed, shrinkMs } = round
  const failed = await findSmallest(questions, (smaller) => ask(round, smaller), { seed, shrinkMs })
  if (failed === undefined) return undefined
  const [documents, calls] = failed.question
  const failure = failed.error instanceof FailedCall ? failed.error : { error: failed.error, at: 0 }
  // Reads leave nothing behind for later calls.
  const needed = calls.filter((call, i) => i === failure.at || (i < failure.at && !isRead(call)))
  return formatReport(describe(failure.error), seed, { profile: target.profile, documents, calls: needed })
}

/** Which of the calls failed, and how. */
class FailedCall extends Error {
  readonly error: unknown
  readonly at: number

  constructor(error: unknown, at: number) {
    super("a call failed", { cause: error })
    this.error = error
    this.at = at
  }
}

async function ask({ target, serverDifferences, tally }: Round, [documents, calls]: Question): Promise<void> {
  const { collection, profile } = target
  await collection.deleteMany({})
  await collection.insertMany(documents)
  let state: State = new Map(
    documents.map((document) => [
      document["_id"] as string,
      documentAsStored(document, profile.bigintFields),
    ]),
  )
  for (const [i, call] of calls.entries()) {
    const updates = updatesOf(call)
    if (serverDifferences.some(({ meets }) => updates.some((update) => meets(update, [...state.values()])))) {
      tally.skipped++
      continue
    }
    try {
      state = await checkCall(target, state, call)
      tally.runs++
    } catch (error) {
      if (!(error instanceof OutsideThePromise)) throw new FailedCall(error, i)
      tally.skipped++
    }
  }
}

/** Of an unexpected error the place matters, of an answer its text. */
function describe(error: unknown): string {
  return error instanceof Difference || NoSQLError.isInstance(error) ? String(error) : inspect(error)
}
