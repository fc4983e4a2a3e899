import type { Consistency, Explanation, ScanPolicy } from "./access.ts"
import type { Page } from "./cursor.ts"
import type {
  Condition,
  ElementCondition,
  ElementOf,
  Filter,
  ParsedFilter,
  RangeOperand,
  TextOptions,
  TypeName,
} from "./filter.ts"
import type {
  ArrayPath,
  DynamicPath,
  IfDynamic,
  OrderablePath,
  Path,
  PathValue,
  PlainPath,
  StringPath,
} from "./path.ts"
import type { Excluded, Selected } from "./projection.ts"
import type { DeleteResult, UpdateResult } from "./results.ts"
import type { SortPath } from "./sort.ts"
import type { Update } from "./update.ts"

type AnyPath<T> = Path<T> | DynamicPath
type PathToRange<T> = OrderablePath<T> | "_id" | DynamicPath
type PathToArray<T> = ArrayPath<T> | DynamicPath
type PathToString<T> = StringPath<T> | DynamicPath
type RangeAt<T, P> = IfDynamic<P, RangeOperand<PathValue<T, P>>>
type ElementAt<T, P> = IfDynamic<P, ElementOf<PathValue<T, P>>>

/** What a builder builds: frozen plain data. Its filter goes wherever a filter goes, the rest is options of `find` (with `after`: of `page`). */
export interface DocumentQuery {
  readonly filter: ParsedFilter
  readonly sort?: Readonly<Record<string, 1 | -1>>
  readonly skip?: number
  readonly limit?: number
  readonly projection?: Readonly<Record<string, 0 | 1>>
  readonly after?: string
  readonly scans?: ScanPolicy
  readonly consistency?: Consistency
}

/**
 * A query, put together step by step. Every step returns a new builder; conditions all hold together.
 * `where…` takes values, never operators, so input from outside cannot become code (`whereNot`, `whereElemMatch` and the groups take code).
 *
 * @example
 * const page = await users.query().where("status", "active").whereGte("age", 18).sortBy("age", "desc").page({ size: 20 })
 */
export interface QueryBuilder<T, R> {
  where<P extends AnyPath<T>>(path: P, value: PathValue<T, P> | null): QueryBuilder<T, R>
  whereNe<P extends AnyPath<T>>(path: P, value: PathValue<T, P> | null): QueryBuilder<T, R>
  whereGt<P extends PathToRange<T>>(path: P, value: RangeAt<T, P>): QueryBuilder<T, R>
  whereGte<P extends PathToRange<T>>(path: P, value: RangeAt<T, P>): QueryBuilder<T, R>
  whereLt<P extends PathToRange<T>>(path: P, value: RangeAt<T, P>): QueryBuilder<T, R>
  whereLte<P extends PathToRange<T>>(path: P, value: RangeAt<T, P>): QueryBuilder<T, R>
  /** At least `low` and at most `high`. */
  whereBetween<P extends PathToRange<T>>(path: P, low: RangeAt<T, P>, high: RangeAt<T, P>): QueryBuilder<T, R>
  whereIn<P extends AnyPath<T>>(path: P, values: readonly (PathValue<T, P> | null)[]): QueryBuilder<T, R>
  whereNotIn<P extends AnyPath<T>>(path: P, values: readonly (PathValue<T, P> | null)[]): QueryBuilder<T, R>
  whereExists(path: AnyPath<T>, exists?: boolean): QueryBuilder<T, R>
  /** Of this kind, or of one of these. */
  whereType(path: AnyPath<T>, type: TypeName | readonly TypeName[]): QueryBuilder<T, R>
  /** A string that holds a match of the pattern, in the portable subset; flags out of `ims`. */
  whereRegex(path: PathToString<T>, pattern: string, flags?: string): QueryBuilder<T, R>
  /** The store's own full-text search, where it has one. */
  whereText(search: string, options?: TextOptions): QueryBuilder<T, R>
  whereStartsWith(path: PathToString<T>, prefix: string): QueryBuilder<T, R>
  /** An array that holds this value. */
  whereContains<P extends PathToArray<T>>(path: P, value: ElementAt<T, P> | null): QueryBuilder<T, R>
  /** An array that holds one of these values at least; none given is none matching. */
  whereContainsAny<P extends PathToArray<T>>(
    path: P,
    values: readonly (ElementAt<T, P> | null)[],
  ): QueryBuilder<T, R>
  /** An array that holds all of these values; none given is none matching. */
  whereAll<P extends PathToArray<T>>(path: P, values: readonly (ElementAt<T, P> | null)[]): QueryBuilder<T, R>
  /** An array of so many elements. */
  whereSize(path: PathToArray<T>, size: number): QueryBuilder<T, R>
  /** An array with an element that fulfils this. It is code, as a filter is. */
  whereElemMatch<P extends PathToArray<T>>(
    path: P,
    condition: ElementCondition<ElementAt<T, P>>,
  ): QueryBuilder<T, R>
  /** The exact complement of a condition on one path. It is code, as a filter is. */
  whereNot<P extends AnyPath<T>>(path: P, condition: Condition<PathValue<T, P>>): QueryBuilder<T, R>
  /** All of these filters hold as well. */
  andWhere(...filters: readonly Filter<T>[]): QueryBuilder<T, R>
  /** One of these filters holds as well; none given is none matching. */
  orWhere(...filters: readonly Filter<T>[]): QueryBuilder<T, R>
  /** None of these filters holds. */
  norWhere(...filters: readonly Filter<T>[]): QueryBuilder<T, R>
  /** Only these fields, and `_id`. */
  select<const P extends PlainPath<T> | DynamicPath = never>(
    ...paths: readonly P[]
  ): QueryBuilder<T, Selected<T, P>>
  /** All but these fields; `select` and `exclude` stand once in a query. */
  exclude<const P extends PlainPath<T> | DynamicPath = never>(
    ...paths: readonly P[]
  ): QueryBuilder<T, Excluded<T, P>>
  sortBy(path: SortPath<T> | DynamicPath, direction?: "asc" | "desc"): QueryBuilder<T, R>
  skip(count: number): QueryBuilder<T, R>
  limit(count: number): QueryBuilder<T, R>
  /** Goes on behind a page: its `next`. For `page()`. */
  after(cursor: string): QueryBuilder<T, R>
  scans(policy: ScanPolicy): QueryBuilder<T, R>
  consistency(consistency: Consistency): QueryBuilder<T, R>
  /**
   * The query so far, as plain data; `encodeAst` and `decodeAst` carry it as text.
   *
   * @example
   * const { filter, ...options } = users.query().where("status", "active").limit(10).build()
   * const found = await users.find(filter, options).toArray()
   */
  build(): DocumentQuery
  [Symbol.asyncIterator](): AsyncIterator<R>
  toArray(): Promise<R[]>
  first(): Promise<R | null>
  count(): Promise<number>
  exists(): Promise<boolean>
  page(options?: { readonly size?: number; readonly after?: string }): Promise<Page<R>>
  explain(options?: { readonly verbosity?: "plan" | "server" }): Promise<Explanation>
  updateMany(update: Update<T>): Promise<UpdateResult>
  deleteMany(): Promise<DeleteResult>
}
