import type { CallOptions, ReadOptions } from "./call-options.ts"
import type { FindOptions, PageOptions } from "./collection.ts"
import type { Cursor, Page } from "./cursor.ts"
import type { Filter } from "./filter.ts"
import type { ByPath, Path, PathValue } from "./path.ts"
import type { Specification } from "./specification.ts"
import type { Update } from "./update.ts"
import type { WithId } from "./value.ts"

/** The fields that a repository keeps itself, where it is told to. */
export type ManagedField = "createdAt" | "updatedAt" | "version" | "tenantId" | "_deleted" | "_deletedAt"

/** What is saved: a new entity need not have an `_id`, nor what the repository keeps. */
export type NewEntity<D> = { [K in keyof D as Exclude<K, ManagedField | "_id">]: D[K] } & {
  [K in keyof D as Extract<K, ManagedField>]?: D[K]
} & { _id?: string }

/** What a repository saves: entities of its own, or documents where it has no entities. */
export type Saved<D, E> = WithId<D> extends E ? NewEntity<D> : E

/** Values by path, which all hold together. They are never operators. */
export type Equalities<D> = ByPath<{ readonly [P in Path<D>]?: PathValue<D, P> | null }>

/** Some fields of a document, or operators. An undefined field is left alone, so that a parsed request may be given as it is. */
export type Changes<D> = { [K in keyof D as Exclude<K, ManagedField | "_id">]?: D[K] | undefined } | Update<D>

/** Which entities `list` gives. */
export interface ListOptions<D> extends FindOptions<D> {
  /** @default all */
  readonly where?: Equalities<D>
  /** @default 100 */
  readonly limit?: number
}

/** What `update` of a repository takes. */
export interface UpdateEntityOptions extends CallOptions {
  /** Optimistic locking: change this version only, else `conflict`. */
  readonly version?: number
}

/** What `deleteMany` and the like of a repository take. */
export interface DeleteOptions extends CallOptions {
  /** Remove the document, although the repository deletes softly. @default false */
  readonly hard?: boolean
}

/** What `delete` of a repository takes. */
export interface DeleteEntityOptions extends DeleteOptions {
  /** Optimistic locking: delete this version only, else `conflict`. */
  readonly version?: number
}

/**
 * Entities of type E, kept as documents of type D; S is what is saved. `DocumentRepository` of `@nosql/core` is one over any store.
 *
 * @example
 * async function rename(users: Repository<User>, id: string, name: string) {
 *   const user = await users.getOrThrow(id)
 *   return users.save({ ...user, name })
 * }
 */
export interface Repository<D, E = WithId<D>, S = Saved<D, E>> {
  /** The entity of this id, or null. */
  get(id: string, options?: ReadOptions): Promise<E | null>
  /** The entity of this id; `not-found` where there is none. */
  getOrThrow(id: string, options?: ReadOptions): Promise<E>
  /** The entities of these ids: same length and order, null where there is none. */
  getMany(ids: readonly string[], options?: ReadOptions): Promise<(E | null)[]>
  /** The first 100 entities, or those of another window. */
  list(options?: ListOptions<D>): Promise<E[]>
  /** One page in a total, stable order. */
  page(filter?: Filter<D>, options?: PageOptions<D>): Promise<Page<E>>
  /** All entities with these values. Without a `limit`, more than the repository's `maxResults` are an error. */
  findBy(equalities: Equalities<D>, options?: FindOptions<D>): Promise<E[]>
  findOneBy(equalities: Equalities<D>, options?: FindOptions<D>): Promise<E | null>
  /** All entities that a filter finds, bounded as in `findBy`. */
  findByFilter(filter: Filter<D>, options?: FindOptions<D>): Promise<E[]>
  /** All entities that fulfil a specification, bounded as in `findBy`. */
  findBySpec(specification: Specification<D>, options?: FindOptions<D>): Promise<E[]>
  findOneBySpec(specification: Specification<D>, options?: FindOptions<D>): Promise<E | null>
  /** Any number of entities, read as they are asked for. */
  stream(filter?: Filter<D>, options?: FindOptions<D>): Cursor<E>
  count(filter?: Filter<D>, options?: ReadOptions): Promise<number>
  /** Whether there is an entity of this id, or any that a filter finds. */
  exists(idOrFilter: string | Filter<D>, options?: ReadOptions): Promise<boolean>

  /** Inserts a new entity; `already-exists` when its id or a unique value is taken. */
  insert(entity: S, options?: CallOptions): Promise<E>
  /** Inserts a new entity, or puts this one in the place of the one of its id: fields that it no longer has are gone. */
  save(entity: S, options?: CallOptions): Promise<E>
  /** Saves all, or throws an error whose `details` (a WriteProgress, by index) say which were saved. */
  saveMany(entities: readonly S[], options?: CallOptions): Promise<E[]>
  /** Changes some fields and gives the entity as it is then; null where there is none of this id. */
  update(id: string, changes: Changes<D>, options?: UpdateEntityOptions): Promise<E | null>
  /** Whether there was an entity of this id. */
  delete(id: string, options?: DeleteEntityOptions): Promise<boolean>
  /** How many of these there were. */
  deleteMany(ids: readonly string[], options?: DeleteOptions): Promise<number>
  /** Brings a softly deleted entity back; false where there is none. */
  restore(id: string, options?: CallOptions): Promise<boolean>
}
