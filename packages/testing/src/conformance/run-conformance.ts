import type { DocumentStore } from "@nosql/contracts"
import { connect } from "@nosql/core"
import type { Driver } from "@nosql/core/driver"
import { afterAll, beforeAll, describe, type TestContext, test } from "vitest"
import { maybeRoundTrip } from "../round-trip.ts"
import { caseContext } from "./case-context.ts"
import { caseNames } from "./case-names.ts"
import { dropCollections } from "./drop-collections.ts"
import { runCase } from "./run-case.ts"
import { suites } from "./suites.ts"

/** Which driver the suite runs on, and how. */
export interface ConformanceHarness {
  /** Names the suite, e.g. `"restricted(memory)"`. */
  readonly name: string
  readonly driver: () => Driver
  /** True where there is no server: every case is reported as skipped. @default false */
  readonly skip?: boolean
  /**
   * Cases, as `"suite: case"`, that the server of this run is known to fail although the store passes them, and what it does instead.
   * Each must fail: one that passes has been mended, and is an error until its line is gone. One that fails by chance only,
   * `{ sometimes }`, is skipped. @default none
   */
  readonly serverDifferences?: Readonly<Record<string, string | { readonly sometimes: string }>>
}

/**
 * Runs every case of the suite that the driver's capabilities select: one that the store refuses for a feature that it has not is skipped, by that name. Call it in a test file of vitest.
 *
 * @example
 * runConformance({ name: "memory", driver: () => memory() })
 */
export function runConformance({
  name,
  driver,
  skip = false,
  serverDifferences = {},
}: ConformanceHarness): void {
  refuseUnknownCases(Object.keys(serverDifferences))
  describe.skipIf(skip)(`conformance: ${name}`, () => {
    const warnings: string[] = []
    let store: DocumentStore
    const used = new Set<string>()

    beforeAll(async () => {
      store = await connect(maybeRoundTrip(driver()), {
        logger: { warn: (_fields, message) => warnings.push(message) },
      })
    })
    afterAll(async () => {
      if (store !== undefined) await dropCollections(store, used)
      await store?.close()
    }, 600_000)

    for (const [suite, cases] of Object.entries(suites)) {
      describe(suite, () => {
        for (const one of cases) {
          const { name: title, needs = [] } = one
          const lacks = skip ? [] : needs.filter((feature) => driver().capabilities[feature] === "none")
          const difference = serverDifferences[`${suite}: ${title}`]
          const run = async ({ skip }: TestContext) => {
            const lacked = await runCase(one, caseContext(store, used, warnings))
            if (lacked !== undefined) skip(`no ${lacked}`)
          }
          if (lacks.length > 0) test.skip(`${title} [no ${lacks.join(", ")}]`, run)
          else if (typeof difference === "object")
            test.skip(`${title} [this server, at times: ${difference.sometimes}]`, run)
          else if (difference !== undefined) test.fails(`${title} [this server: ${difference}]`, run)
          else test(title, run)
        }
      })
    }
  })
}

/** A line that names no case excuses nothing any more. */
function refuseUnknownCases(names: readonly string[]): void {
  const known = new Set(caseNames.values())
  const unknown = names.filter((name) => !known.has(name))
  if (unknown.length > 0) throw new Error(`no such cases: ${unknown.join("; ")}`)
}
