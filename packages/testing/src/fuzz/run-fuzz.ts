import type { Driver } from "@nosql/core/driver"
import { describe, expect, test } from "vitest"
import { randomSettings } from "../random/settings.ts"
import { findCrash } from "./find-crash.ts"

/** Which driver the suite runs on, and how. */
export interface FuzzHarness {
  readonly name: string
  readonly driver: () => Driver
  /** True where there is no server. @default false */
  readonly skip?: boolean
}

/**
 * Calls a driver with spoiled and absurd arguments. Call it in a test file of vitest; `SEED` and `RUNS` as in `runRandom`.
 *
 * @example
 * runFuzz({ name: "memory", driver: () => memory() })
 */
export function runFuzz({ name, driver, skip = false }: FuzzHarness): void {
  const { seed, runs } = randomSettings(process.env, 3000)
  describe.skipIf(skip)(`fuzz: ${name}`, () => {
    test(`${runs} calls from seed ${seed}`, { timeout: 120_000 + 20 * runs }, async () => {
      const { crash, answered, refused } = await findCrash(driver(), { seed, runs })
      if (crash !== undefined) expect.fail(crash)
      if (runs < 1000) return
      // Neither alone would prove anything.
      expect(answered).toBeGreaterThan(runs / 100)
      expect(refused).toBeGreaterThan(runs / 100)
    })
  })
}
