import type { Driver } from "@nosql/core/driver"
import { describe, expect, test } from "vitest"
import { maybeRoundTrip } from "../round-trip.ts"
import { findDifference, type RandomMode } from "./find-difference.ts"
import type { ServerDifference } from "./server-difference.ts"
import { randomSettings } from "./settings.ts"

/** Which driver the suite runs on, and how. */
export interface RandomHarness {
  /** Names the suite, e.g. `"restricted(memory)"`. */
  readonly name: string
  readonly driver: () => Driver
  /** True where there is no server. @default false */
  readonly skip?: boolean
  /** What the server of this run is known to answer wrongly. @default none */
  readonly serverDifferences?: readonly ServerDifference[]
}

const modes: readonly RandomMode[] = ["reads", "writes"]

/**
 * Compares a driver with the naive reference on seeded random documents, queries and writes. Call it in a test file of vitest.
 * `SEED` and `RUNS` of the environment choose where to begin and how many; a failure prints the two that reproduce it.
 *
 * @example
 * runRandom({ name: "memory", driver: () => memory() })
 */
export function runRandom({ name, driver, skip = false, serverDifferences = [] }: RandomHarness): void {
  const { seed, runs } = randomSettings(process.env)
  describe.skipIf(skip)(`random: ${name}`, () => {
    for (const mode of modes) {
      const half = Math.ceil(runs / modes.length)
      test(`${half} ${mode} from seed ${seed}`, { timeout: 120_000 + 20 * runs }, async () => {
        const { difference } = await findDifference(
          maybeRoundTrip(driver()),
          mode,
          { seed, runs: half },
          serverDifferences,
        )
        if (difference !== undefined) expect.fail(difference)
      })
    }
  })
}
