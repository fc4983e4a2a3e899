import {
  type Collection,
  type CollectionDefinition,
  type DocumentStore,
  type HealthStatus,
  NoSQLError,
} from "@nosql/contracts"
import { collectionInfo } from "../declaration/collection-info.ts"
import { checkCollectionName, isCollectionName } from "../declaration/collection-name.ts"
import { defineCollection } from "../declaration/define-collection.ts"
import type { Capabilities } from "../driver/capabilities.ts"
import { checkSupport } from "../driver/check-support.ts"
import type { Driver, DriverStore } from "../driver/driver.ts"
import { featuresOfIndex } from "../driver/features-of.ts"
import { traceOperation } from "../observe/trace-operation.ts"
import type { CollectionContext } from "../operations/operation.ts"
import { refuseReadOnly } from "../operations/refuse-read-only.ts"
import type { StoreSettings } from "./connect-options.ts"
import { PortableCollection } from "./portable-collection.ts"
import { Provisioner } from "./provisioner.ts"
import { ScanGuard } from "./scan-policy.ts"

/** The store that users hold: everything that is the same for all databases, over one driver. */
export class PortableStore implements DocumentStore {
  readonly backend: string
  readonly database: string | undefined
  readonly capabilities: Capabilities
  readonly #store: DriverStore
  readonly #settings: StoreSettings
  readonly #scanGuard: ScanGuard
  readonly #provisioner = new Provisioner()
  /** One context a definition: what is resolved and remembered of it is so once. */
  readonly #contexts = new WeakMap<object, CollectionContext>()
  #closing: Promise<void> | undefined

  constructor(driver: Driver, store: DriverStore, settings: StoreSettings) {
    this.backend = driver.name
    this.database = store.database
    this.capabilities = driver.capabilities
    this.#store = store
    this.#settings = settings
    this.#scanGuard = new ScanGuard(settings.logger)
  }

  get isOpen(): boolean {
    return this.#closing === undefined
  }

  collection<T, I = T>(source: CollectionDefinition<T, I> | string): Collection<T, I> {
    if (typeof source === "string") {
      this.#checkName(source, "collection")
      return new PortableCollection<T, I>(this.#contextOf(source))
    }
    const context = this.#contexts.get(source) ?? this.#contextOf(source)
    this.#contexts.set(source, context)
    return new PortableCollection<T, I>(context)
  }

  listCollections(): Promise<string[]> {
    const operation = "listCollections"
    return traceOperation({ operation, backend: this.backend }, async () =>
      (await this.#open(operation).listCollections({ operation })).filter(isCollectionName).sort(),
    )
  }

  dropCollection(name: string): Promise<boolean> {
    const operation = "dropCollection"
    return traceOperation({ operation, collection: name, backend: this.backend }, async () => {
      this.#checkName(name, operation)
      const store = this.#open(operation)
      refuseReadOnly(store, name, { operation, backend: this.backend })
      const dropped = await store.dropCollection(name, { operation })
      this.#provisioner.forget(name)
      return dropped
    })
  }

  async health({ timeoutMs = 5000 }: { readonly timeoutMs?: number } = {}): Promise<HealthStatus> {
    // It never throws, and a time that is none would be over at once.
    const started = performance.now()
    const outcome = isTime(timeoutMs)
      ? await this.#ping(timeoutMs)
      : { status: "down" as const, reason: "health: timeoutMs takes milliseconds, more than 0" }
    const latencyMs = performance.now() - started
    return { backend: this.backend, latencyMs, ...outcome }
  }

  async #ping(timeoutMs: number): Promise<{ status: "up" } | { status: "down"; reason: string }> {
    const operation = "health"
    let timer: ReturnType<typeof setTimeout> | undefined
    try {
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
      })
      const ping = async () => Promise.race([this.#open(operation).ping({ operation }), late])
      await traceOperation({ operation, backend: this.backend }, ping)
      return { status: "up" }
    } catch (error) {
      return { status: "down", reason: error instanceof Error ? error.message : "unknown" }
    } finally {
      clearTimeout(timer)
    }
  }

  unwrap<Client = unknown>(): Client {
    const { client } = this.#open("unwrap")
    if (client !== undefined) return client as Client
    throw new NoSQLError("unsupported", `unwrap: ${this.backend} has no client underneath`, {
      operation: "unwrap",
      backend: this.backend,
    })
  }

  close(): Promise<void> {
    this.#closing ??= traceOperation({ operation: "close", backend: this.backend }, async () =>
      this.#store.close(),
    )
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #contextOf(
    source: CollectionDefinition<unknown> | CollectionDefinition<never> | string,
  ): CollectionContext {
    // Untyped code may hand over anything: what `defineCollection` made is data, so it is checked as its own source.
    const definition =
      typeof source === "string"
        ? undefined
        : defineCollection(source?.name, source as CollectionDefinition<object>)
    if (definition !== undefined) this.#checkName(definition.name, "collection")
    const settings = {
      ...this.#settings,
      scans: definition?.scans ?? this.#settings.scans,
      provision: definition?.provision ?? this.#settings.provision,
    }
    const info = collectionInfo(definition ?? (source as string))
    // An index that only saves time may be lacking, and is reported; uniqueness and expiry are promises.
    checkSupport(
      [
        ...info.indexes.filter(({ unique }) => unique).flatMap(featuresOfIndex),
        ...(info.ttl === undefined ? [] : (["ttl"] as const)),
      ],
      this.capabilities,
      { operation: "collection", collection: info.name, backend: this.backend },
    )
    return {
      info,
      schema: definition?.schema,
      validateUpdates: definition?.validateUpdates ?? false,
      backend: this.backend,
      capabilities: this.capabilities,
      settings,
      scanGuard: this.#scanGuard,
      provisioner: this.#provisioner,
      open: (operation) => this.#open(operation),
    }
  }

  #checkName(name: string, operation: string): void {
    checkCollectionName(name, operation, this.#store.pathProblem?.bind(this.#store))
  }

  #open(operation: string): DriverStore {
    if (this.isOpen) return this.#store
    throw new NoSQLError("closed", `${operation}: the store was closed`, { operation, backend: this.backend })
  }
}

function isTime(timeoutMs: unknown): timeoutMs is number {
  return typeof timeoutMs === "number" && timeoutMs > 0
}
