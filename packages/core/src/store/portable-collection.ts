import {
  type CallOptions,
  type Collection,
  type Cursor,
  type DeleteResult,
  type Document,
  type Explanation,
  type Filter,
  type FindOptions,
  type InsertManyResult,
  type NewDocument,
  NoSQLError,
  type Page,
  type PageOptions,
  type QueryBuilder,
  type Update,
  type UpdateResult,
  type WithId,
} from "@nosql/contracts"
import { and, compare, type FilterNode } from "../ast/filter.ts"
import { fold } from "../ast/fold.ts"
import type { Query } from "../ast/query.ts"
import type { Capabilities } from "../driver/capabilities.ts"
import { checkSupport } from "../driver/check-support.ts"
import type { CollectionInfo } from "../driver/collection-info.ts"
import type { DriverCall, DriverStore } from "../driver/driver.ts"
import { featuresOfFilter, featuresOfQuery, featuresOfUpdate } from "../driver/features-of.ts"
import type { FindPlan, WriteRequest } from "../driver/plan.ts"
import { finishQuery } from "../evaluate/finish-query.ts"
import { projectDocument } from "../evaluate/project-document.ts"
import { parseFilter } from "../parse/parse-filter.ts"
import { parseQuery, type QueryOptions, wholeNumber } from "../parse/parse-query.ts"
import { parseSort } from "../parse/parse-sort.ts"
import { parseUpdate } from "../parse/parse-update.ts"
import { DocumentQueryBuilder } from "../query/document-query-builder.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { normalizeDocument } from "../values/normalize-value.ts"
import { checkFields } from "./check-fields.ts"
import { checkUpdate } from "./check-update.ts"
import type { ConnectOptions } from "./connect-options.ts"
import { newId, normalizeId } from "./document-id.ts"
import { normalizeIdFilter } from "./normalize-id-filter.ts"
import { afterKeys, decodePageCursor, encodePageCursor, pageFingerprint, totalSort } from "./page-cursor.ts"
import { ReadCursor } from "./read-cursor.ts"
import { remainingSteps } from "./remaining-steps.ts"
import type { ScanGuard } from "./scan-policy.ts"
import { writeEach } from "./write-each.ts"

/** What a collection needs of its store. */
export interface CollectionContext {
  readonly info: CollectionInfo
  readonly backend: string
  readonly capabilities: Capabilities
  readonly settings: Required<ConnectOptions>
  readonly scanGuard: ScanGuard
  /** The driver's store, or the `closed` error. */
  readonly open: (operation: string) => DriverStore
}

/** The collection that users hold: parse → fold → features → support → plan → policy → run → finish. */
export class PortableCollection<T> implements Collection<T> {
  readonly name: string
  readonly #context: CollectionContext
  #provisioned: Promise<void> | undefined

  constructor(context: CollectionContext) {
    this.name = context.info.name
    this.#context = context
  }

  async insertOne(document: NewDocument<T>, options: CallOptions = {}): Promise<string> {
    const [id] = await this.#insert("insertOne", [document], options)
    return id as string
  }

