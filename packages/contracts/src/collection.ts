import type { Explanation, ScanPolicy } from "./access.ts"
import type { Cursor, Page } from "./cursor.ts"
import type { Filter } from "./filter.ts"
import type { QueryBuilder } from "./query-builder.ts"
import type { DeleteResult, InsertManyResult, Selected, UpdateResult } from "./results.ts"
import type { Sort } from "./sort.ts"
import type { Update } from "./update.ts"
import type { NewDocument, WithId } from "./value.ts"

export interface CallOptions {
  /** Overrides the collection's and the store's scan policy. */
  readonly scans?: ScanPolicy
  /** Ends the operation with `aborted`. */
  readonly signal?: AbortSignal
}

export interface FindOptions<T> extends CallOptions {
  readonly sort?: Sort<T>
  /** @default 0 */
  readonly skip?: number
  /** At most so many; 0 is none, and no I/O. @default all */
  readonly limit?: number
}

/** Options of a query that returns only some top-level fields; `_id` comes always. */
export interface SelectOptions<K extends string> {
  readonly select: readonly K[]
}

export interface PageOptions<T> extends CallOptions {
  readonly sort?: Sort<T>
  /** @default 20 */
  readonly size?: number
  /** The `next` of the page before. */
  readonly after?: string
}

/** The documents of one name in one store. */
export interface Collection<T> {
  readonly name: string
  /** Inserts a document and returns its id. `already-exists` when the id or a unique value is taken. */
  insertOne(document: NewDocument<T>, options?: CallOptions): Promise<string>
  /** Inserts in order and stops at the first failure; the error's `details` say what was written. */
  insertMany(documents: readonly NewDocument<T>[], options?: CallOptions): Promise<InsertManyResult>
  /** The document of this id, or null. */
  get(id: string, options?: CallOptions): Promise<WithId<T> | null>
  findOne<const K extends keyof WithId<T> & string>(
    filter: Filter<T>,
    options: Omit<FindOptions<T>, "limit"> & SelectOptions<K>,
  ): Promise<Selected<T, K> | null>
  findOne(filter: Filter<T>, options?: Omit<FindOptions<T>, "limit">): Promise<WithId<T> | null>
  find<const K extends keyof WithId<T> & string>(
    filter: Filter<T>,
    options: FindOptions<T> & SelectOptions<K>,
  ): Cursor<Selected<T, K>>
  find(filter: Filter<T>, options?: FindOptions<T>): Cursor<WithId<T>>
  /** Begins a fluent query. */
  query(): QueryBuilder<T, WithId<T>>
  count(filter: Filter<T>, options?: CallOptions): Promise<number>
  updateOne(filter: Filter<T>, update: Update<T>, options?: CallOptions): Promise<UpdateResult>
  updateMany(filter: Filter<T>, update: Update<T>, options?: CallOptions): Promise<UpdateResult>
  deleteOne(filter: Filter<T>, options?: CallOptions): Promise<DeleteResult>
  /** The filter is explicit: `{}` deletes all. */
  deleteMany(filter: Filter<T>, options?: CallOptions): Promise<DeleteResult>
  /** One page in a total, stable order: `_id` ends every sort. */
  page(filter: Filter<T>, options?: PageOptions<T>): Promise<Page<WithId<T>>>
  /** The plan of `find(filter, options)`. Nothing is run. */
  explain(filter: Filter<T>, options?: FindOptions<T>): Explanation
}
