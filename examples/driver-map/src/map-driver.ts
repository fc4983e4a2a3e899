import { type Driver, type DriverModule, optionsSchema } from "@nosql/core/driver"
import { capabilities } from "./capabilities.ts"
import { MapStore } from "./map-store.ts"

/** What applications hand to `connect`. */
export function mapDriver(): Driver {
  return { name: "map", capabilities, connect: async () => new MapStore() }
}

/** What `@nosql/di` looks for in the package that a configuration names. */
export const driverModule: DriverModule<Record<never, never>> = {
  name: "map",
  options: optionsSchema({}),
  create: () => mapDriver(),
}
