import { type Capabilities, type Driver, type DriverStore, features } from "../src/driver.ts"

const capabilities = Object.fromEntries(features.map((feature) => [feature, "native"])) as Capabilities

/** What a plan says beside its native part, where nothing remains for core. */
export const nothingRemains = { access: "index", reasons: [], remaining: {} } as const

/** A driver that has every feature, and of a store what the test asks for. */
export function scriptedDriver(store: Partial<DriverStore>): Driver {
  return {
    name: "scripted",
    capabilities,
    connect: async () => ({ close: async () => {}, ...store }) as DriverStore,
  }
}
