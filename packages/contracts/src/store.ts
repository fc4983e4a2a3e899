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

/** `native`: the store does it; `emulated`: core finishes it in this process; `none`: refused before any I/O. */
export type Support = "native" | "emulated" | "none"

/** A connected store: the collections of one database. */
export interface DocumentStore extends AsyncDisposable {
  /** The driver's name. */
  readonly backend: string
  /** The database of the collections, by the name that the store knows it by; undefined where there is none, as on the embedded store. */
  readonly database: string | undefined
  /** Whether calls are taken: false from `close()` on. It does no I/O; whether the store answers says `health()`. */
  readonly isOpen: boolean
  /** What the store does itself, by the feature's name. */
  readonly capabilities: Readonly<Record<string, Support>>
  /**
   * The collection of a definition, or of a name. No I/O: declared indexes are made at its first use.
   *
   * @example
   * const users = store.collection<User>("users")
   * const sessions = store.collection(defineCollection<Session>("sessions", { ttl: { field: "expiresAt" } }))
   * @throws NoSQLError `invalid-argument` for a bad name or definition; `unsupported` for unique indexes or a `ttl` that the store has not.
   */
  collection<T, I = T>(definition: CollectionDefinition<T, I>): Collection<T, I>
  collection<T extends object = Document>(name: string): Collection<T>
  /** The names of the collections, sorted: those that `collection` takes. */
  listCollections(): Promise<string[]>
  /** Removes a collection with its documents and indexes; false when there was none. */
  dropCollection(name: string): Promise<boolean>
  /** Whether the store answers, within `timeoutMs` (5,000 ms unless said). Never throws. */
  health(options?: { readonly timeoutMs?: number }): Promise<HealthStatus>
  /**
   * The SDK's own client, for what the portable language lacks: of type `MongoClient` on MongoDB; the memory store has none.
   *
   * @example
   * const client = store.unwrap<MongoClient>()
   */
  unwrap<Client = unknown>(): Client
  /** May be called again; every other call afterwards fails with `closed`. */
  close(): Promise<void>
}
