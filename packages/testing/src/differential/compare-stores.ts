import { inspect } from "node:util"
import { type Document, type DocumentStore, NoSQLError } from "@nosql/contracts"
import { connect } from "@nosql/core"
import type { Arbitrary } from "fast-check"
import { type IdPool, idPools } from "../random/arbitraries/documents.ts"
import {
  conformingQuestions,
  type Question,
  type RandomCall,
  randomQuestions,
} from "../random/arbitraries/questions.ts"
import { updatesOf } from "../random/arbitraries/updates-of.ts"
import { checkCall, isRead } from "../random/check/check-call.ts"
import { Difference } from "../random/check/difference.ts"
import { readState, type State, sameState } from "../random/check/state.ts"
import { findSmallest } from "../random/find-smallest.ts"
import { type Profile, profiles } from "../random/profiles.ts"
import { documentAsStored } from "../random/reference/as-stored.ts"
import { OutsideThePromise } from "../random/reference/promise.ts"
import { formatReport } from "../random/report.ts"
import type { RandomSettings } from "../random/settings.ts"
import { supportOf } from "../random/supported.ts"
import { openTarget, type Target } from "../random/target.ts"
import { answerOfCall, type StoreAnswer, sameAnswer } from "./answer-of-call.ts"
import type { Participant } from "./participant.ts"
import { rememberWrites } from "./remember-writes.ts"
import { settleCall } from "./settle-call.ts"

export interface DifferentialOutcome {
  /** Calls that all stores answered alike. */
  readonly runs: number
  /** Not made: docs/semantics.md leaves them open for these documents, or a server is known to differ. */
  readonly skipped: number
  /** What differs, made small, with code to paste; absent where all answers were alike. */
  readonly difference?: string
}

/** Ids of several kinds have an order of their own in each store. */
const pools = idPools.filter(({ mixed }) => !mixed)

interface Seat {
  readonly name: string
  readonly store: DocumentStore
}

/** A question to all, and where it is asked. */
interface Round {
  readonly profile: Profile
  /** The store that is compared with the naive reference as well. */
  readonly first: { readonly name: string; readonly target: Target }
  readonly others: readonly { readonly name: string; readonly target: Target }[]
  readonly participants: readonly Participant[]
  readonly freeId: string
  readonly tally: { runs: number; skipped: number }
}

/**
 * Asks all stores the same random questions until one answers otherwise than the first, and makes that question small. The first is held to the
 * naive reference too. Each round has its own seed, so that a difference is reproduced by its own round alone.
 *
 * @example
 * const { runs, difference } = await compareStores(
 *   [{ name: "memory", driver: memory() }, { name: "mongodb", driver: mongodb({ uri, database }) }],
 *   { seed: 1, runs: 2000 },
 * )
 */
export async function compareStores(
  participants: readonly Participant[],
  { seed, runs, shrinkMs = 60_000 }: RandomSettings,
): Promise<DifferentialOutcome> {
  const seats: Seat[] = []
  const opened: { readonly store: DocumentStore; readonly target: Target }[] = []
  const tally = { runs: 0, skipped: 0 }
  try {
    for (const { name, driver } of participants)
      seats.push({ name, store: await connect(driver, { scans: "allow" }) })
    const rounds = profiles.map((profile) => {
      const places = seats.map(({ name, store }) => ({ name, store, target: openTarget(store, profile) }))
      opened.push(...places)
      const [first, ...others] = places
      if (first === undefined) throw new Error("compareStores needs a store")
      return { profile, first, others }
    })
    const supports = participants.map(({ driver }) => supportOf(driver.capabilities))
    const supported = (operator: string) => supports.every((has) => has(operator))
    for (let now = seed; tally.runs < runs; now++) {
      const turn = Math.abs(now)
      const round = rounds[turn % rounds.length] as (typeof rounds)[number]
      const pool = pools[Math.floor(turn / rounds.length) % pools.length] as IdPool
      const writes =
        round.profile.writes !== false && Math.floor(turn / rounds.length / pools.length) % 2 === 1
      const asked = randomQuestions(writes ? "writes" : "reads", { supported, ...pool })
      const questions = conformingQuestions(asked, round.profile)
      const freeId = pool.ids.includes("d1") ? "made" : "ab".repeat(12)
      const difference = await askAll({ ...round, participants, freeId, tally }, questions, now, shrinkMs)
      if (difference !== undefined) return { ...tally, difference }
    }
    return tally
  } finally {
    for (const { store, target } of opened)
      await store.dropCollection(target.collection.name).catch(() => false)
    for (const { store } of seats) await store.close()
  }
}