  async insertMany(
    documents: readonly NewDocument<T>[],
    options: CallOptions = {},
  ): Promise<InsertManyResult> {
    if (!Array.isArray(documents))
      throw argumentError(this.#callContext("insertMany"), "", "takes an array of documents")
    return { ids: await this.#insert("insertMany", documents, options) }
  }

  async #insert(operation: string, documents: readonly unknown[], options: CallOptions): Promise<string[]> {
    const context = this.#callContext(operation)
    const store = this.#context.open(operation)
    const prepared = documents.map((document) => this.#prepare(document, store, context))
    if (prepared.length === 0) return []
    await this.#provision(store, operation)
    const { done, failure } = await store.runInsert(
      this.#context.info,
      prepared,
      driverCall(operation, options),
    )
    if (failure === undefined) return prepared.map((document) => document["_id"] as string)
    if (documents.length === 1) throw failure.error
    throw insertError(failure, done, documents.length, context)
  }

  #prepare(document: unknown, store: DriverStore, context: CallContext): Document {
    const { _id, ...fields } = normalizeDocument(document, context)
    checkFields(fields, this.#context.info, context)
    const { ids } = this.#context.info
    return { _id: _id === undefined ? newId(store, ids) : normalizeId(_id, store, ids, context), ...fields }
  }

  async get(id: string, options: CallOptions = {}): Promise<WithId<T> | null> {
    const context = this.#callContext("get")
    const normal = normalizeId(id, this.#context.open("get"), this.#context.info.ids, context)
    const query = parseQuery(compare("eq", ["_id"], normal), { limit: 1 }, context)
    return this.#cursor<WithId<T>>("get", () => query, options).first()
  }

  async findOne(
    filter: Filter<T>,
    options: Omit<FindOptions<T>, "limit"> & { select?: readonly string[] } = {},
  ): Promise<never> {
    const query = this.#parse("findOne", filter, { ...options, limit: 1 })
    return this.#cursor<never>("findOne", () => query, options).first() as Promise<never>
  }

  find(filter: Filter<T>, options: FindOptions<T> & { select?: readonly string[] } = {}): Cursor<never> {
    const query = this.#parse("find", filter, options)
    return this.#cursor<never>("find", () => query, options)
  }

  query(): QueryBuilder<T, WithId<T>> {
    return new DocumentQueryBuilder<T, WithId<T>>({
      context: (operation) => this.#callContext(operation),
      find: (filter, options) => {
        const query = this.#parseNode("find", filter, options)
        return this.#cursor("find", () => query, options)
      },
      count: (filter, options) => this.#count(filter, options),
      page: (filter, options) => this.#page(filter, options),
      explain: (filter, options) => this.#explain(filter, options),
      updateMany: (filter, update, options) => this.#update("updateMany", filter, update, true, options),
      deleteMany: (filter, options) => this.#delete("deleteMany", filter, true, options),
    })
  }

  count(filter: Filter<T>, options: CallOptions = {}): Promise<number> {
    return this.#async(() => this.#count(parseFilter(filter, this.#callContext("count")), options))
  }

  updateOne(filter: Filter<T>, update: Update<T>, options: CallOptions = {}): Promise<UpdateResult> {
    return this.#async(() =>
      this.#update("updateOne", parseFilter(filter, this.#callContext("updateOne")), update, false, options),
    )
  }

  updateMany(filter: Filter<T>, update: Update<T>, options: CallOptions = {}): Promise<UpdateResult> {
    return this.#async(() =>
      this.#update("updateMany", parseFilter(filter, this.#callContext("updateMany")), update, true, options),
    )
  }

  deleteOne(filter: Filter<T>, options: CallOptions = {}): Promise<DeleteResult> {
    return this.#async(() =>
      this.#delete("deleteOne", parseFilter(filter, this.#callContext("deleteOne")), false, options),
    )
  }

