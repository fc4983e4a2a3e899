import type { Document, IdKind, Value } from "@nosql/contracts"
import type {
  Batch,
  BulkOutcome,
  BulkStep,
  CollectionInfo,
  CountPlan,
  DistinctPlan,
  DriverCall,
  DriverStore,
  FieldPath,
  FindPlan,
  IndexInfo,
  InsertCall,
  InsertIntake,
  InsertOutcome,
  Query,
  ReadCall,
  ReadDocument,
  WriteOutcome,
  WritePlan,
  WriteRequest,
} from "@nosql/core/driver"
import { perObject } from "@nosql/core/driver"
import {
  type AbstractCursor,
  type Document as BsonDocument,
  type Collection,
  type Db,
  type DbOptions,
  type FindCursor,
  type MongoClient,
  MongoClientClosedError,
} from "mongodb"
import { bsonOptions } from "./bson-options.ts"
import { outcomeOfFailure } from "./bulk-outcome.ts"
import { checkSize } from "./check-size.ts"
import { classifyError } from "./classify-error.ts"
import { commandOptions, findOptions, readOptions } from "./command-options.ts"
import { compileChange } from "./compile-change.ts"
import { changedPaths } from "./compile-update.ts"
import { decodeValue } from "./decode-value.ts"
import { documentProblem } from "./document-problem.ts"
import { encodeId, idProblem, newObjectId } from "./id-codec.ts"
import { indexSpecs, readIndex } from "./index-spec.ts"
import { orderedDocument } from "./ordered-document.ts"
import {
  type MongoDistinct,
  type MongoFind,
  type MongoRead,
  planCount,
  planDistinct,
  planQuery,
} from "./plan-query.ts"
import { type MongoWrite, planWrite } from "./plan-write.ts"
import { documentsReader } from "./read-documents.ts"
import { runBulk } from "./run-bulk.ts"
import { outcomeOf, sendWrite } from "./run-write.ts"
import { startInsert } from "./start-insert.ts"
import { documentEncoder } from "./value-codec.ts"

/** The SDK takes the write concern out of the options of every read by `delete`, and an object that lost a field is slow to read. */
const withoutWriteConcern = { ...bsonOptions, writeConcern: undefined } as unknown as DbOptions

/** A batch of the server's holds up to 16 MiB, and decoded several times that: a stream decodes so many documents of it at a time. */
const decodedAtOnce = 1000

/** One database of a MongoDB deployment. */
export class MongodbStore implements DriverStore {
  readonly client: MongoClient
  readonly database: string
  readonly #database: Db
  readonly #ownsClient: boolean
  readonly #read: (found: readonly Uint8Array[], collection: CollectionInfo) => Document[]
  readonly #reading: (collection: CollectionInfo) => Collection<BsonDocument>
  readonly #writing: (collection: CollectionInfo) => Collection<BsonDocument>

  constructor(client: MongoClient, database: string, ownsClient: boolean) {
    this.client = client
    this.database = database
    this.#database = client.db(database, bsonOptions)
    this.#writing = collectionsOf(this.#database)
    this.#reading = collectionsOf(client.db(database, withoutWriteConcern))
    this.#ownsClient = ownsClient
    this.#read = documentsReader(this.#database.bsonOptions)
  }

  planFind(collection: CollectionInfo, query: Query): FindPlan<MongoFind> {
    return planQuery(collection, query)
  }

  /** Streams the server's batches; ending early closes the server's cursor. */
  async *runFind(collection: CollectionInfo, plan: FindPlan, call: ReadCall): AsyncGenerator<Batch> {
    const cursor = this.#findBytes(collection, plan, call)
    try {
      while (await cursor.hasNext()) {
        const found = cursor.readBufferedDocuments(decodedAtOnce)
        const documents = this.#read(found, collection)
        yield call.revisions ? { documents, revisions: found } : { documents }
      }
      refuseCut(cursor)
    } catch (error) {
      throw classifyError(error, call, collection)
    } finally {
      await cursor.close()
    }
  }

