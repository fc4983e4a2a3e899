import { type CollectionDefinition, NoSQLError, type DocumentStore as Store } from "@nosql/contracts"

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
  named: (name: string) => {
    if (typeof name === "string" && name !== "") return Object.freeze(storeToken(name))
    throw new NoSQLError(
      "config",
      "named: takes the name of a store; DocumentStore alone is the primary one",
      {
        operation: "named",
      },
    )
  },
})

function storeToken(storeName: string | undefined): StoreToken {
  return {
    kind: "store",
    storeName,
    collection: (definition) => Object.freeze({ kind: "collection", storeName, definition }),
  }
}

/** Whether a value is one that can be asked for: a token, a definition or a class. */
export function isToken(value: unknown): boolean {
  if (typeof value === "function") return true
  return typeof value === "object" && value !== null && ("kind" in value || "indexes" in value)
}

export function noToken(operation: string): NoSQLError {
  return new NoSQLError(
    "config",
    `${operation}: takes DocumentStore, the token or the definition of a collection, or a class; what is undefined may be an import in a circle`,
    { operation },
  )
}
