import type { Driver } from "./driver.ts"
import type { OptionsSchema } from "./options-schema.ts"

/**
 * What a driver package exports as `driverModule`, so that configuration can name the driver by a word and `@nosql/di` can load it.
 *
 * @example
 * export const driverModule: DriverModule<CouchOptions> = {
 *   name: "couch",
 *   options: z.strictObject({ url: z.url().optional().meta({ default: "http://localhost:5984" }) }),
 *   create: (options) => couch(options),
 * }
 */
export interface DriverModule<Options = unknown> {
  /** The word in the configuration, and the name of the driver's block. */
  readonly name: string
  /**
   * The driver's block. It fills in no default: what nobody set stays unset on its way to the driver, which alone knows whether a URI
   * says otherwise. JSON Schema's `default` names the value that the driver then takes; `writeOnly` marks a secret.
   */
  readonly options: OptionsSchema<Options>
  /** Makes the driver, without I/O. Throws a NoSQLError where the options contradict each other. */
  create(options: Options): Driver
  /** The options that another one decides (a URI its parameters): for `describeConfig()`. */
  implied?(options: Options): readonly ImpliedOption[]
  /**
   * What is unwise in production: warned of at boot. Each goes on from `the store "main" (couch)`, so it begins with a verb and has no name of
   * its own in front; the remedy stands after a colon: `is at a local address: set couch.url`.
   */
  productionWarnings?(options: Options): readonly string[]
}

/** An option that was not given itself, and has its value by another. */
export interface ImpliedOption {
  readonly option: string
  readonly value: unknown
  /** The option that says so. */
  readonly by: string
}
