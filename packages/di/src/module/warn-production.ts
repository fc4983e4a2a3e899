import type { Logger } from "@nosql/contracts"
import type { StoreConfig } from "../config/loaded-config.ts"
import type { Host } from "../host.ts"

/** By the profile or by NODE_ENV. */
export function isProduction(profile: string | undefined, env: Host["env"]): boolean {
  return profile === "production" || profile === "prod" || env["NODE_ENV"] === "production"
}

/** Says what the drivers find unwise in production. */
export function warnProduction(stores: readonly StoreConfig[], logger: Logger | undefined): void {
  for (const { name, driver, productionWarnings } of stores) {
    for (const warning of productionWarnings) {
      const message = `nosql: the store "${name}" (${driver.name}) ${warning}`
      if (logger === undefined) console.warn(message)
      else logger.warn({ operation: "boot", backend: driver.name, reasons: [warning] }, message)
    }
  }
}
