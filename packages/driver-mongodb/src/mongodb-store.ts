import type { Document, IdKind } from "@nosql/contracts"
import {
  type Batch,
  type CollectionInfo,
  type CountPlan,
  type DriverCall,
  type DriverStore,
  type FilterNode,
  type FindPlan,
  formatPath,
  type InsertOutcome,
  type Query,
  type WritePlan,
  type WriteRequest,
} from "@nosql/core/driver"
import {
  type Document as BsonDocument,
  type Collection,
  type Db,
  MongoBulkWriteError,
  type MongoClient,
  ObjectId,
} from "mongodb"
import { classifyError } from "./classify-error.ts"
import { changedPaths } from "./compile-update.ts"
import { type MongoFind, type MongoWrite, planCount, planQuery, planWrite } from "./plan-query.ts"
import { decodeDocument, encodeDocument, encodeId } from "./value-codec.ts"

/** BSON integers come whole: the portable value decides between number and bigint. */
const bsonOptions = { useBigInt64: true, ignoreUndefined: false } as const

/** One database of a MongoDB deployment. */
export class MongodbStore implements DriverStore {
  readonly #client: MongoClient
  readonly #database: Db
  readonly #ownsClient: boolean

  constructor(client: MongoClient, database: string, ownsClient: boolean) {
    this.#client = client
    this.#database = client.db(database, bsonOptions)
    this.#ownsClient = ownsClient
  }

  planFind(collection: CollectionInfo, query: Query): FindPlan<MongoFind> {
    return planQuery(collection, query)
  }

  /** Streams the server's batches; ending early closes the server's cursor. */
  async *runFind(
    collection: CollectionInfo,
    plan: FindPlan,
    call: DriverCall & { revisions?: boolean },
  ): AsyncGenerator<Batch> {
    const { filter, ...options } = plan.native as MongoFind
    const cursor = this.#collection(collection).find(filter, { ...options, ...signalOf(call) })
    try {
      while (await cursor.hasNext()) {
        const raw = cursor.readBufferedDocuments()
        const documents = raw.map((document) => decodeDocument(document, collection))
        yield call.revisions ? { documents, revisions: raw } : { documents }
      }
    } catch (error) {
      throw classifyError(error, call.operation, collection.name)
    } finally {
      await cursor.close()
    }
  }

  planCount(collection: CollectionInfo, filter: FilterNode): CountPlan | undefined {
    return planCount(collection, filter)
  }

  runCount(collection: CollectionInfo, plan: CountPlan, call: DriverCall): Promise<number> {
    return this.#run(call, collection.name, () =>
      this.#collection(collection).countDocuments(plan.native as BsonDocument, signalOf(call)),
    )
  }

  async runInsert(
    collection: CollectionInfo,
    documents: readonly Document[],
    call: DriverCall,
  ): Promise<InsertOutcome> {
    const encoded = documents.map((document) => encodeDocument(document, collection))
    try {
      const [only] = encoded
      if (encoded.length === 1 && only !== undefined) await this.#collection(collection).insertOne(only)
      else await this.#collection(collection).insertMany(encoded)
      return { done: documents.map((_, i) => i) }
    } catch (error) {
      const index = failedIndex(error, documents.length)
      if (index === undefined) throw classifyError(error, call.operation, collection.name)
      return {
        done: Array.from({ length: index }, (_, i) => i),
        failure: { index, error: classifyError(error, call.operation, collection.name) },
      }
    }
  }

  planWrite(collection: CollectionInfo, request: WriteRequest): WritePlan<MongoWrite> | undefined {
    return planWrite(collection, request)
  }

  runWrite(
    collection: CollectionInfo,
    plan: WritePlan,
    call: DriverCall,
  ): Promise<{ matched: number; modified: number }> {
    const write = plan.native as MongoWrite
    const target = this.#collection(collection)
    const changed = write.kind === "update" ? changedPaths(write.update) : []
    const work = async () => {
      if (write.kind === "delete") {
        const { deletedCount } = await target[write.many ? "deleteMany" : "deleteOne"](write.filter)
        return { matched: deletedCount, modified: deletedCount }
      }
      const { matchedCount, modifiedCount } = await target[write.many ? "updateMany" : "updateOne"](
        write.filter,
        write.update,
      )
      return { matched: matchedCount, modified: modifiedCount }
    }
    return this.#run(call, collection.name, work, changed)
  }

  /** The condition is the whole document as it was read: foreign documents carry no revision of ours. */
  replaceIf(
    collection: CollectionInfo,
    read: { document: Document; revision: unknown },
    next: Document | undefined,
    call: DriverCall,
  ): Promise<boolean> {
    const target = this.#collection(collection)
    const unchanged = { $expr: { $eq: ["$$ROOT", { $literal: read.revision }] } }
    const filter: BsonDocument = { _id: encodeId(read.document["_id"] as string, collection), ...unchanged }
    return this.#run(call, collection.name, async () => {
      if (next === undefined) return (await target.deleteOne(filter)).deletedCount === 1
      return (await target.replaceOne(filter, encodeDocument(next, collection))).matchedCount === 1
    })
  }

  /** Unique indexes are partial where they can be: a document that lacks a key is exempt, an explicit null is not. */
  async ensureIndexes(collection: CollectionInfo, call: DriverCall): Promise<void> {
    const specs = collection.indexes.map(({ name, keys, unique }) => ({
      name,
      key: new Map(keys.map(({ path, direction }) => [formatPath(path), direction] as const)),
      ...(unique
        ? { unique, partialFilterExpression: presence(keys.map(({ path }) => formatPath(path))) }
        : {}),
    }))
    await this.#run(call, collection.name, () => this.#collection(collection).createIndexes(specs))
  }

  listCollections(call: DriverCall): Promise<string[]> {
    return this.#run(call, undefined, async () => {
      const found = await this.#database.listCollections({}, { nameOnly: true }).toArray()
      return found.map(({ name }) => name).filter((name) => !name.startsWith("system."))
    })
  }

  dropCollection(name: string, call: DriverCall): Promise<boolean> {
    return this.#run(call, name, async () => {
      const found = await this.#database.listCollections({ name }, { nameOnly: true }).hasNext()
      return found && (await this.#database.dropCollection(name))
    })
  }

  async ping(call: DriverCall): Promise<void> {
    await this.#run(call, undefined, () => this.#database.command({ ping: 1 }))
  }

  async close(): Promise<void> {
    if (this.#ownsClient) await this.#client.close()
  }

  newId(ids: IdKind): string | undefined {
    return ids === "auto" || ids === "objectId" ? new ObjectId().toHexString() : undefined
  }

  #collection(collection: CollectionInfo): Collection<BsonDocument> {
    return this.#database.collection(collection.name)
  }

  async #run<R>(
    call: DriverCall,
    collection: string | undefined,
    work: () => Promise<R>,
    changedPaths: readonly string[] = [],
  ): Promise<R> {
    try {
      return await work()
    } catch (error) {
      throw classifyError(error, call.operation, collection, changedPaths)
    }
  }
}

function presence(paths: readonly string[]): BsonDocument {
  return Object.fromEntries(paths.map((path) => [path, { $exists: true }]))
}

function signalOf({ signal }: DriverCall): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal }
}

/** Which document an ordered insert stopped at; undefined where the server did not say. */
function failedIndex(error: unknown, count: number): number | undefined {
  if (error instanceof MongoBulkWriteError) {
    const [first] = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors]
    return first?.index
  }
  return count === 1 ? 0 : undefined
}
