import type { Explanation } from "./access.ts"
import type { BulkOperation } from "./bulk-operation.ts"
import type { CallOptions, ReadOptions } from "./call-options.ts"
import type { Cursor, Page } from "./cursor.ts"
import type { IndexDefinition, IndexDescription } from "./definition.ts"
import type { Filter } from "./filter.ts"
import type { DynamicPath, Path, PathValue, PlainPath } from "./path.ts"
import type { AnyProjection, CheckedProjection, Projected, Whole } from "./projection.ts"
import type { QueryBuilder } from "./query-builder.ts"
import type { BulkWriteResult, DeleteResult, IndexReport, InsertManyResult, UpdateResult } from "./results.ts"
import type { Sort } from "./sort.ts"
import type { Update } from "./update.ts"
import type { NewDocument, WithId } from "./value.ts"

/** The window and the order of a read, beside what every read takes. */
export interface FindOptions<T> extends ReadOptions {
  readonly sort?: Sort<T>
  /** @default 0 */
  readonly skip?: number
  /** At most so many; 0 is none, and no I/O. @default all */
  readonly limit?: number
}

/** As `FindOptions`, of one document. */
export type FindOneOptions<T> = Omit<FindOptions<T>, "limit">

/** A projection narrows the type of the result: `{ name: 1 }` includes, `{ secret: 0 }` excludes; `_id` comes unless it is excluded. */
export interface ProjectionOption<T, P> {
  /** @default the whole document */
  readonly projection?: P & CheckedProjection<T, P>
}

/** How `insertMany` goes on after a failure. */
export interface InsertManyOptions extends CallOptions {
  /** Stop at the first failure; else try all. @default true */
  readonly ordered?: boolean
}

/** What `updateOne`, `updateMany` and `replaceOne` take. */
export interface UpdateOptions extends CallOptions {
  /** Insert a document made of the filter's equalities and the update where none is found. @default false */
  readonly upsert?: boolean
}

/** What `ensureIndexes` takes. */
export interface EnsureIndexesOptions extends CallOptions {
  /** Does what the first use does: makes them, compares or leaves them by the `provision` of collection and store. @default false */
  readonly asConfigured?: boolean
}

/** How `bulkWrite` goes on after a failure. */
export interface BulkWriteOptions extends CallOptions {
  /** Stop at the first failure; else try all, in any order. @default true */
  readonly ordered?: boolean
}

/** What `findOneAndDelete` takes, beside a projection. */
export interface FindOneAndOptions<T> extends CallOptions {
  /** Which of the matches is written: the first in this order. */
  readonly sort?: Sort<T>
}

/** What `findOneAndUpdate` and `findOneAndReplace` take, beside a projection. */
export interface FindOneAndWriteOptions<T> extends FindOneAndOptions<T> {
  /** The document as it was, or as it is now. @default "before" */
  readonly returnDocument?: "before" | "after"
  /** @default false */
  readonly upsert?: boolean
}

/** Which page, how large, in which order. There is no `skip`: a page goes on from where the one before ended. */
export interface PageOptions<T> extends ReadOptions {
  readonly sort?: Sort<T>
  /** @default 20 */
  readonly size?: number
  /** The `next` of the page before. */
  readonly after?: string
}

/** The query to explain, and how deep. */
export interface ExplainOptions<T> extends FindOptions<T> {
  /** `"server"` asks the store about the native request as well. @default "plan" */
  readonly verbosity?: "plan" | "server"
}

/**
 * The documents of one name in one store. `T` is what is read, `I` what is inserted (they differ where a schema has defaults).
 *
 * @example
 * const users = store.collection<User>("users")
 * const id = await users.insertOne({ name: "Ada", age: 36 })
 * const adults = await users.find({ age: { $gte: 18 } }).toArray()
 */
export interface Collection<T, I = T> {
  readonly name: string

