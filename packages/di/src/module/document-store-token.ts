import type { CollectionDefinition, DocumentStore as Store } from "@nosql/contracts"

/** Asks an application for a store. */
export interface StoreToken {
  readonly kind: "store"
  /** Undefined: the primary store. */
  readonly storeName: string | undefined
  /** Asks for a described collection of this store; in `scope` its indexes are made at boot. */
  collection<T, I = T>(definition: CollectionDefinition<T, I>): CollectionToken<T, I>
}

/** Asks an application for a described collection. */
export interface CollectionToken<T, I = T> {
  readonly kind: "collection"
  readonly storeName: string | undefined
  readonly definition: CollectionDefinition<T, I>
}

/** The interface of the same name, where types are meant. */
export type DocumentStore = Store

/**
 * Asks for the primary store, or for one by name.
 *
 * @example
 * const store = app.resolve(DocumentStore)
 * const analytics = app.resolve(DocumentStore.named("analytics"))
 */
export const DocumentStore: StoreToken & { named(name: string): StoreToken } = Object.freeze({
  ...storeToken(undefined),
  named: (name: string) => Object.freeze(storeToken(name)),
})

function storeToken(storeName: string | undefined): StoreToken {
  return {
    kind: "store",
    storeName,
    collection: (definition) => Object.freeze({ kind: "collection", storeName, definition }),
  }
}
