import type {
  CallOptions,
  Cursor,
  DeleteResult,
  Explanation,
  Filter,
  Page,
  QueryBuilder,
  ScanPolicy,
  Update,
  UpdateResult,
} from "@nosql/contracts"
import { and, type FilterNode, not, or } from "../ast/filter.ts"
import { type FilterOperator, filterOperators, parseCondition, parseFilter } from "../parse/parse-filter.ts"
import { parsePath } from "../parse/parse-path.ts"
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
    return this.#operator("$eq", path, value)
  }
  whereNe(path: string, value: unknown): Builder<T, R> {
    return this.#operator("$ne", path, value)
  }
  whereGt(path: string, value: unknown): Builder<T, R> {
    return this.#operator("$gt", path, value)
  }
  whereGte(path: string, value: unknown): Builder<T, R> {
    return this.#operator("$gte", path, value)
  }
  whereLt(path: string, value: unknown): Builder<T, R> {
    return this.#operator("$lt", path, value)
  }
  whereLte(path: string, value: unknown): Builder<T, R> {
    return this.#operator("$lte", path, value)
  }
  whereIn(path: string, values: readonly unknown[]): Builder<T, R> {
    return this.#operator("$in", path, values)
  }
  whereNotIn(path: string, values: readonly unknown[]): Builder<T, R> {
    return this.#operator("$nin", path, values)
  }
  whereExists(path: string, exists = true): Builder<T, R> {
    return this.#operator("$exists", path, exists)
  }

  whereNot(path: string, condition: unknown): Builder<T, R> {
    const context = this.#target.context("query")
    return this.#filter(not(parseCondition(parsePath(path, context), path, condition, context)))
  }

  andWhere(...filters: readonly Filter<T>[]): Builder<T, R> {
    return this.#filter(and(this.#parse(filters)))
  }

  orWhere(...filters: readonly Filter<T>[]): Builder<T, R> {
    return this.#filter(or(this.#parse(filters)))
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

  #operator(operator: FilterOperator, path: string, operand: unknown): Builder<T, R> {
    const context = this.#target.context("query")
    return this.#filter(filterOperators[operator](parsePath(path, context), path, operand, context))
  }

  #parse(filters: readonly unknown[]): FilterNode[] {
    return filters.map((filter) => parseFilter(filter, this.#target.context("query")))
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