  /** Inserts a document and returns its id. `already-exists` when the id or a unique value is taken. */
  insertOne(document: NewDocument<I>, options?: CallOptions): Promise<string>
  /** Inserts all or throws an error whose `details` (a WriteProgress) say which were written. */
  insertMany(documents: readonly NewDocument<I>[], options?: InsertManyOptions): Promise<InsertManyResult>

  /** The document of this id, or null. */
  get(id: string, options?: ReadOptions): Promise<WithId<T> | null>
  /** The documents of these ids: same length and order, null where there is none, one request where the store has it. */
  getMany(ids: readonly string[], options?: ReadOptions): Promise<(WithId<T> | null)[]>
  /**
   * The first match in the order of `sort`, or any match; null where there is none.
   *
   * @example
   * const newest = await users.findOne({ role: "admin" }, { sort: { createdAt: -1 }, projection: { name: 1 } })
   * @throws NoSQLError `invalid-argument` for a filter or an option that is wrong, with its path; `unsupported` where the store cannot.
   */
  findOne<const P extends AnyProjection = Whole>(
    filter: Filter<T>,
    options?: FindOneOptions<T> & ProjectionOption<T, P>,
  ): Promise<Projected<T, P> | null>
  /**
   * A cursor over the matches; nothing is read before its first use. A wrong filter is refused at once.
   *
   * @example
   * const names = await users.find({ age: { $gte: 18 } }, { sort: { name: 1 }, limit: 20 }).map(({ name }) => name).toArray()
   * @throws NoSQLError `invalid-argument`, with its path; `unsupported` where the store cannot.
   */
  find<const P extends AnyProjection = Whole>(
    filter: Filter<T>,
    options?: FindOptions<T> & ProjectionOption<T, P>,
  ): Cursor<Projected<T, P>>
  /**
   * Begins a fluent query. Each method returns a new one; conditions hold together.
   *
   * @example
   * const page = await users.query().where("role", "admin").whereGte("age", 18).sortBy("name").page({ size: 20 })
   */
  query(): QueryBuilder<T, WithId<T>>
  /** How many match, exactly. */
  count(filter: Filter<T>, options?: ReadOptions): Promise<number>
  /** How many there are, from the store's statistics where it keeps them: fast, maybe a little old, expired documents included. */
  estimatedCount(options?: ReadOptions): Promise<number>
  /** Whether any document matches. */
  exists(filter: Filter<T>, options?: ReadOptions): Promise<boolean>
  /** The different values at a path, array elements singly: null, numbers, strings, booleans, dates, then the rest, each in order. */
  distinct<P extends Path<T> | DynamicPath>(
    path: P,
    filter?: Filter<T>,
    options?: ReadOptions,
  ): Promise<DistinctValue<PathValue<T, P>>[]>
  /**
   * One page in a total, stable order: `_id` ends every sort. Documents written meanwhile move no other from one page to the next.
   *
   * @example
   * const first = await users.page({ role: "admin" }, { size: 20, sort: { name: 1 } })
   * if (first.next) await users.page({ role: "admin" }, { size: 20, sort: { name: 1 }, after: first.next })
   * @throws NoSQLError `invalid-argument` for an `after` of another query, or one that was changed.
   */
  page(filter: Filter<T>, options?: PageOptions<T>): Promise<Page<WithId<T>>>
  /**
   * The documents that a path of `documents` refers to, by id, in batches and never one by one.
   *
   * @example
   * const authors = await posts.loadMany(page.items, "authorId", users)
   * for (const post of page.items) console.log(post.title, authors.get(post.authorId)?.name)
   */
  loadMany<R>(
    documents: readonly Partial<WithId<T>>[],
    path: Path<T> | DynamicPath,
    collection: Collection<R>,
    options?: ReadOptions,
  ): Promise<Map<string, WithId<R>>>

