import type {
  CallOptions,
  Changes,
  CollectionDefinition,
  Cursor,
  DeleteEntityOptions,
  DeleteOptions,
  Document,
  DocumentStore,
  Equalities,
  Filter,
  FindOptions,
  ListOptions,
  NewEntity,
  Page,
  PageOptions,
  ReadOptions,
  Repository,
  Saved,
  Specification,
  UpdateEntityOptions,
  WithId,
} from "@nosql/contracts"
import { requireObject } from "../operations/check-options.ts"
import { isSpecifiedFilter } from "../parse/specified-filter.ts"
import { argumentError } from "../values/argument-error.ts"
import { type BackfillReport, backfill } from "./backfill.ts"
import { deleteEntities, deleteEntity, restoreEntity } from "./delete-entities.ts"
import { type OpenRepository, openRepository } from "./open-repository.ts"
import {
  equalitiesFilter,
  findEntities,
  findEntity,
  getEntities,
  getEntity,
  getEntityOrThrow,
  pageEntities,
  streamEntities,
} from "./read-entities.ts"
import type { EntityHooks, EntityMapping, RepositoryContext, Scope } from "./repository-context.ts"
import type { RepositoryOptions } from "./repository-options.ts"
import { saveEntities } from "./save-entities.ts"
import { insertEntity, saveEntity } from "./save-entity.ts"
import { requireTenant, scoped, scopedId, wholeScope } from "./scope.ts"
import { updateEntity } from "./update-entity.ts"

/** What a find takes, whatever the documents are. */
type Find = FindOptions<Document>

/**
 * Entities kept in a collection, over any store. D is a document, E what is read (documents with their `_id`, unless `toEntity` says otherwise),
 * S what is saved.
 *
 * @example
 * class UserRepository extends DocumentRepository<User> {
 *   static readonly storeName = "accounts" // of several stores; for NoSQLModule.scope(UserRepository)
 *   readonly collection = Users
 *   override readonly options = { softDelete: true, timestamps: true, optimisticLocking: true }
 *
 *   findAdmins() {
 *     return this.findBySpec(spec<User>().contains("roles", "admin"))
 *   }
 * }
 * const users = new UserRepository(store)
 * const ada = await users.save({ name: "Ada", roles: ["admin"] })
 */
