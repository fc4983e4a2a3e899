import type { Driver } from "@nosql/core"
import type { z } from "zod"
import type { KnownDriver } from "../drivers/known-drivers.ts"
import type { generalSchema } from "./general-schema.ts"
import type { KnownBlocks } from "./known-blocks.ts"

type General = z.input<typeof generalSchema>
type Backend = NonNullable<General["backends"]>[number]

interface DriverChoice {
  /**
   * A known driver, the package of another, or a driver that you made yourself (`mongodb({ client })`), which has no block.
   * @default "mongodb"
   */
  readonly driver?: KnownDriver | (string & {}) | Driver | undefined
}

/** One of several stores: its name, its driver, and the block of that driver. */
export type BackendConfig<Blocks = KnownBlocks> = Readonly<Omit<Backend, "driver">> &
  DriverChoice &
  Readonly<Partial<Blocks>>

/**
 * What `NoSQLModule.configure` takes. Blocks of drivers that are not known here come by the type parameter.
 *
 * @example
 * const config: NoSQLConfig = { driver: "mongodb", mongodb: { uri: "mongodb://localhost:27017", database: "shop" } }
 */
export type NoSQLConfig<Blocks = KnownBlocks> = Readonly<Omit<General, "driver" | "backends">> &
  DriverChoice &
  Readonly<Partial<Blocks>> & { readonly backends?: readonly BackendConfig<Blocks>[] }