  /**
   * Changes one match by update operators; `upsert` makes a document where there is none.
   *
   * @example
   * await users.updateOne({ _id }, { $inc: { visits: 1 }, $set: { seenAt: new Date() } })
   * @throws NoSQLError `invalid-argument` where an operator meets a wrong type, with its path; `already-exists` for a unique value; `validation`.
   */
  updateOne(filter: Filter<T>, update: Update<T>, options?: UpdateOptions): Promise<UpdateResult>
  /** Changes all matches. Throws an error whose `details` (a WriteProgress) say how far it came. */
  updateMany(filter: Filter<T>, update: Update<T>, options?: UpdateOptions): Promise<UpdateResult>
  /** Puts another document in the place of one; its `_id` stays. */
  replaceOne(filter: Filter<T>, replacement: NewDocument<I>, options?: UpdateOptions): Promise<UpdateResult>
  /** Removes one match. */
  deleteOne(filter: Filter<T>, options?: CallOptions): Promise<DeleteResult>
  /** The filter is explicit: `{}` deletes all. */
  deleteMany(filter: Filter<T>, options?: CallOptions): Promise<DeleteResult>

  /** Updates one document and returns it, as it was unless `returnDocument` says otherwise; null where none was found (or inserted, seen before). */
  findOneAndUpdate<const P extends AnyProjection = Whole>(
    filter: Filter<T>,
    update: Update<T>,
    options?: FindOneAndWriteOptions<T> & ProjectionOption<T, P>,
  ): Promise<Projected<T, P> | null>
  /** As `findOneAndUpdate`, with a whole document in the place of the one found; its `_id` stays. */
  findOneAndReplace<const P extends AnyProjection = Whole>(
    filter: Filter<T>,
    replacement: NewDocument<I>,
    options?: FindOneAndWriteOptions<T> & ProjectionOption<T, P>,
  ): Promise<Projected<T, P> | null>
  /** Removes one document and returns it; null where there is none. */
  findOneAndDelete<const P extends AnyProjection = Whole>(
    filter: Filter<T>,
    options?: FindOneAndOptions<T> & ProjectionOption<T, P>,
  ): Promise<Projected<T, P> | null>

  /**
   * Runs many writes, in one request where the store has it. All are checked before the first is sent: a wrong one is told by `details.item`.
   *
   * @example
   * await users.bulkWrite([
   *   { insertOne: { document: { name: "Ada" } } },
   *   { updateMany: { filter: { role: "guest" }, update: { $set: { role: "user" } } } },
   *   { deleteOne: { filter: { _id } } },
   * ])
   * @throws NoSQLError with the code of the first failure, and `details` (a WriteProgress) by index.
   */
  bulkWrite(operations: readonly BulkOperation<T, I>[], options?: BulkWriteOptions): Promise<BulkWriteResult>

  /** The plan of `find(filter, options)`. Nothing is run. */
  explain(filter: Filter<T>, options?: ExplainOptions<T>): Promise<Explanation>

  /**
   * Makes an index that is not in the declaration and returns its name; one that is there already is left, whatever its name.
   *
   * @throws NoSQLError `failed-precondition` where the name is that of another index; `already-exists` where two documents share a value of a unique one.
   */
  createIndex(index: IndexDefinition<PlainPath<T> | DynamicPath>, options?: CallOptions): Promise<string>
  /** The indexes that the store has, declared or not; that of `_id` is not among them. */
  listIndexes(options?: CallOptions): Promise<IndexDescription[]>
  /**
   * False where there was none of this name.
   *
   * @throws NoSQLError `invalid-argument` for `_id_`, the index of `_id`, which stays.
   */
  dropIndex(name: string, options?: CallOptions): Promise<boolean>
  /** Makes the declared indexes that are missing; what is there with other options is left and reported. */
  ensureIndexes(options?: EnsureIndexesOptions): Promise<IndexReport>
  /** Makes the collection with its declared indexes, where it is not there yet. Stores that make collections by writing need no call. */
  createCollection(options?: CallOptions): Promise<IndexReport>
}

/** An array's elements come singly. */
export type DistinctValue<V> = V extends readonly (infer E)[] ? E : V
