import { type Capabilities, type Driver, type DriverStore, features } from "../src/driver.ts"

const capabilities = Object.fromEntries(features.map((feature) => [feature, "native"])) as Capabilities

/** A driver that has every feature, and of a store what the test asks for. */
export function scriptedDriver(store: Partial<DriverStore>): Driver {
  return {
    name: "scripted",
    capabilities,
    connect: async () => ({ close: async () => {}, ...store }) as DriverStore,
  }
}
