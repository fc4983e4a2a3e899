import { type Document, NoSQLError } from "@nosql/contracts"
import {
  applyUpdate,
  type Batch,
  type CollectionInfo,
  type CountPlan,
  compareDocuments,
  compileFilter,
  copyDocument,
  type DriverCall,
  type DriverStore,
  type FilterNode,
  type FindPlan,
  type InsertOutcome,
  projectDocument,
  type Query,
  type WritePlan,
  type WriteRequest,
} from "@nosql/core/driver"
import { MemoryCollection } from "./memory-collection.ts"
import { type MemoryRead, planQuery } from "./plan-query.ts"

const batchSize = 1000

interface MemoryWrite {
  readonly read: MemoryRead
  readonly request: WriteRequest
}

/** The embedded store. Every call runs to its end without a pause, so each is atomic. */
export class MemoryStore implements DriverStore {
  readonly #collections = new Map<string, MemoryCollection>()

  planFind(collection: CollectionInfo, query: Query): FindPlan<MemoryRead> {
    return planQuery(collection, query)
  }

  async *runFind(
    collection: CollectionInfo,
    plan: FindPlan,
    call: DriverCall & { revisions?: boolean },
  ): AsyncGenerator<Batch> {
    const read = plan.native as MemoryRead
    const found = this.#find(collection.name, read)
    const { projection } = read.query
    for (let start = 0; start < found.length; start += batchSize) {
      if (call.signal?.aborted)
        throw new NoSQLError("aborted", `${call.operation}: aborted by the caller's signal`, {
          operation: call.operation,
        })
      const stored = found.slice(start, start + batchSize)
      const documents = stored.map((document) =>
        copyDocument(projection === undefined ? document : projectDocument(document, projection)),
      )
      yield call.revisions ? { documents, revisions: stored } : { documents }
    }
  }

  planCount(collection: CollectionInfo, filter: FilterNode): CountPlan<MemoryRead> {
    return planQuery(collection, { filter, sort: [], skip: 0 })
  }

  async runCount(collection: CollectionInfo, plan: CountPlan): Promise<number> {
    return this.#find(collection.name, plan.native as MemoryRead).length
  }

  async runInsert(collection: CollectionInfo, documents: readonly Document[]): Promise<InsertOutcome> {
    const target = this.#collection(collection.name)
    const done: number[] = []
    for (const [index, document] of documents.entries()) {
      try {
        target.insert(copyDocument(document))
      } catch (error) {
        return { done, failure: { index, error } }
      }
      done.push(index)
    }
    return { done }
  }

  /** One document is changed at once here; of several, core writes each, so that a failure half-way is reported exactly. */
  planWrite(collection: CollectionInfo, request: WriteRequest): WritePlan<MemoryWrite> | undefined {
    if (request.many) return undefined
    const {
      native,
      remaining: _,
      ...reach
    } = planQuery(collection, { filter: request.filter, sort: [], skip: 0, limit: 1 })
    return { ...reach, native: { read: native, request } }
  }

  async runWrite(
    collection: CollectionInfo,
    plan: WritePlan,
    call: DriverCall,
  ): Promise<{ matched: number; modified: number }> {
    const { read, request } = plan.native as MemoryWrite
    const [document] = this.#find(collection.name, read)
    if (document === undefined) return { matched: 0, modified: 0 }
    const target = this.#collection(collection.name)
    if (request.kind === "delete") target.remove(document)
    else
      target.replace(
        document,
        applyUpdate(document, request.update, { ...call, collection: collection.name, backend: "memory" }),
      )
    return { matched: 1, modified: 1 }
  }

  async replaceIf(
    collection: CollectionInfo,
    read: { revision: unknown; document: Document },
    next: Document | undefined,
  ): Promise<boolean> {
    const target = this.#collection(collection.name)
    const current = target.get(read.document["_id"] as string)
    if (current === undefined || current !== read.revision) return false
    if (next === undefined) target.remove(current)
    else target.replace(current, copyDocument(next))
    return true
  }

  async ensureIndexes(collection: CollectionInfo): Promise<void> {
    const target = this.#collection(collection.name)
    for (const index of collection.indexes) target.ensureIndex(index)
  }

  async listCollections(): Promise<string[]> {
    return [...this.#collections.keys()]
  }

  async dropCollection(name: string): Promise<boolean> {
    return this.#collections.delete(name)
  }

  async ping(): Promise<void> {}

  async close(): Promise<void> {
    this.#collections.clear()
  }

  #find(name: string, { reach, query, ordered }: MemoryRead): Document[] {
    const collection = this.#collections.get(name)
    if (collection === undefined) return []
    const holds = compileFilter(query.filter)
    const enough =
      query.sort.length === 0 || ordered
        ? query.skip + (query.limit ?? Number.POSITIVE_INFINITY)
        : Number.POSITIVE_INFINITY
    const found: Document[] = []
    for (const document of collection.reach(reach)) {
      if (found.length >= enough) break
      if (holds(document)) found.push(document)
    }
    if (query.sort.length > 0 && !ordered) found.sort(compareDocuments(query.sort))
    return query.skip === 0 && query.limit === undefined
      ? found
      : found.slice(query.skip, query.skip + (query.limit ?? found.length))
  }

  #collection(name: string): MemoryCollection {
    let collection = this.#collections.get(name)
    if (collection === undefined) {
      collection = new MemoryCollection()
      this.#collections.set(name, collection)
    }
    return collection
  }
}