async function askAll(
  round: Round,
  questions: Arbitrary<Question>,
  seed: number,
  shrinkMs: number,
): Promise<string | undefined> {
  const failed = await findSmallest(questions, (smaller) => ask(round, smaller), { seed, shrinkMs })
  if (failed === undefined) return undefined
  const [documents, calls] = failed.question
  const failure =
    failed.error instanceof FailedCall ? failed.error : { error: failed.error, at: 0, made: calls }
  const needed = failure.made.filter((call, i) => i === failure.at || (i < failure.at && !isRead(call)))
  return formatReport(describe(failure.error), seed, { profile: round.profile, documents, calls: needed })
}

/** Which of the calls failed, how, and as what they were made. */
class FailedCall extends Error {
  readonly error: unknown
  readonly at: number
  readonly made: readonly RandomCall[]

  constructor(error: unknown, made: readonly RandomCall[]) {
    super("a call failed", { cause: error })
    this.error = error
    this.at = made.length - 1
    this.made = made
  }
}

async function ask(round: Round, [documents, calls]: Question): Promise<void> {
  const { profile, first, others, participants, tally } = round
  await Promise.all(
    [first, ...others].map(async ({ target: { collection } }) => {
      await collection.deleteMany({})
      await collection.insertMany(documents)
    }),
  )
  let state: State = new Map(
    documents.map((document) => [
      document["_id"] as string,
      documentAsStored(document, profile.bigintFields),
    ]),
  )
  const made: RandomCall[] = []
  for (const call of calls) {
    const stored = [...state.values()]
    const updates = updatesOf(call)
    const differs = participants
      .flatMap(({ serverDifferences = [] }) => serverDifferences)
      .some(({ meets }) => updates.some((update) => meets(update, stored)))
    // Each store, or each call, has the time from its own clock.
    if (differs || updates.some((update) => "$currentDate" in update)) {
      tally.skipped++
      continue
    }
    let settled: RandomCall | undefined
    try {
      settled = settleCall(call, stored, round.freeId)
      const next = await compareCall(round, settled, state)
      made.push(settled)
      state = next
      tally.runs++
    } catch (error) {
      if (!(error instanceof OutsideThePromise)) throw new FailedCall(error, [...made, settled ?? call])
      tally.skipped++
    }
  }
}

/** Makes a call of the first store, held to the reference, then of the others; returns what is stored now. */
async function compareCall({ first, others }: Round, call: RandomCall, state: State): Promise<State> {
  const remembered = rememberWrites(first.target.collection)
  const next = await checkCall({ ...first.target, collection: remembered.collection }, state, call)
  const expected: StoreAnswer = isRead(call)
    ? await answerOfCall(first.target.collection, call)
    : remembered.answer()
  await Promise.all(
    others.map(async ({ name, target: { collection } }) => {
      const answered = await answerOfCall(collection, call)
      if (!isRead(call)) return compareWrite(first.name, name, call, { expected, answered, next, collection })
      if (!sameAnswer(call, expected, answered))
        throw new Difference(`${name} answers otherwise than ${first.name}`, { expected, answered })
    }),
  )
  return next
}

async function compareWrite(
  firstName: string,
  name: string,
  call: RandomCall,
  {
    expected,
    answered,
    next,
    collection,
  }: {
    readonly expected: StoreAnswer
    readonly answered: StoreAnswer
    readonly next: State
    readonly collection: Target["collection"]
  },
): Promise<void> {
  if (!sameAnswer(call, expected, answered))
    throw new Difference(`${name} answers otherwise than ${firstName}`, { expected, answered })
  // How far a write of several came before it failed is the store's own: the next round begins anew.
  const partial = "code" in expected && (call.call === "many" || call.call === "bulkWrite")
  const stored = await readState(collection)
  if (partial) {
    await collection.deleteMany({})
    await collection.insertMany([...next.values()] as Document[])
    return
  }
  if (!sameState(next, stored))
    throw new Difference(`${name} holds other documents than ${firstName}`, {
      expected: [...next.values()],
      answered: [...stored.values()],
    })
}

/** Of an unexpected error the place matters, of an answer its text. */
function describe(error: unknown): string {
  return error instanceof Difference || NoSQLError.isInstance(error) ? String(error) : inspect(error)
}
