import type { CollectionDefinition, DocumentStore } from "@nosql/contracts"
import type { CollectionToken } from "./document-store-token.ts"

/**
 * A class that is built from its store, and resolved by itself.
 *
 * @example
 * class EventRepository {
 *   static readonly storeName = "analytics"
 *   readonly events: Collection<Event>
 *   constructor(store: DocumentStore) {
 *     this.events = store.collection(Events)
 *   }
 * }
 */
export interface RepositoryClass<R = unknown> {
  new (store: DocumentStore): R
  /** The store that it is bound to. @default the primary one */
  readonly storeName?: string
}

/** What `scope` takes: a repository, a collection of a named store, or a description of a collection of the primary one. */
export type Scoped = RepositoryClass | CollectionToken<unknown> | CollectionDefinition<unknown>

/** The definition that a repository has in its property `collection`, if it has one. */
export function definitionOf(repository: unknown): CollectionDefinition<unknown> | undefined {
  const collection = (repository as { readonly collection?: unknown } | null | undefined)?.collection
  return isDefinition(collection) ? collection : undefined
}

function isDefinition(value: unknown): value is CollectionDefinition<unknown> {
  const definition = value as Partial<CollectionDefinition<unknown>> | null | undefined
  return (
    typeof definition === "object" &&
    definition !== null &&
    typeof definition.name === "string" &&
    Array.isArray(definition.indexes)
  )
}
