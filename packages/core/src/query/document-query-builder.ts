import type {
  CallOptions,
  Cursor,
  DeleteResult,
  Explanation,
  Filter,
  Page,
  QueryBuilder,
  ScanPolicy,
  TextOptions,
  Update,
  UpdateResult,
} from "@nosql/contracts"
import { and, type FilterNode, not } from "../ast/filter.ts"
import type { FilterOperator } from "../parse/filter-operators.ts"
import { parseCondition, parseFilter } from "../parse/parse-filter.ts"
import type { QueryOptions } from "../parse/parse-query.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"

type BuilderOptions = QueryOptions & CallOptions

/** What the builder's terminals call: the collection, by AST. */
export interface QueryTarget {
  context(operation: string): CallContext
  find(filter: FilterNode, options: BuilderOptions): Cursor<unknown>
  count(filter: FilterNode, options: CallOptions): Promise<number>
  page(
    filter: FilterNode,
    options: BuilderOptions & { size?: number; after?: string },
  ): Promise<Page<unknown>>
  explain(filter: FilterNode, options: BuilderOptions): Explanation
  updateMany(filter: FilterNode, update: unknown, options: CallOptions): Promise<UpdateResult>
  deleteMany(filter: FilterNode, options: CallOptions): Promise<DeleteResult>
}

interface State {
  readonly filters: readonly FilterNode[]
  readonly options: BuilderOptions
}

type Builder<T, R> = QueryBuilder<T, R>

/** The fluent query: immutable, each step a new builder, all conditions AND-ed. */
export class DocumentQueryBuilder<T, R> implements QueryBuilder<T, R> {
  readonly #target: QueryTarget
  readonly #state: State

  constructor(target: QueryTarget, state: State = { filters: [], options: {} }) {
    this.#target = target
    this.#state = state
  }

  where(path: string, value: unknown): Builder<T, R> {
    return this.#operators(path, { $eq: value })
  }
  whereNe(path: string, value: unknown): Builder<T, R> {
    return this.#operators(path, { $ne: value })
  }
  whereGt(path: string, value: unknown): Builder<T, R> {
    return this.#operators(path, { $gt: value })
  }
  whereGte(path: string, value: unknown): Builder<T, R> {
    return this.#operators(path, { $gte: value })
  }
  whereLt(path: string, value: unknown): Builder<T, R> {
    return this.#operators(path, { $lt: value })
  }
  whereLte(path: string, value: unknown): Builder<T, R> {
    return this.#operators(path, { $lte: value })
  }
  whereBetween(path: string, low: unknown, high: unknown): Builder<T, R> {
    return this.#operators(path, { $gte: low, $lte: high })
  }
  whereIn(path: string, values: readonly unknown[]): Builder<T, R> {
    return this.#operators(path, { $in: values })
  }
  whereNotIn(path: string, values: readonly unknown[]): Builder<T, R> {
    return this.#operators(path, { $nin: values })
  }
  whereExists(path: string, exists = true): Builder<T, R> {
    return this.#operators(path, { $exists: exists })
  }
  whereType(path: string, type: unknown): Builder<T, R> {
    return this.#operators(path, { $type: type })
  }
  whereRegex(path: string, pattern: unknown, flags?: unknown): Builder<T, R> {
    return this.#operators(path, { $regex: pattern, ...(flags === undefined ? {} : { $options: flags }) })
  }
  whereStartsWith(path: string, prefix: unknown): Builder<T, R> {
    return this.#operators(path, { $startsWith: prefix })
  }
  whereContains(path: string, value: unknown): Builder<T, R> {
    return this.#operators(path, { $contains: value })
  }
  whereContainsAny(path: string, values: unknown): Builder<T, R> {
    return this.#operators(path, { $containsAny: values })
  }
  whereAll(path: string, values: unknown): Builder<T, R> {
    return this.#operators(path, { $all: values })
  }
  whereSize(path: string, size: unknown): Builder<T, R> {
    return this.#operators(path, { $size: size })
  }
  whereElemMatch(path: string, condition: unknown): Builder<T, R> {
    return this.#operators(path, { $elemMatch: condition })
  }
  whereText(search: string, options: TextOptions = {}): Builder<T, R> {
    const named = Object.entries(options).map(([name, value]) => [`$${name}`, value])
    return this.#filter(
      parseFilter({ $text: { ...Object.fromEntries(named), $search: search } }, this.#context()),
    )
  }

