import { type DriverModule, optionsSchema } from "@nosql/core/driver"
import { memory } from "./memory.ts"

/** By which configuration finds this driver. */
export const driverModule: DriverModule<Record<never, never>> = {
  name: "memory",
  options: optionsSchema({}),
  create: () => memory(),
  productionWarnings: () => ["keeps its documents in this process alone: they are gone when it ends"],
}
