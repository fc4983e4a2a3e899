import {
  type Collection,
  type CollectionDefinition,
  type DocumentStore,
  type HealthStatus,
  NoSQLError,
} from "@nosql/contracts"
import type { Driver, DriverStore } from "../driver/driver.ts"
import { collectionInfo } from "./collection-info.ts"
import type { ConnectOptions } from "./connect-options.ts"
import { checkCollectionName } from "./define-collection.ts"
import { PortableCollection } from "./portable-collection.ts"
import { ScanGuard } from "./scan-policy.ts"

/** The store that users hold: everything that is the same for all databases, over one driver. */
export class PortableStore implements DocumentStore {
  readonly backend: string
  readonly #driver: Driver
  readonly #store: DriverStore
  readonly #settings: Required<ConnectOptions>
  readonly #scanGuard: ScanGuard
  #closing: Promise<void> | undefined

  constructor(driver: Driver, store: DriverStore, settings: Required<ConnectOptions>) {
    this.backend = driver.name
    this.#driver = driver
    this.#store = store
    this.#settings = settings
    this.#scanGuard = new ScanGuard(settings.logger)
  }

  collection<T>(source: CollectionDefinition<T> | string): Collection<T> {
    if (typeof source === "string") checkCollectionName(source, "collection")
    return new PortableCollection<T>({
      info: collectionInfo(source),
      backend: this.backend,
      capabilities: this.#driver.capabilities,
      settings: this.#settings,
      scanGuard: this.#scanGuard,
      open: (operation) => this.#open(operation),
    })
  }

  async listCollections(): Promise<string[]> {
    return (await this.#open("listCollections").listCollections({ operation: "listCollections" })).sort()
  }

  async dropCollection(name: string): Promise<boolean> {
    checkCollectionName(name, "dropCollection")
    return this.#open("dropCollection").dropCollection(name, { operation: "dropCollection" })
  }

  async health(): Promise<HealthStatus> {
    const started = performance.now()
    const outcome = await this.#ping()
    const latencyMs = performance.now() - started
    return { backend: this.backend, latencyMs, ...outcome }
  }

  async #ping(): Promise<{ status: "up" } | { status: "down"; reason: string }> {
    try {
      await this.#open("health").ping({ operation: "health" })
      return { status: "up" }
    } catch (error) {
      return { status: "down", reason: error instanceof Error ? error.message : "unknown" }
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#store.close()
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #open(operation: string): DriverStore {
    if (this.#closing === undefined) return this.#store
    throw new NoSQLError("closed", `${operation}: the store was closed`, { operation, backend: this.backend })
  }
}
