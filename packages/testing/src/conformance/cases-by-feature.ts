import type { DocumentStore } from "@nosql/contracts"
import { connect } from "@nosql/core"
import { type Driver, type Feature, features } from "@nosql/core/driver"
import { caseContext } from "./case-context.ts"
import { runCase } from "./run-case.ts"
import { suites } from "./suites.ts"

/** A case that asks for nearly every feature is about support itself, and tells nothing of one. */
const tooMany = features.length / 2

/**
 * Which cases of the suite use which feature, as `"suite: case"`: each case is run on a driver that has them all, and whether the store has a
 * feature is asked where it is used. For documentation.
 */
export async function casesByFeature(driver: Driver): Promise<ReadonlyMap<Feature, readonly string[]>> {
  const asked = new Set<Feature>()
  const capabilities = new Proxy(driver.capabilities, {
    get(table, feature, receiver) {
      if (Object.hasOwn(table, feature)) asked.add(feature as Feature)
      return Reflect.get(table, feature, receiver)
    },
  })
  const store: DocumentStore = await connect(
    { ...driver, capabilities, connect: (host) => driver.connect(host) },
    { logger: { warn: () => {} } },
  )
  const found = new Map<Feature, string[]>(features.map((feature) => [feature, []]))
  try {
    for (const [suite, cases] of Object.entries(suites)) {
      for (const one of cases) {
        asked.clear()
        for (const feature of one.needs ?? []) asked.add(feature)
        await runCase(one, caseContext(store, new Set(), [])).catch(() => undefined)
        if (asked.size < tooMany)
          for (const feature of asked) found.get(feature)?.push(`${suite}: ${one.name}`)
      }
    }
  } finally {
    await store.close()
  }
  return found
}
