import type { ConnectOptions } from "@nosql/core"
import type { NoSQLConfig } from "../config/config-input.ts"
import type { KnownBlocks } from "../config/known-blocks.ts"
import { loadConfig } from "../config/load-config.ts"
import type { LoadedConfig, SettingDescription } from "../config/loaded-config.ts"
import { type Host, processHost } from "../host.ts"
import type { Application } from "./application.ts"
import { closeStores } from "./close-stores.ts"
import { connectStores } from "./connect-stores.ts"
import { isToken, noToken } from "./document-store-token.ts"
import { checkModuleOptions, type ModuleOptions } from "./module-options.ts"
import type { Scoped } from "./scope.ts"
import { startApplication } from "./start-application.ts"
import { isProduction, warnProduction } from "./warn-production.ts"

interface Setup {
  readonly config: unknown
  readonly options: ModuleOptions
  readonly scope: readonly Scoped[]
  /** In place of the drivers that are named; `alone`: without files and variables, too. */
  readonly embedded: false | "named" | "alone"
}

/**
 * The data access of an application, described: it does nothing until `boot()`.
 *
 * @example
 * const app = await NoSQLModule.configure({ driver: "memory" }).boot()
 * const users = app.resolve(DocumentStore).collection<User>("users")
 * await app.close()
 */
export class NoSQLModule {
  readonly #setup: Setup

  private constructor(setup: Setup) {
    this.#setup = setup
  }

  /**
   * Without an argument: `application.yaml`, the environment and the defaults. What is given here wins over them.
   * Wrong settings are found at `boot()`.
   */
  static configure<Blocks = KnownBlocks>(
    config?: NoSQLConfig<NoInfer<Blocks>>,
    options: ModuleOptions = {},
  ): NoSQLModule {
    return new NoSQLModule({ config, options: checkModuleOptions(options), scope: [], embedded: false })
  }

  /** The embedded store, for tests: no server, no file, no variable, and each boot begins empty. */
  static stub<Blocks = KnownBlocks>(
    config?: NoSQLConfig<NoInfer<Blocks>>,
    options: ModuleOptions = {},
  ): NoSQLModule {
    return new NoSQLModule({ config, options: checkModuleOptions(options), scope: [], embedded: "alone" })
  }

  /**
   * Adds repositories, which are then resolved by their class, and described collections. At boot their indexes are made.
   *
   * @example
   * NoSQLModule.configure().scope(UserRepository, Articles, DocumentStore.named("analytics").collection(Events))
   */
  scope(...scoped: readonly Scoped[]): NoSQLModule {
    if (!scoped.every(isToken)) throw noToken("scope")
    return new NoSQLModule({ ...this.#setup, scope: [...this.#setup.scope, ...scoped] })
  }

  /** This module on embedded stores, of the names that the configuration gives: each boot begins empty. */
  stub(): NoSQLModule {
    return new NoSQLModule({ ...this.#setup, embedded: "named" })
  }

  /**
   * The settings in force and where each comes from, without opening anything; secrets are stars.
   *
   * @throws NoSQLError `config` as `boot()`.
   */
  async describeConfig(): Promise<readonly SettingDescription[]> {
    return (await this.#load(processHost(this.#setup.options.host))).description
  }

  /**
   * Reads the configuration, loads the drivers, opens all stores at once and makes the indexes of the scope.
   *
   * @throws NoSQLError `config` with every problem and its source; else of the store that failed, and nothing stays open.
   */
  async boot(): Promise<Application> {
    const { options, scope } = this.#setup
    const host = processHost(options.host)
    const config = await this.#load(host)
    if (isProduction(profileOf(options, host), host.env)) warnProduction(config.stores, options.logger)
    const timeoutMs = options.bootTimeoutMs ?? 60_000
    const stores = await connectStores(config.stores, connectOptions(config, options), timeoutMs)
    try {
      return await startApplication(config, stores, scope, options.enableTtl ?? true)
    } catch (error) {
      await closeStores(stores)
      throw error
    }
  }

  #load(host: Host): Promise<LoadedConfig> {
    const { config, options, embedded } = this.#setup
    return loadConfig({
      code: config,
      file: options.file,
      profile: profileOf(options, host),
      profileSource:
        options.profile === undefined ? { kind: "variable", name: "LEX_PROFILE" } : { kind: "code" },
      drivers: options.drivers ?? [],
      codeOnly: embedded === "alone",
      embedded: embedded !== false,
      host,
    })
  }
}

function connectOptions({ settings }: LoadedConfig, { logger }: ModuleOptions): ConnectOptions {
  const { scans, maxBufferedDocuments, provision, cursorSecret } = settings
  return {
    scans,
    maxBufferedDocuments,
    // A driver may have a default of its own.
    ...(provision === undefined ? {} : { provision }),
    ...(cursorSecret === undefined ? {} : { cursorSecret }),
    ...(logger === undefined ? {} : { logger }),
  }
}

function profileOf({ profile }: ModuleOptions, { env }: Host): string | undefined {
  return profile ?? (env["LEX_PROFILE"] || undefined)
}
