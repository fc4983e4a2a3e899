import { type Logger, NoSQLError } from "@nosql/contracts"
import { type DriverModule, didYouMean } from "@nosql/core/driver"
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

const known = {
  enableTtl: true,
  file: true,
  profile: true,
  drivers: true,
  logger: true,
  bootTimeoutMs: true,
  host: true,
} as const satisfies Record<keyof ModuleOptions, true>

/** Refuses a name that is no option: one that is dropped in silence is a typing mistake that nobody finds. */
export function checkModuleOptions(options: ModuleOptions): ModuleOptions {
  const names = Object.keys(known)
  const unknown = Object.keys(options).find((name) => !names.includes(name))
  if (unknown === undefined) return options
  throw new NoSQLError(
    "config",
    `configure at "${unknown}": is no option of a module; there are ${names.join(", ")}${didYouMean(unknown, names)}`,
    { operation: "configure", path: unknown },
  )
}
