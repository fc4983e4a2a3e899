import type { Explanation, ScanPolicy } from "./access.ts"
import type { Page } from "./cursor.ts"
import type { Condition, Filter } from "./filter.ts"
import type { Path, PathValue } from "./path.ts"
import type { DeleteResult, Selected, UpdateResult } from "./results.ts"
import type { Update } from "./update.ts"
import type { Orderable, WithId } from "./value.ts"

type Range<V> = Extract<V, Orderable> extends number | bigint ? number | bigint : Extract<V, Orderable>

/**
 * A query, put together step by step. Every step returns a new builder; conditions all hold together.
 * `where…` takes values, never operators, so input from outside cannot become code.
 *
 * @example
 * const page = await users.query().where("status", "active").whereGte("age", 18).sortBy("age", "desc").page({ size: 20 })
 */
export interface QueryBuilder<T, R> {
  where<P extends Path<WithId<T>>>(path: P, value: PathValue<WithId<T>, P> | null): QueryBuilder<T, R>
  whereNe<P extends Path<WithId<T>>>(path: P, value: PathValue<WithId<T>, P> | null): QueryBuilder<T, R>
  whereGt<P extends Path<WithId<T>>>(path: P, value: Range<PathValue<WithId<T>, P>>): QueryBuilder<T, R>
  whereGte<P extends Path<WithId<T>>>(path: P, value: Range<PathValue<WithId<T>, P>>): QueryBuilder<T, R>
  whereLt<P extends Path<WithId<T>>>(path: P, value: Range<PathValue<WithId<T>, P>>): QueryBuilder<T, R>
  whereLte<P extends Path<WithId<T>>>(path: P, value: Range<PathValue<WithId<T>, P>>): QueryBuilder<T, R>
  whereIn<P extends Path<WithId<T>>>(
    path: P,
    values: readonly (PathValue<WithId<T>, P> | null)[],
  ): QueryBuilder<T, R>
  whereNotIn<P extends Path<WithId<T>>>(
    path: P,
    values: readonly (PathValue<WithId<T>, P> | null)[],
  ): QueryBuilder<T, R>
  whereExists<P extends Path<WithId<T>>>(path: P, exists?: boolean): QueryBuilder<T, R>
  /** The exact complement of a condition on one path. */
  whereNot<P extends Path<WithId<T>>>(
    path: P,
    condition: Condition<PathValue<WithId<T>, P>>,
  ): QueryBuilder<T, R>
  /** All of these filters hold as well. */
  andWhere(...filters: readonly Filter<T>[]): QueryBuilder<T, R>
  /** One of these filters holds as well; none given is none matching. */
  orWhere(...filters: readonly Filter<T>[]): QueryBuilder<T, R>
  /** Only these top-level fields, and `_id`. */
  select<const K extends keyof WithId<T> & string>(...fields: readonly K[]): QueryBuilder<T, Selected<T, K>>
  sortBy(path: Path<WithId<T>>, direction?: "asc" | "desc"): QueryBuilder<T, R>
  skip(count: number): QueryBuilder<T, R>
  limit(count: number): QueryBuilder<T, R>
  scans(policy: ScanPolicy): QueryBuilder<T, R>
  [Symbol.asyncIterator](): AsyncIterator<R>
  toArray(): Promise<R[]>
  first(): Promise<R | null>
  count(): Promise<number>
  page(options?: { readonly size?: number; readonly after?: string }): Promise<Page<R>>
  explain(): Explanation
  updateMany(update: Update<T>): Promise<UpdateResult>
  deleteMany(): Promise<DeleteResult>
}