  whereNot(path: string, condition: unknown): Builder<T, R> {
    return this.#filter(not(parseCondition(path, condition, this.#context())))
  }

  andWhere(...filters: readonly Filter<T>[]): Builder<T, R> {
    return this.#filter(parseFilter({ $and: filters }, this.#context()))
  }

  orWhere(...filters: readonly Filter<T>[]): Builder<T, R> {
    return this.#filter(parseFilter({ $or: filters }, this.#context()))
  }

  norWhere(...filters: readonly Filter<T>[]): Builder<T, R> {
    return this.#filter(parseFilter({ $nor: filters }, this.#context()))
  }

  select(...fields: readonly string[]): Builder<T, never> {
    return this.#with({ select: fields }) as unknown as Builder<T, never>
  }

  sortBy(path: string, direction: "asc" | "desc" = "asc"): Builder<T, R> {
    const sort = (this.#state.options.sort ?? {}) as Record<string, unknown>
    if (Object.hasOwn(sort, path))
      throw argumentError(this.#target.context("query"), path, "is sorted by already")
    return this.#with({ sort: { ...sort, [path]: direction } })
  }

  skip(count: number): Builder<T, R> {
    return this.#with({ skip: count })
  }
  limit(count: number): Builder<T, R> {
    return this.#with({ limit: count })
  }
  scans(policy: ScanPolicy): Builder<T, R> {
    return this.#with({ scans: policy })
  }

  [Symbol.asyncIterator](): AsyncIterator<R> {
    return this.#cursor()[Symbol.asyncIterator]()
  }
  async toArray(): Promise<R[]> {
    return this.#cursor().toArray()
  }

  async first(): Promise<R | null> {
    const limit = Math.min(1, this.#state.options.limit ?? 1)
    return (this.#target.find(this.#all(), { ...this.#state.options, limit }) as Cursor<R>).first()
  }

  async count(): Promise<number> {
    this.#refuseWindow("count")
    return this.#target.count(this.#all(), this.#state.options)
  }

  async page(options: { size?: number; after?: string } = {}): Promise<Page<R>> {
    return (await this.#target.page(this.#all(), { ...this.#state.options, ...options })) as Page<R>
  }

  explain(): Explanation {
    return this.#target.explain(this.#all(), this.#state.options)
  }

  async updateMany(update: Update<T>): Promise<UpdateResult> {
    this.#refuseWindow("updateMany")
    return this.#target.updateMany(this.#all(), update, this.#state.options)
  }

  async deleteMany(): Promise<DeleteResult> {
    this.#refuseWindow("deleteMany")
    return this.#target.deleteMany(this.#all(), this.#state.options)
  }

  #cursor(): Cursor<R> {
    return this.#target.find(this.#all(), this.#state.options) as Cursor<R>
  }

  #all(): FilterNode {
    return and(this.#state.filters)
  }

  /** The operators are the method's own; what the caller gives is an operand and never parsed as more. */
  #operators(
    path: string,
    operators: { readonly [O in FilterOperator | "$options"]?: unknown },
  ): Builder<T, R> {
    return this.#filter(parseCondition(path, operators, this.#context()))
  }

  #context(): CallContext {
    return this.#target.context("query")
  }

  #filter(filter: FilterNode): Builder<T, R> {
    return new DocumentQueryBuilder<T, R>(this.#target, {
      ...this.#state,
      filters: [...this.#state.filters, filter],
    })
  }

  #with(options: BuilderOptions): Builder<T, R> {
    return new DocumentQueryBuilder<T, R>(this.#target, {
      ...this.#state,
      options: { ...this.#state.options, ...options },
    })
  }

  /** A clause that the terminal would drop is refused instead: `limit(5).deleteMany()` must not delete all. */
  #refuseWindow(operation: string): void {
    for (const clause of ["skip", "limit", "select"] as const) {
      if (this.#state.options[clause] === undefined) continue
      throw argumentError(
        this.#target.context(operation),
        clause,
        `has no meaning for ${operation}; leave it out`,
      )
    }
  }
}
