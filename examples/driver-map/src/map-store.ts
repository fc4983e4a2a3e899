import { type Document, NoSQLError } from "@nosql/core"
import {
  type Batch,
  type CollectionInfo,
  copyDocument,
  type DriverCall,
  type DriverStore,
  equalityOn,
  type FilterNode,
  type FindPlan,
  type InsertOutcome,
  planAccess,
  type Query,
  type ReadCall,
  type ReadDocument,
} from "@nosql/core/driver"

/** The ids to look up, else everything. Plans are printable data: `explain()` shows this. */
type MapRead = { readonly ids: readonly string[] } | { readonly all: true }

/** Documents in Maps: what the smallest driver does itself. A stored document is never changed, only replaced, so that it is its own revision. */
export class MapStore implements DriverStore {
  readonly client = undefined
  readonly #collections = new Map<string, Map<string, Document>>()

  planFind(collection: CollectionInfo, query: Query): FindPlan<MapRead> {
    const { filter, sort, after, skip, limit, projection } = query
    return {
      ...planAccess({ ...collection, indexes: [] }, filter, sort),
      native: readOf(filter),
      // The filter, too: looking up by id finds more than `{ _id, age }` asks for.
      remaining: {
        ...(filter.kind === "true" ? {} : { filter }),
        ...(sort.length === 0 ? {} : { sort }),
        ...(after === undefined ? {} : { after }),
        ...(skip === 0 ? {} : { skip }),
        ...(limit === undefined ? {} : { limit }),
        ...(projection === undefined ? {} : { projection }),
      },
    }
  }

  async *runFind({ name }: CollectionInfo, plan: FindPlan, call: ReadCall): AsyncGenerator<Batch> {
    const documents = this.#collection(name)
    const read = plan.native as MapRead
    const found = "all" in read ? [...documents.values()] : lookUp(documents, read.ids)
    yield { documents: found.map(copyDocument), ...(call.revisions ? { revisions: found } : {}) }
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
      const id = document["_id"] as string
      if (!target.has(id)) {
        target.set(id, copyDocument(document))
        done.push(index)
        continue
      }
      const details = { index: "_id_", paths: ["_id"] }
      failures.push({
        index,
        error: new NoSQLError("already-exists", `${operation}: this _id is taken`, {
          operation,
          collection: name,
          backend: "map",
          path: "_id",
          details,
        }),
      })
      if (ordered) break
    }
    return { done, failures }
  }

  async replaceIf(
    { name }: CollectionInfo,
    { document, revision }: ReadDocument,
    next: Document | undefined,
  ): Promise<boolean> {
    const target = this.#collection(name)
    const id = document["_id"] as string
    if (target.get(id) !== revision) return false
    if (next === undefined) target.delete(id)
    else target.set(id, copyDocument(next))
    return true
  }

  // No plan: core counts what it reads, and writes by `replaceIf`.
  planCount = () => undefined
  planWrite = () => undefined
  runCount = unplanned
  runWrite = unplanned

  async createCollection({ name }: CollectionInfo): Promise<boolean> {
    const created = !this.#collections.has(name)
    this.#collection(name)
    return created
  }
  async listCollections(): Promise<string[]> {
    return [...this.#collections.keys()]
  }
  async dropCollection(name: string): Promise<boolean> {
    return this.#collections.delete(name)
  }

  async listIndexes(): Promise<[]> {
    return []
  }
  async createIndexes(): Promise<void> {}
  async dropIndex(): Promise<boolean> {
    return false
  }

  async ping(): Promise<void> {}
  async close(): Promise<void> {
    this.#collections.clear()
  }

  #collection(name: string): Map<string, Document> {
    const found = this.#collections.get(name) ?? new Map<string, Document>()
    this.#collections.set(name, found)
    return found
  }
}

/** By `_id`, where `$eq` or `$in` fixes it, whatever else is asked. */
function readOf(filter: FilterNode): MapRead {
  if (filter.kind === "false") return { ids: [] }
  const equality = equalityOn(filter, ["_id"])
  if (equality === undefined) return { all: true }
  const ids = equality.kind === "in" ? equality.values : [equality.value]
  return { ids: [...new Set(ids)] as string[] }
}

function lookUp(documents: ReadonlyMap<string, Document>, ids: readonly string[]): Document[] {
  return ids.map((id) => documents.get(id)).filter((document) => document !== undefined)
}

function unplanned(): Promise<never> {
  return Promise.reject(new Error("a plan that was never made"))
}
