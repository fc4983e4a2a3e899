import { connect } from "@nosql/core"
import type { Driver } from "@nosql/core/driver"
import type { Arbitrary } from "fast-check"
import { idPools } from "./arbitraries/documents.ts"
import { conformingQuestions, type Question, randomQuestions } from "./arbitraries/questions.ts"
import { profiles } from "./profiles.ts"
import { runRound, type Tally } from "./run-round.ts"
import type { ServerDifference } from "./server-difference.ts"
import type { RandomSettings } from "./settings.ts"
import { supportOf } from "./supported.ts"
import { openTarget, type Target } from "./target.ts"

/** What the random suite asks. */
export type RandomMode = "reads" | "writes"

/** What a run of the random suite found. */
export interface RandomOutcome {
  /** Queries and writes whose answers were compared. */
  readonly runs: number
  /** Not asked: semantics.md leaves them open for these documents, or the server is known to differ. */
  readonly skipped: number
  /** What was wrong, with code to paste; absent where all answers were right. */
  readonly difference?: string
}

/**
 * Asks a driver and the naive reference the same random questions until one answer differs, and makes that one small.
 * Each round has its own seed, so that a failure is reproduced by its own round alone.
 */
export async function findDifference(
  driver: Driver,
  mode: RandomMode,
  { seed, runs, shrinkMs = 60_000 }: RandomSettings,
  serverDifferences: readonly ServerDifference[] = [],
): Promise<RandomOutcome> {
  const store = await connect(driver, { scans: "allow" })
  const open = profiles.filter(({ writes = true }) => mode === "reads" || writes)
  const targets = open.map((profile) => openTarget(store, profile))
  const supported = supportOf(driver.capabilities)
  const pools = idPools.map((pool) => randomQuestions(mode, { supported, ...pool }))
  const tally: Tally = { runs: 0, skipped: 0 }
  try {
    for (let now = seed; tally.runs < runs; now++) {
      // The seed alone chooses, so that each round can be had by itself; every profile meets every pool of ids.
      const target = targets[Math.abs(now) % targets.length] as Target
      const questions = pools[
        Math.floor(Math.abs(now) / targets.length) % pools.length
      ] as Arbitrary<Question>
      const round = {
        target,
        questions: conformingQuestions(questions, target.profile),
        seed: now,
        shrinkMs,
        serverDifferences,
        tally,
      }
      const difference = await runRound(round)
      if (difference !== undefined) return { ...tally, difference }
    }
    return tally
  } finally {
    for (const { collection } of targets) await store.dropCollection(collection.name)
    await store.close()
  }
}
