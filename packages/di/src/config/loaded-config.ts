import type { Driver } from "@nosql/core"
import type { ConfigSource } from "./config-source.ts"
import type { GeneralSettings } from "./general-schema.ts"

/** The configuration in force. */
export interface LoadedConfig {
  readonly settings: Omit<GeneralSettings, "backends" | "driver">
  /** What turned everything off. */
  readonly enabledSource: ConfigSource
  /** In the order of the configuration; empty when disabled. */
  readonly stores: readonly StoreConfig[]
  readonly description: readonly SettingDescription[]
}

export interface StoreConfig {
  /** `default` where there are no `backends`. */
  readonly name: string
  readonly primary: boolean
  readonly driver: Driver
  /** Texts of its block that must never be shown. */
  readonly secrets: readonly string[]
  readonly productionWarnings: readonly string[]
}

/** A setting in force. */
export interface SettingDescription {
  /** As code spells it: `mongodb.maxPoolSize`, `backends[1].mongodb.uri`. */
  readonly path: string
  /** Secrets and credentials are `***`. */
  readonly value: unknown
  /** `default`, `application.yaml:4`, `LEX_NOSQL__DRIVER`, `code`, or `by` the option that implies it. */
  readonly source: string
}
