import {
  assertNever,
  type Collection,
  type CollectionDefinition,
  type DocumentStore,
  NoSQLError,
} from "@nosql/contracts"
import { formatSource } from "../config/config-source.ts"
import type { LoadedConfig, SettingDescription } from "../config/loaded-config.ts"
import { closeError, closeStores } from "./close-stores.ts"
import { type CollectionToken, isToken, noToken, type StoreToken } from "./document-store-token.ts"
import { type ApplicationHealth, healthOf } from "./health.ts"
import { lookUpStore } from "./look-up-store.ts"
import type { OpenStore } from "./open-store.ts"
import type { ProvisionReport } from "./provision-scope.ts"
import type { RepositoryContainer } from "./repository-container.ts"
import type { RepositoryClass } from "./scope.ts"

interface ApplicationParts {
  readonly config: LoadedConfig
  readonly stores: readonly OpenStore[]
  readonly repositories: RepositoryContainer
  readonly provisioned: readonly ProvisionReport[]
}

/** What `boot()` gives: the open stores and what is built on them. */
export class Application implements AsyncDisposable {
  /** What boot found and did about the indexes of the scope. */
  readonly provisioned: readonly ProvisionReport[]
  readonly #config: LoadedConfig
  readonly #stores: readonly OpenStore[]
  readonly #repositories: RepositoryContainer
  #closing: Promise<void> | undefined

  constructor({ config, stores, repositories, provisioned }: ApplicationParts) {
    this.provisioned = provisioned
    this.#config = config
    this.#stores = stores
    this.#repositories = repositories
  }

  /**
   * What a token asks for: a store, a collection, or a repository of the scope.
   *
   * @throws NoSQLError `config` where there is no such thing, `failed-precondition` when disabled, `closed` after `close()`.
   */
  resolve(token: StoreToken): DocumentStore
  resolve<T, I = T>(token: CollectionToken<T, I> | CollectionDefinition<T, I>): Collection<T, I>
  resolve<R>(token: RepositoryClass<R>): R
  resolve(
    token: StoreToken | CollectionToken<unknown> | CollectionDefinition<unknown> | RepositoryClass,
  ): unknown {
    this.#assertOpen()
    if (!isToken(token)) throw noToken("resolve")
    if (typeof token === "function") return this.#repositories.resolve(token)
    if (!("kind" in token)) return lookUpStore(this.#stores, undefined, token.name).store.collection(token)
    switch (token.kind) {
      case "store":
        return lookUpStore(this.#stores, token.storeName, "DocumentStore").store
      case "collection":
        return lookUpStore(this.#stores, token.storeName, token.definition.name).store.collection(
          token.definition,
        )
      default:
        return assertNever(token)
    }
  }

  #assertOpen(): void {
    if (this.#closing !== undefined)
      throw new NoSQLError("closed", "resolve: the application was closed", { operation: "resolve" })
    if (this.#config.settings.enabled) return
    const source = formatSource(this.#config.enabledSource)
    const message = `resolve: there is no store, because nosql is disabled (enabled is false: ${source})`
    throw new NoSQLError("failed-precondition", message, { operation: "resolve" })
  }

  /** The settings in force and where each comes from; secrets are stars. */
  describeConfig(): readonly SettingDescription[] {
    return this.#config.description
  }

  /** Asks all stores. Never throws. */
  async health({ timeoutMs = 5000 }: { readonly timeoutMs?: number } = {}): Promise<ApplicationHealth> {
    if (this.#closing !== undefined) return { status: "down", stores: {} }
    if (!this.#config.settings.enabled) return { status: "disabled", stores: {} }
    return healthOf(this.#stores, timeoutMs)
  }

  /** Whether this process should be kept: without I/O, so that a database that is down restarts nobody. */
  liveness(): { readonly status: "up" | "down" } {
    return { status: this.#closing === undefined ? "up" : "down" }
  }

  /** Whether requests should come here: all stores answer within `timeoutMs` (1,000 ms unless said). Never throws. */
  async readiness({
    timeoutMs = 1000,
  }: {
    readonly timeoutMs?: number
  } = {}): Promise<ApplicationHealth & { readonly ready: boolean }> {
    const health = await this.health({ timeoutMs })
    return { ready: health.status !== "down", ...health }
  }

  /**
   * Closes the stores, the last one first. May be called again.
   *
   * @throws NoSQLError that names each store that could not be closed; the others are.
   */
  close(): Promise<void> {
    this.#closing ??= closeAll(this.#stores)
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

async function closeAll(stores: readonly OpenStore[]): Promise<void> {
  const failures = await closeStores(stores)
  if (failures.length > 0) throw closeError(failures)
}
