import type {
  BulkWriteOptions,
  BulkWriteResult,
  CallOptions,
  Collection,
  Cursor,
  DeleteResult,
  EnsureIndexesOptions,
  ExplainOptions,
  Explanation,
  Filter,
  FindOneAndWriteOptions,
  FindOptions,
  IndexDefinition,
  IndexDescription,
  IndexReport,
  InsertManyOptions,
  InsertManyResult,
  NewDocument,
  OperationCounts,
  Page,
  PageOptions,
  QueryBuilder,
  ReadOptions,
  Update,
  UpdateOptions,
  UpdateResult,
  WithId,
} from "@nosql/contracts"
import { compare } from "../ast/filter.ts"
import { idPath } from "../ast/path.ts"
import type { Query } from "../ast/query.ts"
import type { OperationName } from "../driver/operations.ts"
import { bulkWrite } from "../operations/bulk-write.ts"
import { countDocuments, estimateCount } from "../operations/count-documents.ts"
import { distinctValues } from "../operations/distinct-values.ts"
import { ensureIndexes } from "../operations/ensure-indexes.ts"
import { explainQuery } from "../operations/explain-query.ts"
import { findDocuments } from "../operations/find-documents.ts"
import { deleteOneOf, findOneAnd, replaceOneOf, updateOneOf } from "../operations/find-one-and.ts"
import { getMany } from "../operations/get-many.ts"
import { insertDocument, insertDocuments } from "../operations/insert-documents.ts"
import { loadMany } from "../operations/load-many.ts"
import { createCollection, createIndex, dropIndex, listIndexes } from "../operations/manage-indexes.ts"
import { type CollectionContext, callContext, type Operation, runOperation } from "../operations/operation.ts"
import {
  bulkWritten,
  manyInserted,
  manyReturned,
  oneInserted,
  oneReturned,
  pageReturned,
  removed,
  updated,
} from "../operations/operation-counts.ts"
import { pageDocuments } from "../operations/page-documents.ts"
import { parseWhere } from "../operations/parse-where.ts"
import { provision } from "../operations/provision.ts"
import { readFirst } from "../operations/read-documents.ts"
import { writeDocuments } from "../operations/write-documents.ts"
import { deleteRequest, replaceRequest, updateRequest } from "../operations/write-requests.ts"
import { parsePath } from "../parse/parse-path.ts"
import { parseQuery, type QueryOptions } from "../parse/parse-query.ts"
import { DocumentQueryBuilder } from "../query/document-query-builder.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { normalizeId } from "./document-id.ts"

type Projecting = { readonly projection?: unknown }

/**
 * The collection that users hold. Each method reads its arguments and hands them to the operation of its name:
 * parse → fold → features → support → plan → policy → run → finish → decode.
 */
export class PortableCollection<T, I = T> implements Collection<T, I> {
  readonly name: string
  readonly #context: CollectionContext

  constructor(context: CollectionContext) {
    this.name = context.info.name
    this.#context = context
  }

  insertOne(document: NewDocument<I>, options: CallOptions = {}): Promise<string> {
    return this.#run("insertOne", options, (operation) => insertDocument(operation, document), oneInserted)
  }

