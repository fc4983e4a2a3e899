import type { Collection } from "./collection.ts"
import type { CollectionDefinition } from "./definition.ts"
import type { Document } from "./value.ts"

/** What `health()` found. It never throws. */
export interface HealthStatus {
  readonly status: "up" | "down"
  readonly backend: string
  /** How long the store took to answer, in milliseconds. */
  readonly latencyMs: number
  /** Why it is down. */
  readonly reason?: string
}

/** A connected store: the collections of one database. */
export interface DocumentStore extends AsyncDisposable {
  /** The driver's name. */
  readonly backend: string
  collection<T>(definition: CollectionDefinition<T>): Collection<T>
  collection<T extends object = Document>(name: string): Collection<T>
  listCollections(): Promise<string[]>
  /** Removes a collection with its documents and indexes; false when there was none. */
  dropCollection(name: string): Promise<boolean>
  health(): Promise<HealthStatus>
  /** May be called again; every other call afterwards fails with `closed`. */
  close(): Promise<void>
}