export abstract class DocumentRepository<D extends object, E = WithId<D>, S = Saved<D, E>>
  implements Repository<D, E, S>
{
  /** Where the entities are: a definition, or a name. */
  abstract readonly collection: CollectionDefinition<D, unknown> | string
  readonly options: RepositoryOptions = {}
  protected readonly store: DocumentStore
  private readonly scope: Scope = wholeScope
  /** Shared with the views that are made of this repository. */
  private readonly opened: { current?: OpenRepository } = {}

  constructor(store: DocumentStore) {
    this.store = store
  }

  /** The entity of a document. Without it, entities are the documents themselves. */
  protected toEntity?(document: WithId<D>): E | Promise<E>
  /** The document of an entity: with its `_id` where it has one, and with the `version` that was read. */
  protected toDocument?(entity: S): NewEntity<D> | Promise<NewEntity<D>>
  /** Before the first request of `insert`, `save` and `saveMany`: what it returns is saved. */
  protected beforeSave?(entity: S): S | Promise<S>
  /** After `insert`, `save` and `saveMany`; what it throws, the caller gets, but the entity is saved. */
  protected afterSave?(entity: E): unknown
  /** Before `delete`, and for each id of `deleteMany`. */
  protected beforeDelete?(id: string): unknown
  /** After an entity was deleted. */
  protected afterDelete?(id: string): unknown

  async get(id: string, options?: ReadOptions): Promise<E | null> {
    return (await getEntity(this.context("get", options), id, options)) as E | null
  }

  async getOrThrow(id: string, options?: ReadOptions): Promise<E> {
    return (await getEntityOrThrow(this.context("getOrThrow", options), id, options)) as E
  }

  async getMany(ids: readonly string[], options?: ReadOptions): Promise<(E | null)[]> {
    return (await getEntities(this.context("getMany", options), ids, options)) as (E | null)[]
  }

  async list(options: ListOptions<D> = {}): Promise<E[]> {
    const context = this.context("list", options)
    const { where, limit = 100, ...find } = options
    const filter = where === undefined ? {} : equalitiesFilter(context, where)
    return (await findEntities(context, filter, { ...(find as Find), limit })) as E[]
  }

  async page(filter: Filter<D> = {} as Filter<D>, options?: PageOptions<D>): Promise<Page<E>> {
    return (await pageEntities(
      this.context("page", options),
      filter,
      options as PageOptions<Document>,
    )) as Page<E>
  }

  async findBy(equalities: Equalities<D>, options?: FindOptions<D>): Promise<E[]> {
    const context = this.context("findBy", options)
    return (await findEntities(context, equalitiesFilter(context, equalities), options as Find)) as E[]
  }

  async findOneBy(equalities: Equalities<D>, options?: FindOptions<D>): Promise<E | null> {
    const context = this.context("findOneBy", options)
    return (await findEntity(context, equalitiesFilter(context, equalities), options as Find)) as E | null
  }

  async findByFilter(filter: Filter<D>, options?: FindOptions<D>): Promise<E[]> {
    return (await findEntities(this.context("findByFilter", options), filter, options as Find)) as E[]
  }

  async findBySpec(specification: Specification<D>, options?: FindOptions<D>): Promise<E[]> {
    const context = specified(this.context("findBySpec", options), specification)
    return (await findEntities(context, specification, options as Find)) as E[]
  }

  async findOneBySpec(specification: Specification<D>, options?: FindOptions<D>): Promise<E | null> {
    const context = specified(this.context("findOneBySpec", options), specification)
    return (await findEntity(context, specification, options as Find)) as E | null
  }

  stream(filter: Filter<D> = {} as Filter<D>, options?: FindOptions<D>): Cursor<E> {
    return streamEntities(this.context("stream", options), filter, options as Find) as Cursor<E>
  }

  async count(filter: Filter<D> = {} as Filter<D>, options?: ReadOptions): Promise<number> {
    const context = this.context("count", options)
    return context.collection.count(scoped(context, filter), options)
  }

  async exists(idOrFilter: string | Filter<D>, options?: ReadOptions): Promise<boolean> {
    const context = this.context("exists", options)
    const filter =
      typeof idOrFilter === "string" ? scopedId(context, idOrFilter) : scoped(context, idOrFilter)
    return context.collection.exists(filter, options)
  }

  async insert(entity: S, options?: CallOptions): Promise<E> {
    return (await insertEntity(this.context("insert", options), entity, options)) as E
  }

  async save(entity: S, options?: CallOptions): Promise<E> {
    return (await saveEntity(this.context("save", options), entity, options)) as E
  }

  async saveMany(entities: readonly S[], options?: CallOptions): Promise<E[]> {
    return (await saveEntities(this.context("saveMany", options), entities, options)) as E[]
  }

  async update(id: string, changes: Changes<D>, options?: UpdateEntityOptions): Promise<E | null> {
    return (await updateEntity(this.context("update", options), id, changes, options)) as E | null
  }

  async delete(id: string, options?: DeleteEntityOptions): Promise<boolean> {
    return deleteEntity(this.context("delete", options), id, options)
  }

  async deleteMany(ids: readonly string[], options?: DeleteOptions): Promise<number> {
    return deleteEntities(this.context("deleteMany", options), ids, options)
  }

  async restore(id: string, options?: CallOptions): Promise<boolean> {
    return restoreEntity(this.context("restore", options), id, options)
  }

  /** Gives documents that were there before the repository what it keeps: those without `_deleted` are not found until then. */
  async backfill(options?: CallOptions): Promise<BackfillReport> {
    const context = this.context("backfill", options)
    return backfill({ ...context, collection: this.open("backfill").before }, options)
  }

  /** This repository for one tenant: all that it reads, counts and writes is bound to it. */
  forTenant(id: string): this {
    const call = { operation: "forTenant" }
    if (typeof id !== "string" || id === "")
      throw argumentError(call, "", "takes a tenant's id, which is a string and not empty")
    if (this.open("forTenant").behaviours.tenantField === undefined)
      throw argumentError(call, "", "goes with the repository's option multiTenant")
    if (this.scope.tenant !== undefined && this.scope.tenant !== id)
      throw argumentError(call, "", "this repository is bound to another tenant already")
    return this.view({ tenant: id })
  }

  /** This repository with the softly deleted among the others. */
  withDeleted(): this {
    return this.view({ deleted: "included" })
  }

  /** This repository with the softly deleted alone. Throws `invalid-argument` without soft deletion: those alone would be all that live. */
  onlyDeleted(): this {
    if (!this.open("onlyDeleted").behaviours.softDelete)
      throw argumentError({ operation: "onlyDeleted" }, "", "goes with the repository's option softDelete")
    return this.view({ deleted: "only" })
  }

  /**
   * Another object of this class, for a view. By default it inherits all that this one has; a subclass with `#private` fields, which
   * are not inherited, makes a new one: `return new UserRepository(this.store) as this`.
   */
  protected copy(): this {
    return Object.create(this) as this
  }

  private view(change: Partial<Scope>): this {
    return Object.defineProperty(this.copy(), "scope", { value: Object.freeze({ ...this.scope, ...change }) })
  }

  private context(operation: string, options: object = {}): RepositoryContext {
    const { collection, ...opened } = this.open(operation)
    const call = { operation, collection: collection.name, backend: this.store.backend }
    requireObject(options, call)
    requireTenant(opened.behaviours, this.scope, call)
    const own = this as unknown as EntityMapping & EntityHooks
    return { ...opened, call, collection, scope: this.scope, mapping: own, hooks: own }
  }

  private open(operation: string): OpenRepository {
    const { collection, options } = this
    const declaration = { name: this.constructor.name, collection, options }
    this.opened.current ??= openRepository(this.store, declaration, operation)
    return this.opened.current
  }
}

/** Only a specification has a name to be found by. */
function specified(context: RepositoryContext, specification: unknown): RepositoryContext {
  if (isSpecifiedFilter(specification)) return context
  throw argumentError(context.call, "", "takes a specification; findByFilter takes any filter")
}
