import type {
  Collection,
  Consistency,
  Cursor,
  DeleteResult,
  DocumentQuery,
  Explanation,
  Filter,
  Page,
  ParsedFilter,
  QueryBuilder,
  ScanPolicy,
  TextOptions,
  Update,
  UpdateResult,
} from "@nosql/contracts"
import { and, type FilterNode, not } from "../ast/filter.ts"
import { parsedFilter } from "../ast/parsed-filter.ts"
import type { FilterOperator } from "../parse/filter-operators.ts"
import { unordered } from "../parse/ordered-pairs.ts"
import { hasOperators, parseCondition, parseFilter } from "../parse/parse-filter.ts"
import { parsePath } from "../parse/parse-path.ts"
import { wholeNumber } from "../parse/parse-query.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { isPlainObject } from "../values/plain-object.ts"

/** What has been said so far, as the options of `find` and `page` take it. */
interface Clauses {
  /** Pairs where an object would not hold their order. */
  readonly sort?: Readonly<Record<string, 1 | -1>> | readonly (readonly [string, 1 | -1])[]
  readonly skip?: number
  readonly limit?: number
  readonly projection?: Readonly<Record<string, 0 | 1>>
  readonly after?: string
  readonly scans?: ScanPolicy
  readonly consistency?: Consistency
}

interface State {
  readonly filters: readonly FilterNode[]
  readonly clauses: Clauses
}

type Builder<T, R> = QueryBuilder<T, R>

/** The fluent query: immutable, each step a new builder, all conditions AND-ed. */
export class DocumentQueryBuilder<T, R> implements QueryBuilder<T, R> {
  readonly #target: Collection<T>
  readonly #context: CallContext
  readonly #state: State

  constructor(target: Collection<T>, context: CallContext, state: State = { filters: [], clauses: {} }) {
    this.#target = target
    this.#context = context
    this.#state = state
  }