  /** By the stream's own means, without the stream. */
  async runFirst(collection: CollectionInfo, plan: FindPlan, call: ReadCall): Promise<Document | undefined> {
    const cursor = this.#findBytes(collection, plan, call)
    try {
      const found = await cursor.next()
      if (found === null) refuseCut(cursor)
      return found === null ? undefined : this.#read([found], collection)[0]
    } catch (error) {
      throw classifyError(error, call, collection)
    } finally {
      await cursor.close()
    }
  }

  explainFind(collection: CollectionInfo, plan: FindPlan, call: ReadCall): Promise<unknown> {
    const native = plan.native as MongoFind
    return this.#run(call, collection, () =>
      this.#reading(collection).find(native.filter, findOptions(call, native)).explain("executionStats"),
    )
  }

  /** A document's revision is its bytes. */
  #findBytes(collection: CollectionInfo, plan: FindPlan, call: ReadCall): FindCursor<Uint8Array> {
    const native = plan.native as MongoFind
    const options = findOptions(call, native)
    options.raw = true
    return this.#reading(collection).find(native.filter, options) as FindCursor as FindCursor<Uint8Array>
  }

  planCount(collection: CollectionInfo, query: Query): CountPlan | undefined {
    return planCount(collection, query)
  }

  runCount(collection: CollectionInfo, plan: CountPlan, call: ReadCall): Promise<number> {
    const read = plan.native as MongoRead
    return this.#run(call, collection, () =>
      this.#reading(collection).countDocuments(read.filter, readOptions(call, read)),
    )
  }

  planDistinct(collection: CollectionInfo, query: Query, path: FieldPath): DistinctPlan | undefined {
    return planDistinct(collection, query, path)
  }

  runDistinct(collection: CollectionInfo, plan: DistinctPlan, call: ReadCall): Promise<readonly Value[]> {
    const read = plan.native as MongoDistinct
    // Not the command of that name: it unwinds arrays, and of an array in an array does not say which it was.
    const pipeline = [
      { $match: read.filter },
      { $match: { [read.key]: { $exists: true } } },
      { $group: { _id: `$${read.key}` } },
    ]
    return this.#run(call, collection, async () => {
      const cursor = this.#reading(collection).aggregate(pipeline, readOptions(call, read))
      const groups = await cursor.toArray()
      refuseCut(cursor)
      return groups.map(({ _id }) => decodeValue(_id, read.key, collection))
    })
  }

  estimateCount(collection: CollectionInfo, call: ReadCall): Promise<number> {
    return this.#run(call, collection, () =>
      this.#reading(collection).estimatedDocumentCount(commandOptions(call)),
    )
  }

  async runInsert(
    collection: CollectionInfo,
    documents: readonly Document[],
    call: InsertCall,
  ): Promise<InsertOutcome> {
    const encoded = documents.map(documentEncoder(collection, call.plain))
    const options = commandOptions(call)
    const target = this.#collection(collection)
    const [only] = encoded
    try {
      if (encoded.length === 1 && only !== undefined) await target.insertOne(only, options)
      else await target.insertMany(encoded, { ...options, ordered: call.ordered })
      return { done: documents.map((_, i) => i), failures: [] }
    } catch (error) {
      return outcomeOfFailure(error, documents.length, call, collection)
    }
  }

  startInsert(collection: CollectionInfo, call: InsertCall): InsertIntake | undefined {
    return startInsert(this.#collection(collection), collection, call)
  }

  planWrite(collection: CollectionInfo, request: WriteRequest): WritePlan<MongoWrite> | undefined {
    return planWrite(collection, request)
  }

  async runWrite(collection: CollectionInfo, plan: WritePlan, call: DriverCall): Promise<WriteOutcome> {
    const write = plan.native as MongoWrite
    try {
      checkSize(write, call, collection)
      return outcomeOf(await sendWrite(this.#collection(collection), write, commandOptions(call)), collection)
    } catch (error) {
      const paths = write.kind === "update" ? changedPaths(write.update) : []
      throw classifyError(error, call, collection, paths)
    }
  }

  runBulk(
    collection: CollectionInfo,
    steps: readonly BulkStep[],
    call: DriverCall & { readonly ordered: boolean },
  ): Promise<BulkOutcome> {
    return runBulk(this.#collection(collection), steps, collection, call)
  }

  /** The condition is the whole document as it was read: foreign documents carry no revision of ours. */
  replaceIf(
    collection: CollectionInfo,
    read: ReadDocument,
    next: Document | undefined,
    call: DriverCall,
  ): Promise<boolean> {
    const target = this.#collection(collection)
    const unchanged = {
      $expr: { $eq: ["$$ROOT", { $literal: orderedDocument(read.revision as Uint8Array) }] },
    }
    const filter: BsonDocument = { _id: encodeId(read.document["_id"] as string, collection), ...unchanged }
    const options = commandOptions(call)
    return this.#run(call, collection, async () => {
      if (next === undefined) return (await target.deleteOne(filter, options)).deletedCount === 1
      const change = compileChange(read.document, next, collection)
      if (change === undefined) return (await target.countDocuments(filter, { ...options, limit: 1 })) === 1
      return (await target.updateOne(filter, change, options)).matchedCount === 1
    })
  }

  createCollection(collection: CollectionInfo, call: DriverCall): Promise<boolean> {
    return this.#run(call, collection, async () => {
      if (await this.#exists(collection.name)) return false
      await this.#database.createCollection(collection.name)
      return true
    })
  }

  listIndexes(collection: CollectionInfo, call: DriverCall): Promise<readonly IndexInfo[]> {
    return this.#run(call, collection, async () => {
      if (!(await this.#exists(collection.name))) return []
      // As bytes: an object would put a key of digits first.
      const listed = await this.#collection(collection).listIndexes({ raw: true }).toArray()
      return listed.flatMap((bytes) => readIndex(orderedDocument(bytes as unknown as Uint8Array)) ?? [])
    })
  }

  async createIndexes(
    collection: CollectionInfo,
    indexes: readonly IndexInfo[],
    call: DriverCall,
  ): Promise<void> {
    const specs = indexSpecs(indexes)
    await this.#run(call, collection, () => this.#collection(collection).createIndexes(specs))
  }

  dropIndex(collection: CollectionInfo, name: string, call: DriverCall): Promise<boolean> {
    return this.#run(call, collection, async () => {
      if (!(await this.#exists(collection.name))) return false
      const listed = await this.#collection(collection).listIndexes().toArray()
      if (!listed.some((index) => index["name"] === name)) return false
      await this.#collection(collection).dropIndex(name)
      return true
    })
  }

  listCollections(call: DriverCall): Promise<string[]> {
    return this.#run(call, undefined, async () => {
      const found = await this.#database.listCollections({}, { nameOnly: true }).toArray()
      return found.map(({ name }) => name)
    })
  }

  dropCollection(name: string, call: DriverCall): Promise<boolean> {
    return this.#run(call, undefined, async () => {
      return (await this.#exists(name)) && (await this.#database.dropCollection(name))
    })
  }

  async ping(call: DriverCall): Promise<void> {
    await this.#run(call, undefined, () => this.#database.command({ ping: 1 }))
  }

  async close(): Promise<void> {
    if (this.#ownsClient) await this.client.close()
  }

  newId(ids: IdKind): string | undefined {
    return ids === "auto" || ids === "objectId" ? newObjectId() : undefined
  }

  idProblem(id: string): string | undefined {
    return idProblem(id)
  }

  documentProblem(document: Document, mostBytes?: number): string | undefined {
    return documentProblem(document, mostBytes)
  }

  #exists(name: string): Promise<boolean> {
    return this.#database.listCollections({ name }, { nameOnly: true }).hasNext()
  }

  #collection(collection: CollectionInfo): Collection<BsonDocument> {
    return this.#writing(collection)
  }

  async #run<R>(
    call: DriverCall,
    collection: CollectionInfo | undefined,
    work: () => Promise<R>,
  ): Promise<R> {
    try {
      return await work()
    } catch (error) {
      throw classifyError(error, call, collection)
    }
  }
}

/** The SDK's collections, made once: each works its options out anew. */
function collectionsOf(database: Db): (collection: CollectionInfo) => Collection<BsonDocument> {
  return perObject(({ name }: CollectionInfo) => database.collection(name, bsonOptions))
}

/** A client that is closed ends its cursors without an error, as if they had come to their end. */
function refuseCut(cursor: AbstractCursor): void {
  if (cursor.killed) throw new MongoClientClosedError()
}
