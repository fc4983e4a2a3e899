import type { CollectionDefinition, DocumentStore, NewEntity, WithId } from "@nosql/contracts"
import { requireObject } from "../operations/check-options.ts"
import { argumentError } from "../values/argument-error.ts"
import { DocumentRepository } from "./document-repository.ts"
import type { RepositoryOptions } from "./repository-options.ts"

/** What a repository is made of without a class of its own. */
export interface RepositorySetup<D, E, S> extends RepositoryOptions {
  /** The store that it is bound to by `NoSQLModule.scope`. @default the primary one */
  readonly storeName?: string
  readonly toEntity?: (document: WithId<D>) => E | Promise<E>
  readonly toDocument?: (entity: S) => NewEntity<D> | Promise<NewEntity<D>>
  readonly beforeSave?: (entity: S) => S | Promise<S>
  readonly afterSave?: (entity: E) => unknown
  readonly beforeDelete?: (id: string) => unknown
  readonly afterDelete?: (id: string) => unknown
}

/** A repository's class: built on a store, or extended. */
export interface DocumentRepositoryClass<D extends object, E, S> {
  new (store: DocumentStore): DocumentRepository<D, E, S>
  readonly storeName?: string
}

/** Entities of their own are saved themselves; without them, what may be inserted. */
type SavedInput<D, I, E> = WithId<D> extends E ? NewEntity<I> : E

/**
 * Makes a repository's class from a description.
 *
 * @example
 * const UserRepository = repository(Users, { softDelete: true, timestamps: true })
 * const users = new UserRepository(store)
 */
export function repository<D extends object, I = D, E = WithId<D>>(
  collection: CollectionDefinition<D, I> | string,
  setup: RepositorySetup<D, E, SavedInput<D, I, E>> = {},
): DocumentRepositoryClass<D, E, SavedInput<D, I, E>> {
  const call = { operation: "repository" }
  requireObject(setup, call)
  const { storeName, toEntity, toDocument, beforeSave, afterSave, beforeDelete, afterDelete, ...options } =
    setup
  class DescribedRepository extends DocumentRepository<D, E, SavedInput<D, I, E>> {
    readonly collection = collection
    override readonly options = options
  }
  const own = { toEntity, toDocument, beforeSave, afterSave, beforeDelete, afterDelete }
  const given = Object.entries(own).filter(([, method]) => method !== undefined)
  for (const [hook, method] of given)
    if (typeof method !== "function") throw argumentError(call, hook, "takes a function")
  Object.assign(DescribedRepository.prototype, Object.fromEntries(given))
  const name = `repository(${typeof collection === "string" ? collection : collection.name})`
  Object.defineProperty(DescribedRepository, "name", { value: name })
  return storeName === undefined ? DescribedRepository : Object.assign(DescribedRepository, { storeName })
}