  where(path: string, value: unknown, ...more: readonly unknown[]): Builder<T, R> {
    if (more.length > 0) {
      parsePath(path, this.#context)
      throw argumentError(this.#context, path, "where takes a path and a value; write whereGt and the like")
    }
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
    return this.#filter(parseCondition(path, { $elemMatch: condition }, this.#context))
  }
  whereText(search: string, options: TextOptions = {}): Builder<T, R> {
    if (!isPlainObject(options)) throw argumentError(this.#context, "$text", "takes its options as an object")
    const named = Object.entries(options).map(([name, value]) => [`$${name}`, value])
    return this.#filter(
      parseFilter({ $text: { ...Object.fromEntries(named), $search: search } }, this.#context),
    )
  }

  whereNot(path: string, condition: unknown): Builder<T, R> {
    return this.#filter(not(parseCondition(path, condition, this.#context)))
  }

  andWhere(...filters: readonly Filter<T>[]): Builder<T, R> {
    return this.#filter(parseFilter({ $and: filters }, this.#context))
  }

  orWhere(...filters: readonly Filter<T>[]): Builder<T, R> {
    return this.#filter(parseFilter({ $or: filters }, this.#context))
  }

  norWhere(...filters: readonly Filter<T>[]): Builder<T, R> {
    return this.#filter(parseFilter({ $nor: filters }, this.#context))
  }

  select(...paths: readonly string[]): Builder<T, never> {
    return this.#project(paths, 1)
  }

  exclude(...paths: readonly string[]): Builder<T, never> {
    return this.#project(paths, 0)
  }

  sortBy(path: string, direction: "asc" | "desc" = "asc"): Builder<T, R> {
    const { sort = {} } = this.#state.clauses
    const keys: readonly (readonly [string, 1 | -1])[] = isPairs(sort) ? sort : Object.entries(sort)
    parsePath(path, this.#context)
    if (keys.some(([key]) => key === path)) throw argumentError(this.#context, path, "is sorted by already")
    if (direction !== "asc" && direction !== "desc")
      throw argumentError(this.#context, path, 'a direction is "asc" or "desc"')
    const next = [...keys, [path, direction === "asc" ? 1 : -1] as const]
    return this.#with({ sort: unordered(next) === undefined ? Object.fromEntries(next) : next })
  }

  skip(count: number): Builder<T, R> {
    return this.#with({ skip: wholeNumber("skip", count, this.#context) })
  }
  limit(count: number): Builder<T, R> {
    return this.#with({ limit: wholeNumber("limit", count, this.#context) })
  }
  after(cursor: string): Builder<T, R> {
    return this.#with({ after: cursor })
  }
  scans(policy: ScanPolicy): Builder<T, R> {
    return this.#with({ scans: policy })
  }
  consistency(consistency: Consistency): Builder<T, R> {
    return this.#with({ consistency })
  }

  build(): DocumentQuery {
    const { sort, ...clauses } = this.#state.clauses
    if (sort !== undefined && isPairs(sort)) {
      const context = { ...this.#context, operation: "build" }
      throw argumentError(context, "sort", "an object does not hold this order of keys; run the query itself")
    }
    return Object.freeze({ filter: this.#all(), ...(sort === undefined ? {} : { sort }), ...clauses })
  }

  [Symbol.asyncIterator](): AsyncIterator<R> {
    return this.#cursor()[Symbol.asyncIterator]()
  }
  async toArray(): Promise<R[]> {
    return this.#cursor().toArray()
  }

  async first(): Promise<R | null> {
    const { limit = 1 } = this.#state.clauses
    return this.#with({ limit: Math.min(1, limit) })
      .#cursor()
      .first()
  }

  async count(): Promise<number> {
    return this.#target.count(this.#all(), this.#only("count", "consistency"))
  }

  async exists(): Promise<boolean> {
    return this.#target.exists(this.#all(), this.#only("exists", "consistency"))
  }

  async page(options: { size?: number; after?: string } = {}): Promise<Page<R>> {
    return (await this.#target.page(this.#all(), {
      ...this.#state.clauses,
      ...options,
    } as object)) as Page<never>
  }

  async explain(options: { verbosity?: "plan" | "server" } = {}): Promise<Explanation> {
    const clauses = this.#only("explain", "sort", "skip", "limit", "projection", "consistency")
    return this.#target.explain(this.#all(), { ...clauses, ...options })
  }

  async updateMany(update: Update<T>): Promise<UpdateResult> {
    return this.#target.updateMany(this.#all(), update, this.#only("updateMany"))
  }

  async deleteMany(): Promise<DeleteResult> {
    return this.#target.deleteMany(this.#all(), this.#only("deleteMany"))
  }

  #cursor(): Cursor<R> {
    if (this.#state.clauses.after !== undefined)
      throw argumentError(
        this.#context,
        "after",
        "goes with page(); to read on from a page, ask for the next page",
      )
    return this.#target.find(this.#all(), this.#state.clauses as object) as Cursor<never>
  }

  #all(): ParsedFilter {
    return parsedFilter(and(this.#state.filters))
  }

  /** The operators are the method's own; what the caller gives is an operand and never parsed as more. */
  #operators(
    path: string,
    operators: { readonly [O in FilterOperator | "$options"]?: unknown },
  ): Builder<T, R> {
    parsePath(path, this.#context)
    const holds = (operand: unknown) =>
      hasOperators(operand) || (Array.isArray(operand) && operand.some(hasOperators))
    if (Object.values(operators).some(holds))
      throw argumentError(
        this.#context,
        path,
        "takes values, never operators; write whereGt and the like, or andWhere({ … })",
      )
    return this.#filter(parseCondition(path, operators, this.#context))
  }

  #filter(filter: FilterNode): Builder<T, R> {
    const { filters, clauses } = this.#state
    return new DocumentQueryBuilder<T, R>(this.#target, this.#context, {
      filters: [...filters, filter],
      clauses,
    })
  }

  #with(clauses: Clauses): DocumentQueryBuilder<T, R> {
    const state = { ...this.#state, clauses: { ...this.#state.clauses, ...clauses } }
    return new DocumentQueryBuilder<T, R>(this.#target, this.#context, state)
  }

  #project(paths: readonly string[], value: 0 | 1): Builder<T, never> {
    for (const path of paths) parsePath(path, this.#context)
    if (this.#state.clauses.projection !== undefined)
      throw argumentError(
        this.#context,
        "projection",
        "select or exclude stands once; name all paths in one call",
      )
    const projection = Object.fromEntries(paths.map((path) => [path, value]))
    // Selecting nothing is selecting the _id alone.
    const chosen = value === 1 && paths.length === 0 ? { _id: 1 as const } : projection
    return this.#with({ projection: chosen }) as unknown as Builder<T, never>
  }

  /** The clauses that a terminal has a meaning for. One that it would drop is refused: `limit(5).deleteMany()` must not delete all. */
  #only(operation: string, ...allowed: readonly (keyof Clauses)[]): { scans?: ScanPolicy } {
    const { clauses } = this.#state
    for (const clause of Object.keys(clauses) as (keyof Clauses)[]) {
      if (clause === "scans" || allowed.includes(clause)) continue
      const context = { ...this.#context, operation }
      throw argumentError(context, clause, `has no meaning for ${operation}; leave it out`)
    }
    return clauses
  }
}

function isPairs(sort: NonNullable<Clauses["sort"]>): sort is readonly (readonly [string, 1 | -1])[] {
  return Array.isArray(sort)
}
