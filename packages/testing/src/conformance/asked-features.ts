import type { Driver, Feature } from "@nosql/core/driver"
import type { ConformanceCase } from "./case.ts"
import { runCases } from "./run-cases.ts"

/**
 * What features each case asks a driver for, natively or not: those that it `needs`, and those whose support is looked up while it runs.
 * A case that fails is an error, since nobody knows what else it would have asked for.
 */
export async function askedFeatures(
  driver: Driver,
  cases: readonly ConformanceCase[],
): Promise<ReadonlyMap<ConformanceCase, ReadonlySet<Feature>>> {
  const asked = new Map<ConformanceCase, ReadonlySet<Feature>>()
  const lookedUp = new Set<Feature>()
  const capabilities = new Proxy(driver.capabilities, {
    get(table, feature, receiver) {
      if (Object.hasOwn(table, feature)) lookedUp.add(feature as Feature)
      return Reflect.get(table, feature, receiver)
    },
  })
  const watched: Driver = { ...driver, capabilities, connect: (host) => driver.connect(host) }
  await runCases(watched, cases, (one) => {
    asked.set(one, new Set([...(one.needs ?? []), ...lookedUp]))
    lookedUp.clear()
  })
  return asked
}