  insertMany(
    documents: readonly NewDocument<I>[],
    options: InsertManyOptions = {},
  ): Promise<InsertManyResult> {
    return this.#run(
      "insertMany",
      options,
      async (operation) => {
        if (!Array.isArray(documents))
          throw argumentError(operation.context, "", "takes an array of documents")
        return { ids: await insertDocuments(operation, documents, options.ordered ?? true) }
      },
      manyInserted,
    )
  }

  get(id: string, options: ReadOptions = {}): Promise<WithId<T> | null> {
    return this.#run(
      "get",
      options,
      (operation) => {
        const filter = compare("eq", idPath, this.#id(operation, id))
        return readFirst(operation, parseQuery(filter, { ...options, limit: 1 }, operation.context))
      },
      oneReturned,
    ) as Promise<WithId<T> | null>
  }

  getMany(ids: readonly string[], options: ReadOptions = {}): Promise<(WithId<T> | null)[]> {
    return this.#run(
      "getMany",
      options,
      async (operation) => {
        if (!Array.isArray(ids)) throw argumentError(operation.context, "", "takes an array of ids")
        const normal = Array.from(ids, (id) => this.#id(operation, id))
        return (await getMany(operation, normal, options)) as (WithId<T> | null)[]
      },
      manyReturned,
    )
  }

  findOne(filter: Filter<T>, options: FindOptions<T> & Projecting = {}): Promise<never> {
    return this.#run(
      "findOne",
      options,
      (operation) => {
        return readFirst(operation, this.#query(operation.context, filter, { ...options, limit: 1 }))
      },
      oneReturned,
    ) as Promise<never>
  }

  find(filter: Filter<T>, options: FindOptions<T> & Projecting = {}): Cursor<never> {
    return findDocuments(
      this.#context,
      "find",
      this.#query(callContext(this.#context, "find"), filter, options),
      options,
    )
  }

  query(): QueryBuilder<T, WithId<T>> {
    return new DocumentQueryBuilder<T, WithId<T>>(
      this as unknown as Collection<T>,
      callContext(this.#context, "query"),
    )
  }

  count(filter: Filter<T>, options: ReadOptions = {}): Promise<number> {
    return this.#run("count", options, (operation) =>
      countDocuments(operation, this.#query(operation.context, filter, readOnly(options))),
    )
  }

  estimatedCount(options: ReadOptions = {}): Promise<number> {
    return this.#run("estimatedCount", options, estimateCount)
  }

  exists(filter: Filter<T>, options: ReadOptions = {}): Promise<boolean> {
    return this.#run("exists", options, async (operation) => {
      const query = this.#query(operation.context, filter, {
        ...readOnly(options),
        limit: 1,
        projection: { _id: 1 },
      })
      return (await readFirst(operation, query)) !== null
    })
  }

  distinct(path: string, filter: Filter<T> = {} as Filter<T>, options: ReadOptions = {}): Promise<never[]> {
    return this.#run("distinct", options, async (operation) => {
      const segments = parsePath(path, operation.context)
      return (await distinctValues(
        operation,
        this.#query(operation.context, filter, readOnly(options)),
        segments,
      )) as never[]
    })
  }

  page(filter: Filter<T>, options: PageOptions<T> = {}): Promise<Page<WithId<T>>> {
    return this.#run(
      "page",
      options,
      (operation) => pageDocuments(operation, this.#where(operation, filter), options),
      pageReturned,
    ) as Promise<Page<WithId<T>>>
  }

  async loadMany<R>(
    documents: readonly object[],
    path: string,
    collection: Collection<R>,
    options: ReadOptions = {},
  ): Promise<Map<string, WithId<R>>> {
    const context = callContext(this.#context, "loadMany")
    const segments = parsePath(path, context)
    if (!Array.isArray(documents)) throw argumentError(context, "", "takes an array of documents")
    if (typeof collection?.getMany !== "function")
      throw argumentError(context, "collection", "takes the collection that the path refers to")
    return loadMany(documents, segments, collection, options)
  }

  updateOne(filter: Filter<T>, update: Update<T>, options: UpdateOptions = {}): Promise<UpdateResult> {
    return this.#update("updateOne", filter, update, options, false)
  }

  updateMany(filter: Filter<T>, update: Update<T>, options: UpdateOptions = {}): Promise<UpdateResult> {
    return this.#update("updateMany", filter, update, options, true)
  }

  replaceOne(
    filter: Filter<T>,
    replacement: NewDocument<I>,
    options: UpdateOptions = {},
  ): Promise<UpdateResult> {
    return this.#run(
      "replaceOne",
      options,
      async (operation) => {
        const { upsert } = options
        const prepared = await replaceRequest(operation, this.#where(operation, filter), replacement, {
          upsert,
        })
        return updateResult(await writeDocuments(operation, prepared.request, prepared.upsert))
      },
      updated,
    )
  }

  deleteOne(filter: Filter<T>, options: CallOptions = {}): Promise<DeleteResult> {
    return this.#delete("deleteOne", filter, options, false)
  }

  deleteMany(filter: Filter<T>, options: CallOptions = {}): Promise<DeleteResult> {
    return this.#delete("deleteMany", filter, options, true)
  }

  findOneAndUpdate(
    filter: Filter<T>,
    update: Update<T>,
    options: FindOneAndWriteOptions<T> & Projecting = {},
  ): Promise<never> {
    return this.#run(
      "findOneAndUpdate",
      options,
      (operation) => {
        const prepared = updateOneOf(operation, this.#where(operation, filter), update, options)
        return findOneAnd(operation, options, prepared)
      },
      oneReturned,
    ) as Promise<never>
  }

  findOneAndReplace(
    filter: Filter<T>,
    replacement: NewDocument<I>,
    options: FindOneAndWriteOptions<T> & Projecting = {},
  ): Promise<never> {
    return this.#run(
      "findOneAndReplace",
      options,
      async (operation) =>
        findOneAnd(
          operation,
          options,
          await replaceOneOf(operation, this.#where(operation, filter), replacement, options),
        ),
      oneReturned,
    ) as Promise<never>
  }

  findOneAndDelete(filter: Filter<T>, options: FindOneAndWriteOptions<T> & Projecting = {}): Promise<never> {
    return this.#run(
      "findOneAndDelete",
      options,
      (operation) =>
        findOneAnd(operation, options, deleteOneOf(operation, this.#where(operation, filter), options)),
      oneReturned,
    ) as Promise<never>
  }

  bulkWrite(operations: readonly unknown[], options: BulkWriteOptions = {}): Promise<BulkWriteResult> {
    return this.#run(
      "bulkWrite",
      options,
      async (operation) => {
        if (!Array.isArray(operations))
          throw argumentError(operation.context, "", "takes an array of operations")
        return bulkWrite(operation, operations, options.ordered ?? true)
      },
      bulkWritten,
    )
  }

  explain(filter: Filter<T>, options: ExplainOptions<T> = {}): Promise<Explanation> {
    return this.#run("explain", options, (operation) =>
      explainQuery(
        operation,
        this.#query(operation.context, filter, options),
        options.verbosity === "server",
      ),
    )
  }

  createIndex(index: IndexDefinition, options: CallOptions = {}): Promise<string> {
    return this.#run("createIndex", options, (operation) => createIndex(operation, index))
  }

  listIndexes(options: CallOptions = {}): Promise<IndexDescription[]> {
    return this.#run("listIndexes", options, listIndexes)
  }

  dropIndex(name: string, options: CallOptions = {}): Promise<boolean> {
    return this.#run("dropIndex", options, (operation) => dropIndex(operation, name))
  }

  ensureIndexes(options: EnsureIndexesOptions = {}): Promise<IndexReport> {
    return this.#run("ensureIndexes", options, (operation) =>
      options.asConfigured ? provision(operation) : ensureIndexes(operation),
    )
  }

  createCollection(options: CallOptions = {}): Promise<IndexReport> {
    return this.#run("createCollection", options, createCollection)
  }

  #run<R>(
    name: OperationName,
    options: CallOptions,
    work: (operation: Operation) => Promise<R>,
    counts?: (result: R) => OperationCounts,
  ): Promise<R> {
    return runOperation(this.#context, name, options, work, counts)
  }

  #update(
    name: "updateOne" | "updateMany",
    filter: Filter<T>,
    update: Update<T>,
    options: UpdateOptions,
    many: boolean,
  ): Promise<UpdateResult> {
    return this.#run(
      name,
      options,
      async (operation) => {
        const { upsert } = options
        const prepared = updateRequest(operation, this.#where(operation, filter), update, { many, upsert })
        return updateResult(await writeDocuments(operation, prepared.request, prepared.upsert))
      },
      updated,
    )
  }

  #delete(
    name: "deleteOne" | "deleteMany",
    filter: Filter<T>,
    options: CallOptions,
    many: boolean,
  ): Promise<DeleteResult> {
    return this.#run(
      name,
      options,
      async (operation) => {
        const { request } = deleteRequest(operation, this.#where(operation, filter), { many })
        return { deleted: (await writeDocuments(operation, request)).matched }
      },
      removed,
    )
  }

  #where(operation: Operation, filter: Filter<T>) {
    return parseWhere(this.#context, operation.context, filter)
  }

  #query(context: CallContext, filter: Filter<T>, options: QueryOptions): Query {
    return parseQuery(parseWhere(this.#context, context, filter), options, context)
  }

  #id(operation: Operation, id: unknown): string {
    return normalizeId(id, operation.store, this.#context.info, operation.context)
  }
}

/** What a read without a window takes of its options. */
function readOnly({ consistency, hint }: ReadOptions): QueryOptions {
  return { consistency, hint }
}

function updateResult({ matched, modified, upsertedId }: UpdateResult): UpdateResult {
  return upsertedId === undefined ? { matched, modified } : { matched, modified, upsertedId }
}
