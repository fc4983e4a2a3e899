import { connect } from "@nosql/core"
import { type Capabilities, type Driver, type Feature, features } from "@nosql/core/driver"
import { describe, expect, test } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { caseContext } from "./case-context.ts"
import { runCase } from "./run-case.ts"
import { suites } from "./suites.ts"

/** Which driver the suite runs on, and how. */
export interface CapabilitiesHarness {
  /** Names the suite. */
  readonly name: string
  readonly driver: () => Driver
  /** Takes one case of so many, by their place in the suites, where all would take minutes; a feature that none of them asks for is skipped, and said to be. @default 1 */
  readonly oneIn?: number
  /** True where there is no server to run on. @default false */
  readonly skip?: boolean
}

/**
 * Takes each feature away from a driver in turn: every case that asks for it is refused by its name, before anything is half done,
 * or passes without it. Which cases ask is found out by running all of them once. For a driver that is quick.
 *
 * @example
 * runCapabilities({ name: "memory", driver: () => memory() })
 */
export function runCapabilities({ name, driver, oneIn = 1, skip = false }: CapabilitiesHarness): void {
  describe.skipIf(skip)(`capabilities: ${name}`, () => {
    let asking: Promise<ReadonlyMap<Feature, readonly ConformanceCase[]>> | undefined

    test.for(features.filter((feature) => driver().capabilities[feature] !== "none"))(
      "none: %s",
      { timeout: 60_000 },
      async (feature, { skip: leaveOut }) => {
        asking ??= casesByFeature(driver(), oneIn)
        const cases = (await asking).get(feature) ?? []
        if (oneIn > 1 && cases.length === 0) leaveOut("none of the chosen cases asks for it")
        const poor = { ...driver().capabilities, [feature]: "none" } as Capabilities
        const lacking = await runAll({ ...driver(), capabilities: poor }, cases, (one, lacked = feature) => {
          if (driver().capabilities[lacked] === "none") return
          expect(lacked, `${one.name} is refused for another feature`).toBe(feature)
        })
        expect(lacking, "the cases that have to be skipped").toBeGreaterThan(0)
      },
    )
  })
}

/** The cases that ask a driver for a feature, natively or not. */
async function casesByFeature(
  driver: Driver,
  oneIn: number,
): Promise<ReadonlyMap<Feature, readonly ConformanceCase[]>> {
  const asked = new Map<Feature, ConformanceCase[]>()
  let seen = new Set<Feature>()
  const capabilities = new Proxy(driver.capabilities, {
    get: (target, feature: Feature) => {
      seen.add(feature)
      return target[feature]
    },
  })
  const cases = Object.values(suites)
    .flat()
    .filter((_, place) => place % oneIn === 0)
  await runAll({ ...driver, capabilities }, cases, (one) => {
    for (const feature of seen) asked.set(feature, [...(asked.get(feature) ?? []), one])
    seen = new Set()
  })
  return asked
}

/** Runs cases one after another on one store; how many were refused for a feature. */
async function runAll(
  driver: Driver,
  cases: readonly ConformanceCase[],
  after: (one: ConformanceCase, lacked: Feature | undefined) => void,
): Promise<number> {
  const warnings: string[] = []
  const store = await connect(driver, { logger: { warn: (_fields, message) => warnings.push(message) } })
  const used = new Set<string>()
  let lacking = 0
  try {
    for (const one of cases) {
      const lacked = await runCase(one, caseContext(store, used, warnings)).catch((cause: unknown) => {
        throw new Error(`the case failed: ${one.name}`, { cause })
      })
      if (lacked !== undefined) lacking++
      after(one, lacked)
    }
    return lacking
  } finally {
    for (const collection of used) await store.dropCollection(collection)
    await store.close()
  }
}
