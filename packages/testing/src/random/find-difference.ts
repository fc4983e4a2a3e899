import { randomUUID } from "node:crypto"
import { inspect } from "node:util"
import { type Document, type DocumentStore, NoSQLError } from "@nosql/contracts"
import { connect, defineCollection } from "@nosql/core"
import type { Driver } from "@nosql/core/driver"
import fc, { type Arbitrary } from "fast-check"
import { idPools, randomDocuments } from "./arbitraries/documents.ts"
import { type FilterOptions, randomFilter } from "./arbitraries/filters.ts"
import { type Read, randomRead } from "./arbitraries/reads.ts"
import { randomWrite, type Write } from "./arbitraries/writes.ts"
import { checkRead } from "./check/check-read.ts"
import { checkWrite, type State } from "./check/check-write.ts"
import { Difference } from "./check/difference.ts"
import type { PlainCollection } from "./plain-collection.ts"
import { type Profile, profiles } from "./profiles.ts"
import { documentAsStored } from "./reference/as-stored.ts"
import { OutsideThePromise } from "./reference/promise.ts"
import { formatReport } from "./report.ts"
import type { ServerDifference } from "./server-difference.ts"
import type { RandomSettings } from "./settings.ts"
import { supportOf } from "./supported.ts"

export type RandomMode = "reads" | "writes"

export interface RandomOutcome {
  /** Queries and writes whose answers were compared. */
  readonly runs: number
  /** Not asked: semantics.md leaves them open for these documents, or the server is known to differ. */
  readonly skipped: number
  /** What was wrong, with code to paste; absent where all answers were right. */
  readonly difference?: string
}

/** Calls that are made of one set of documents. */
const callsARound = 25
/** How long a failure may be made smaller, in milliseconds. */
const shrinkTime = 60_000

/**
 * Asks a driver and the naive reference the same random questions until one answer differs, and makes that one small.
 * Each round has its own seed, so that a failure is reproduced by its own round alone.
 */
export async function findDifference(
  driver: Driver,
  mode: RandomMode,
  { seed, runs }: RandomSettings,
  differences: readonly ServerDifference[] = [],
): Promise<RandomOutcome> {
  const store = await connect(driver, { scans: "allow" })
  const targets = profilesOf(mode).map((profile) => openTarget(store, profile))
  const questions = idPools.map((ids) => randomQuestions(driver, mode, ids))
  const tally = { runs: 0, skipped: 0 }
  try {
    for (let now = seed; tally.runs < runs; now++) {
      const target = targets[Math.abs(now) % targets.length] as Target
      const question = questions[Math.abs(now) % questions.length] as Arbitrary<Question>
      const difference = await runRound(target, question, now, differences, tally)
      if (difference !== undefined) return { ...tally, difference }
    }
    return tally
  } finally {
    for (const { collection } of targets) await store.dropCollection(collection.name)
    await store.close()
  }
}

/** Updates of random kinds do not conform to declared ones, so the declared profile is read only. */
function profilesOf(mode: RandomMode): readonly Profile[] {
  return profiles.filter(({ options }) => mode === "reads" || options?.fields === undefined)
}

interface Target {
  readonly profile: Profile
  readonly collection: PlainCollection
}

function openTarget(store: DocumentStore, profile: Profile): Target {
  const name = `random-${profile.name}-${randomUUID()}`
  const collection =
    profile.options === undefined
      ? store.collection<Document>(name)
      : store.collection(defineCollection<Document>(name, profile.options))
  return { profile, collection }
}

/** Documents, and what is asked of them. */
type Question = readonly [documents: readonly Document[], calls: readonly (Read | Write)[]]

function randomQuestions(driver: Driver, mode: RandomMode, ids: readonly string[]): Arbitrary<Question> {
  const supported = supportOf(driver.capabilities)
  const call: Arbitrary<Read | Write> =
    mode === "reads"
      ? randomRead({ supported, ids, idRanges: true })
      : randomWriteOrFind({ supported, ids, idRanges: false })
  return fc.tuple(randomDocuments(ids), fc.array(call, { minLength: 1, maxLength: callsARound, size: "max" }))
}

/** Finds in between tell whether an index still knows what is there. */
function randomWriteOrFind(options: FilterOptions): Arbitrary<Read | Write> {
  const find = randomFilter(options).map((filter): Read => ({ call: "find", filter, options: {} }))
  return fc.oneof({ weight: 4, arbitrary: randomWrite(options) }, { weight: 1, arbitrary: find })
}

async function runRound(
  { profile, collection }: Target,
  question: Arbitrary<Question>,
  seed: number,
  differences: readonly ServerDifference[],
  tally: { runs: number; skipped: number },
): Promise<string | undefined> {
  let last = 0
  let started = performance.now()
  const property = fc.asyncProperty(question, async ([documents, calls]) => {
    // When the time is over, whatever is smaller passes: what failed last is reported.
    if (performance.now() - started > shrinkTime) return
    await collection.deleteMany({})
    await collection.insertMany(documents)
    let state: State = new Map(
      documents.map((document) => [
        document["_id"] as string,
        documentAsStored(document, profile.bigintFields),
      ]),
    )
    for (const [i, call] of calls.entries()) {
      if (differences.some(({ meets }) => meets(call, [...state.values()]))) {
        tally.skipped++
        continue
      }
      last = i
      try {
        state = await checkCall(collection, state, call)
        tally.runs++
      } catch (error) {
        if (!(error instanceof OutsideThePromise)) throw error
        tally.skipped++
      }
    }
  })
  const { counterexample, errorInstance } = await fc.check(property, { seed, numRuns: 1 })
  if (counterexample === null) return undefined
  const [[documents, calls]] = counterexample
  // The smallest failure is run once more, to see which call fails; reads leave nothing behind for later ones.
  started = Number.POSITIVE_INFINITY
  const error = await property.run([[documents, calls]])
  const asked = calls.slice(0, last + 1).filter((call, i) => i === last || !isRead(call))
  const reason = error === null ? errorInstance : "error" in error ? error.error : errorInstance
  const problem =
    reason instanceof Difference || NoSQLError.isInstance(reason) ? String(reason) : inspect(reason)
  return formatReport(problem, seed, { profile, documents, calls: asked })
}

async function checkCall(collection: PlainCollection, state: State, call: Read | Write): Promise<State> {
  if (isRead(call)) {
    await checkRead(collection, [...state.values()], call)
    return state
  }
  return checkWrite(collection, state, call)
}

function isRead(call: Read | Write): call is Read {
  return call.call === "count" || call.call === "distinct" || call.call === "pages" || call.call === "find"
}
