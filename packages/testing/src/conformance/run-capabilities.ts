import { type Capabilities, type Driver, features } from "@nosql/core/driver"
import { beforeAll, describe, expect, test } from "vitest"
import { askedFeatures } from "./asked-features.ts"
import { caseNames } from "./case-names.ts"
import { runCases } from "./run-cases.ts"
import type { ConformanceHarness } from "./run-conformance.ts"

/** Which driver the suite runs on, and how. */
export interface CapabilitiesHarness {
  /** Names the suite. */
  readonly name: string
  readonly driver: () => Driver
  /** Takes one case of so many, by their place in the suites, where all would take minutes; a feature that none of them is refused for is skipped, and said to be. @default 1 */
  readonly oneIn?: number
  /** True where there is no server to run on. @default false */
  readonly skip?: boolean
  /** As in `runConformance`: the cases named here are not run, since they tell nothing of the driver. @default none */
  readonly serverDifferences?: ConformanceHarness["serverDifferences"]
}

/**
 * Takes each feature away from a driver in turn: every case that asks for it is refused by its name, before anything is half done,
 * or passes without it. Which cases ask is found out by running all of them once. For a driver that is quick.
 *
 * @example
 * runCapabilities({ name: "memory", driver: () => memory() })
 */
export function runCapabilities({
  name,
  driver,
  oneIn = 1,
  skip = false,
  serverDifferences = {},
}: CapabilitiesHarness): void {
  describe.skipIf(skip)(`capabilities: ${name}`, () => {
    const chosen = [...caseNames]
      .filter(([_, caseName], place) => place % oneIn === 0 && !Object.hasOwn(serverDifferences, caseName))
      .map(([one]) => one)
    let asked: Awaited<ReturnType<typeof askedFeatures>>

    beforeAll(async () => {
      asked = await askedFeatures(driver(), chosen)
    }, 600_000)

    test.for(features.filter((feature) => driver().capabilities[feature] !== "none"))(
      "none: %s",
      { timeout: 60_000 },
      async (feature, { skip: leaveOut }) => {
        const cases = chosen.filter((one) => asked.get(one)?.has(feature))
        const poor = { ...driver().capabilities, [feature]: "none" } as Capabilities
        let refused = 0
        await runCases({ ...driver(), capabilities: poor }, cases, (one, lacked) => {
          if (lacked === feature) refused++
          else if (lacked !== undefined)
            expect(driver().capabilities[lacked], `${one.name} is refused for ${lacked}`).toBe("none")
        })
        if (oneIn > 1 && refused === 0) leaveOut("none of the chosen cases is refused for it")
        expect(refused, "the cases that have to be skipped").toBeGreaterThan(0)
      },
    )
  })
}
