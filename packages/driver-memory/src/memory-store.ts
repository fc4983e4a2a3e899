import type { Document } from "@nosql/contracts"
import {
  type Batch,
  behindPosition,
  type CollectionInfo,
  type CountPlan,
  compareDocuments,
  compileFilter,
  copyDocument,
  type DriverCall,
  type DriverStore,
  type FindPlan,
  type IndexInfo,
  type InsertOutcome,
  projectDocument,
  type Query,
  queryOf,
  type ReadCall,
  type ReadDocument,
  type WriteOutcome,
  type WritePlan,
  type WriteRequest,
  writtenDocument,
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
  readonly client = undefined
  readonly #collections = new Map<string, MemoryCollection>()

  planFind(collection: CollectionInfo, query: Query): FindPlan<MemoryRead> {
    return planQuery(collection, query)
  }

  async *runFind(collection: CollectionInfo, plan: FindPlan, call: ReadCall): AsyncGenerator<Batch> {
    const read = plan.native as MemoryRead
    const found = this.#find(collection.name, read)
    const { projection } = read.query
    for (let start = 0; start < found.length; start += batchSize) {
      const stored = found.slice(start, start + batchSize)
      const documents = stored.map((document) =>
        copyDocument(projection === undefined ? document : projectDocument(document, projection)),
      )
      yield call.revisions ? { documents, revisions: stored } : { documents }
    }
  }

  planCount(collection: CollectionInfo, query: Query): CountPlan<MemoryRead> {
    return planQuery(collection, query)
  }

  async runCount(collection: CollectionInfo, plan: CountPlan): Promise<number> {
    return this.#find(collection.name, plan.native as MemoryRead).length
  }

  async estimateCount({ name }: CollectionInfo): Promise<number> {
    return this.#collections.get(name)?.size ?? 0
  }

  async runInsert(
    { name }: CollectionInfo,
    documents: readonly Document[],
    { operation, ordered }: DriverCall & { readonly ordered: boolean },
  ): Promise<InsertOutcome> {
    const target = this.#collection(name)
    const done: number[] = []
    const failures: { index: number; error: unknown }[] = []
    for (const [index, document] of documents.entries()) {
      try {
        target.insert(copyDocument(document), { operation, collection: name })
        done.push(index)
      } catch (error) {
        failures.push({ index, error })
        if (ordered) break
      }
    }
    return { done, failures }
  }

  /** One document is changed at once here; of several, core writes each, so that a failure half-way is reported exactly. */
  planWrite(collection: CollectionInfo, request: WriteRequest): WritePlan<MemoryWrite> | undefined {
    if (request.many) return undefined
    const query = queryOf(request.filter, { sort: request.sort ?? [], limit: 1 })
    const { native, remaining: _, ...reach } = planQuery(collection, query)
    return { ...reach, native: { read: native, request } }
  }

  async runWrite({ name }: CollectionInfo, plan: WritePlan, call: DriverCall): Promise<WriteOutcome> {
    const { read, request } = plan.native as MemoryWrite
    const [before] = this.#find(name, read)
    if (before === undefined) return this.#upsert(name, request, call)
    const context = { operation: call.operation, collection: name, backend: "memory" }
    const after = writtenDocument(before, request, context)
    const target = this.#collection(name)
    if (after === undefined) target.remove(before)
    else if (after !== before) target.replace(before, copyDocument(after), context)
    return outcomeOf(request, 1, after === before ? 0 : 1, request.returning === "after" ? after : before)
  }

  #upsert(name: string, request: WriteRequest, { operation }: DriverCall): WriteOutcome {
    if (request.kind === "delete" || request.upsert === undefined) return { matched: 0, modified: 0 }
    const { document } = request.upsert
    this.#collection(name).insert(copyDocument(document), { operation, collection: name })
    const shown = request.returning === "after" ? document : undefined
    return { ...outcomeOf(request, 0, 0, shown), upsertedId: document["_id"] as string }
  }

  async replaceIf(
    { name }: CollectionInfo,
    read: ReadDocument,
    next: Document | undefined,
    { operation }: DriverCall,
  ): Promise<boolean> {
    const target = this.#collection(name)
    const current = target.get(read.document["_id"] as string)
    if (current === undefined || current !== read.revision) return false
    if (next === undefined) target.remove(current)
    else target.replace(current, copyDocument(next), { operation, collection: name })
    return true
  }

  async createCollection({ name }: CollectionInfo): Promise<boolean> {
    const created = !this.#collections.has(name)
    this.#collection(name)
    return created
  }

  async listIndexes({ name }: CollectionInfo): Promise<readonly IndexInfo[]> {
    return this.#collections.get(name)?.indexes ?? []
  }

  async createIndexes(
    { name }: CollectionInfo,
    indexes: readonly IndexInfo[],
    { operation }: DriverCall,
  ): Promise<void> {
    const target = this.#collection(name)
    for (const index of indexes) target.addIndex(index, { operation, collection: name })
  }

  async dropIndex({ name }: CollectionInfo, index: string): Promise<boolean> {
    return this.#collections.get(name)?.dropIndex(index) ?? false
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
    // An index that was declared may not have been made, or be dropped: then everything is read, in no order.
    const made = !("index" in reach) || collection.hasIndex(reach.index)
    const inOrder = query.sort.length === 0 || (ordered && made)
    const matches = compileFilter(query.filter)
    const isBehind = query.after === undefined ? undefined : behindPosition(query.sort, query.after)
    const enough = inOrder ? query.skip + (query.limit ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY
    const found: Document[] = []
    for (const document of collection.reach(made ? reach : { kind: "scan" })) {
      if (found.length >= enough) break
      if (matches(document) && (isBehind === undefined || isBehind(document))) found.push(document)
    }
    if (!inOrder) found.sort(compareDocuments(query.sort))
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

function outcomeOf(
  { returning }: WriteRequest,
  matched: number,
  modified: number,
  shown: Document | undefined,
): WriteOutcome {
  if (returning === undefined || shown === undefined) return { matched, modified }
  return { matched, modified, document: copyDocument(shown) }
}