  deleteMany(filter: Filter<T>, options: CallOptions = {}): Promise<DeleteResult> {
    return this.#async(() =>
      this.#delete("deleteMany", parseFilter(filter, this.#callContext("deleteMany")), true, options),
    )
  }

  page(filter: Filter<T>, options: PageOptions<T> = {}): Promise<Page<WithId<T>>> {
    return this.#async(() => this.#page<WithId<T>>(parseFilter(filter, this.#callContext("page")), options))
  }

  explain(filter: Filter<T>, options: FindOptions<T> = {}): Explanation {
    return this.#explain(parseFilter(filter, this.#callContext("explain")), options)
  }

  /** A wrong call rejects, as every other failure does: promises never throw. */
  async #async<R>(run: () => Promise<R>): Promise<R> {
    return run()
  }

  #parse(operation: string, filter: unknown, options: QueryOptions): Query {
    return this.#parseNode(operation, parseFilter(filter, this.#callContext(operation)), options)
  }

  #parseNode(operation: string, filter: FilterNode, options: QueryOptions): Query {
    const context = this.#callContext(operation)
    const query = parseQuery(normalizeIdFilter(filter, this.#context.info.ids), options, context)
    checkSupport(featuresOfQuery(query), this.#context.capabilities, context)
    return query
  }

  #parseWhere(operation: string, filter: FilterNode): FilterNode {
    const folded = fold(normalizeIdFilter(filter, this.#context.info.ids))
    checkSupport(featuresOfFilter(folded), this.#context.capabilities, this.#callContext(operation))
    return folded
  }

  #cursor<R>(operation: string, query: () => Query, options: CallOptions): ReadCursor<R> {
    return new ReadCursor<R>(() => this.#read(operation, query(), options) as AsyncIterable<readonly R[]>)
  }

  async *#read(operation: string, query: Query, options: CallOptions): AsyncGenerator<readonly Document[]> {
    const store = this.#context.open(operation)
    if (query.limit === 0 || query.filter.kind === "false") return
    await this.#provision(store, operation)
    const plan = this.#planFind(store, operation, query, options)
    const batches = store.runFind(this.#context.info, plan, driverCall(operation, options))
    yield* finishQuery(documentsOf(batches), plan.remaining, this.#context.settings.maxBufferedDocuments)
  }

  #planFind(store: DriverStore, operation: string, query: Query, options: CallOptions): FindPlan {
    const plan = store.planFind(this.#context.info, query)
    const { scanGuard, settings } = this.#context
    scanGuard.check(options.scans ?? settings.scans, plan, query, this.#callContext(operation))
    return plan
  }

  async #count(filter: FilterNode, options: CallOptions): Promise<number> {
    const operation = "count"
    const store = this.#context.open(operation)
    const where = this.#parseWhere(operation, filter)
    if (where.kind === "false") return 0
    const { info, scanGuard, settings } = this.#context
    const plan = store.planCount(info, where)
    if (plan === undefined) return this.#countByReading(where, options)
    await this.#provision(store, operation)
    scanGuard.check(
      options.scans ?? settings.scans,
      plan,
      { filter: where, sort: [] },
      this.#callContext(operation),
    )
    return store.runCount(info, plan, driverCall(operation, options))
  }

  async #countByReading(filter: FilterNode, options: CallOptions): Promise<number> {
    let count = 0
    for await (const batch of this.#read("count", { filter, sort: [], skip: 0 }, options))
      count += batch.length
    return count
  }

  async #update(
    operation: string,
    filter: FilterNode,
    update: unknown,
    many: boolean,
    options: CallOptions,
  ): Promise<UpdateResult> {
    const context = this.#callContext(operation)
    const nodes = parseUpdate(update, context)
    checkUpdate(nodes, this.#context.info, context)
    checkSupport(featuresOfUpdate(nodes), this.#context.capabilities, context)
    return this.#write(
      operation,
      { kind: "update", filter: this.#parseWhere(operation, filter), many, update: nodes },
      options,
    )
  }

  async #delete(
    operation: string,
    filter: FilterNode,
    many: boolean,
    options: CallOptions,
  ): Promise<DeleteResult> {
    const { matched } = await this.#write(
      operation,
      { kind: "delete", filter: this.#parseWhere(operation, filter), many },
      options,
    )
    return { deleted: matched }
  }

  async #write(operation: string, request: WriteRequest, options: CallOptions): Promise<UpdateResult> {
    const store = this.#context.open(operation)
    if (request.filter.kind === "false") return { matched: 0, modified: 0 }
    const { info, scanGuard, settings } = this.#context
    const context = this.#callContext(operation)
    const call = driverCall(operation, options)
    await this.#provision(store, operation)
    const native = store.planWrite(info, request)
    if (native !== undefined) {
      scanGuard.check(options.scans ?? settings.scans, native, { filter: request.filter, sort: [] }, context)
      return store.runWrite(info, native, call)
    }
    const plan = this.#planFind(store, operation, { filter: request.filter, sort: [], skip: 0 }, options)
    return writeEach({ store, info, plan, request, call, context })
  }

  async #page<R>(
    filter: FilterNode,
    options: QueryOptions & CallOptions & { size?: number | undefined; after?: string | undefined },
  ): Promise<Page<R>> {
    const context = this.#callContext("page")
    if (options.skip !== undefined)
      throw argumentError(context, "skip", "page goes on by `after`; skip has no place in it")
    const size = wholeNumber("size", options.size ?? options.limit ?? 20, context)
    if (size === 0) throw argumentError(context, "size", "a page holds at least one document")
    const where = this.#parseWhere("page", filter)
    const sort = totalSort(parseSort(options.sort, context))
    const fingerprint = pageFingerprint(this.name, where, sort)
    const behind =
      options.after === undefined
        ? []
        : [afterKeys(sort, decodePageCursor(options.after, sort, fingerprint, context))]
    // The page is read whole and selected from afterwards: the cursor needs its sort keys.
    const read = { ...parseQuery(and([where, ...behind]), { limit: size + 1 }, context), sort }
    const selected = parseQuery(where, { select: options.select }, context).projection
    checkSupport(featuresOfQuery(read), this.#context.capabilities, context)
    const found = await this.#cursor<Document>("page", () => read, options).toArray()
    const items = found.slice(0, size)
    const last = items.at(-1)
    const next =
      found.length > size && last !== undefined
        ? { next: encodePageCursor(last, sort, fingerprint, context) }
        : {}
    return {
      items: (selected === undefined ? items : items.map((item) => projectDocument(item, selected))) as R[],
      ...next,
    }
  }

  #explain(filter: FilterNode, options: QueryOptions): Explanation {
    const query = this.#parseNode("explain", filter, options)
    const { backend, info } = this.#context
    const { access, index, native, remaining, reasons } = this.#context.open("explain").planFind(info, query)
    const used = index === undefined ? {} : { index }
    return {
      backend,
      collection: this.name,
      access,
      ...used,
      native,
      remaining: remainingSteps(remaining),
      reasons,
    }
  }

  /** Declared indexes are made before the first use; a failure is not kept, so the next call tries again. */
  #provision(store: DriverStore, operation: string): Promise<void> {
    const { info } = this.#context
    if (info.indexes.length === 0) return Promise.resolve()
    this.#provisioned ??= store.ensureIndexes(info, { operation }).catch((error: unknown) => {
      this.#provisioned = undefined
      throw error
    })
    return this.#provisioned
  }

  #callContext(operation: string): CallContext {
    return { operation, collection: this.name, backend: this.#context.backend }
  }
}

function driverCall(operation: string, { signal }: CallOptions): DriverCall {
  if (signal?.aborted)
    throw new NoSQLError("aborted", `${operation}: aborted by the caller's signal`, {
      operation,
      cause: signal.reason,
    })
  return signal === undefined ? { operation } : { operation, signal }
}

async function* documentsOf(
  batches: AsyncIterable<{ readonly documents: readonly Document[] }>,
): AsyncGenerator<readonly Document[]> {
  for await (const { documents } of batches) yield documents
}

function insertError(
  failure: { index: number; error: unknown },
  done: readonly number[],
  total: number,
  context: CallContext,
): NoSQLError {
  const cause = NoSQLError.isInstance(failure.error) ? failure.error : undefined
  const notTried = Array.from({ length: total - failure.index - 1 }, (_, i) => failure.index + 1 + i)
  return new NoSQLError(
    cause?.code ?? "unknown",
    `${context.operation}: document ${failure.index} failed after ${done.length} were written: ${cause?.message ?? "unknown error"}`,
    {
      operation: context.operation,
      collection: context.collection ?? "",
      backend: context.backend ?? "",
      details: { ...cause?.details, done, failed: [failure.index], unknown: [], notTried },
      cause: failure.error,
    },
  )
}
