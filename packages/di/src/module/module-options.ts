import type { Logger } from "@nosql/contracts"
import type { DriverModule } from "@nosql/core/driver"
import type { Host } from "../host.ts"

/** How a module finds its configuration and starts: what no file or variable says. */
export interface ModuleOptions {
  /** Whether the indexes of scoped collections, TTL included, are made at boot; else each is made at its collection's first use. @default true */
  readonly enableTtl?: boolean
  /** The YAML file, from the application's root; where it is named it has to be there. @default "application.yaml" */
  readonly file?: string
  /** Adds `application.<profile>.yaml`. @default the variable LEX_PROFILE */
  readonly profile?: string
  /**
   * Drivers that need not be loaded by name: for bundlers, and for drivers without a package.
   *
   * @example
   * import { driverModule as mongodb } from "@nosql/driver-mongodb"
   * NoSQLModule.configure({}, { drivers: [mongodb] })
   */
  readonly drivers?: readonly DriverModule[]
  /** Where warnings go. @default console */
  readonly logger?: Logger
  /** How long a store that gives no answer at all may hold up the boot, in milliseconds. @default 60_000 */
  readonly bootTimeoutMs?: number
  /** The working directory, the environment and the files, for tests. @default this process */
  readonly host?: Partial<Host>
}
