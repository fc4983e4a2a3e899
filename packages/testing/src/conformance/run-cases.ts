import { connect } from "@nosql/core"
import type { Driver, Feature } from "@nosql/core/driver"
import type { ConformanceCase } from "./case.ts"
import { caseContext } from "./case-context.ts"
import { dropCollections } from "./drop-collections.ts"
import { runCase } from "./run-case.ts"

/**
 * Runs cases one after another on one store, and drops what they made. `after` is told the feature that a case was refused for, if any;
 * one that fails is an error with its name.
 */
export async function runCases(
  driver: Driver,
  cases: readonly ConformanceCase[],
  after: (one: ConformanceCase, lacked: Feature | undefined) => void,
): Promise<void> {
  const warnings: string[] = []
  const store = await connect(driver, { logger: { warn: (_fields, message) => warnings.push(message) } })
  const used = new Set<string>()
  try {
    for (const one of cases) {
      const lacked = await runCase(one, caseContext(store, used, warnings)).catch((cause: unknown) => {
        throw new Error(`the case failed: ${one.name}`, { cause })
      })
      after(one, lacked)
    }
  } finally {
    await dropCollections(store, used)
    await store.close()
  }
}
