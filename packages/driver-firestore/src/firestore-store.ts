import type { Firestore } from "@google-cloud/firestore"
import type { Document } from "@nosql/contracts"
import type {
  Batch,
  CollectionInfo,
  CountPlan,
  DriverCall,
  DriverStore,
  FilterNode,
  FindPlan,
  IndexInfo,
  InsertOutcome,
  Query,
  ReadCall,
  ReadDocument,
  Replacement,
  ReplacementOutcome,
  SortKey,
  WriteOutcome,
  WritePlan,
  WriteRequest,
} from "@nosql/core/driver"
import { isOwnCollection } from "./catalog-names.ts"
import { changeOf } from "./change-of.ts"
import { classifyError, placeOf } from "./classify-error.ts"
import { placeProblem } from "./collection-place.ts"
import { commitChange } from "./commit-change.ts"
import { commitChanges } from "./commit-changes.ts"
import { createIndexes, removeSentinels } from "./create-indexes.ts"
import { documentProblem } from "./document-problem.ts"
import { dropDocuments } from "./drop-documents.ts"
import type { FirestoreCollection } from "./firestore-collection.ts"
import type { FirestoreContext } from "./firestore-context.ts"
import { idProblemIn } from "./group-id.ts"
import { IndexCatalog } from "./index-catalog.ts"
import { pageOrder } from "./page-order.ts"
import { planCount } from "./plan-count.ts"
import { planQuery } from "./plan-query.ts"
import { type FirestoreWrite, planWrite } from "./plan-write.ts"
import type { RampUp } from "./ramp-up.ts"
import { retry, type Sender } from "./retry.ts"
import { runCount } from "./run-count.ts"
import { runFind } from "./run-find.ts"
import { runInsert } from "./run-insert.ts"
import { runWrite } from "./run-write.ts"
import { type WriteTarget, writeTarget } from "./write-target.ts"

/** One database of Firestore, or the part of it under a document. */
export class FirestoreStore implements DriverStore {
  readonly client: Firestore
  readonly database: string
  readonly #context: FirestoreContext
  readonly #catalog: IndexCatalog
  readonly #rampUp: RampUp
  readonly #ownsClient: boolean

  constructor(context: FirestoreContext, rampUp: RampUp, ownsClient: boolean) {
    this.client = context.firestore
    this.database = context.firestore.databaseId
    this.#context = context
    this.#rampUp = rampUp
    this.#catalog = new IndexCatalog(context)
    this.#ownsClient = ownsClient
  }

  /** Which unique indexes there are must be known before a write is planned. */
  async openCollection(collection: CollectionInfo, call: DriverCall): Promise<void> {
    if (this.#context.groupOf(collection.name) !== undefined) return
    if (this.#catalog.known(collection) !== undefined) return
    await this.#run(call, collection.name, () => this.#catalog.load(collection, call))
  }

  pageOrder(collection: CollectionInfo, filter: FilterNode): readonly SortKey[] {
    return pageOrder(this.#resolved(collection), filter)
  }

  planFind(collection: CollectionInfo, query: Query): FindPlan {
    return planQuery(this.#resolved(collection), query)
  }

  runFind(collection: CollectionInfo, plan: FindPlan, call: ReadCall): AsyncIterable<Batch> {
    return runFind({ context: this.#context, collection: this.#resolved(collection), call }, plan)
  }

  planCount(collection: CollectionInfo, query: Query): CountPlan | undefined {
    return planCount(this.#resolved(collection), query)
  }

  runCount(collection: CollectionInfo, plan: CountPlan, call: ReadCall): Promise<number> {
    return runCount(this.#context, this.#resolved(collection), plan, call)
  }

  runInsert(
    collection: CollectionInfo,
    documents: readonly Document[],
    call: DriverCall & { readonly ordered: boolean },
  ): Promise<InsertOutcome> {
    return this.#write(collection, call, (target) => runInsert(documents, target, call.ordered))
  }

  planWrite(collection: CollectionInfo, request: WriteRequest): WritePlan | undefined {
    return planWrite(collection, request, this.#catalog.known(collection))
  }

  runWrite(collection: CollectionInfo, plan: WritePlan, call: DriverCall): Promise<WriteOutcome> {
    return this.#write(collection, call, (target) => runWrite(plan.native as FirestoreWrite, target))
  }

  /** The condition is the time of the last write, which the server keeps with each document. */
  replaceIf(
    collection: CollectionInfo,
    read: ReadDocument,
    next: Document | undefined,
    call: DriverCall,
  ): Promise<boolean> {
    return this.#write(collection, call, (target) => commitChange(changeOf({ read, next }), target))
  }

  replaceEach(
    collection: CollectionInfo,
    replacements: readonly Replacement[],
    call: DriverCall,
  ): Promise<readonly ReplacementOutcome[]> {
    return this.#write(collection, call, async (target) => {
      const outcomes = await commitChanges(replacements.map(changeOf), target, true)
      return outcomes.map((outcome) =>
        typeof outcome === "object" ? { error: classifyError(outcome.error, target.place) } : outcome,
      )
    })
  }

  /** Firestore knows no collection without documents: it is written down that there is one. */
  createCollection(collection: CollectionInfo, call: DriverCall): Promise<boolean> {
    return this.#run(call, collection.name, async () => {
      if ((await this.#context.gate.send(() => this.#names())).has(collection.name)) return false
      await this.#catalog.change(collection, (indexes) => indexes)
      return true
    })
  }

  /** Those of a group are deployed; which, only an administrator can ask. */
  listIndexes(collection: CollectionInfo, call: DriverCall): Promise<readonly IndexInfo[]> {
    if (this.readOnly(collection.name) !== undefined)
      return Promise.resolve(collection.indexes.filter(({ unique }) => !unique))
    return this.#run(call, collection.name, () => this.#catalog.read(collection, call))
  }

  createIndexes(collection: CollectionInfo, indexes: readonly IndexInfo[], call: DriverCall): Promise<void> {
    return this.#run(call, collection.name, () =>
      createIndexes(indexes, this.#catalog, writeTarget(this.#context, collection, [], call, this.#rampUp)),
    )
  }

  dropIndex(collection: CollectionInfo, name: string, call: DriverCall): Promise<boolean> {
    return this.#run(call, collection.name, async () => {
      const known = await this.#catalog.read(collection, call)
      if (!known.some((index) => index.name === name)) return false
      await this.#catalog.change(collection, (indexes) => indexes.filter((index) => index.name !== name))
      await removeSentinels(name, writeTarget(this.#context, collection, [], call, this.#rampUp))
      return true
    })
  }

  listCollections(call: DriverCall): Promise<string[]> {
    return this.#run(call, undefined, async () => [...(await retry(this.#sender(call), () => this.#names()))])
  }

  dropCollection(name: string, call: DriverCall): Promise<boolean> {
    return this.#run(call, name, async () => {
      const admit = (writes: number) => this.#rampUp.admit(name, writes, call)
      const sender = this.#sender(call)
      const removed = await dropDocuments(this.#context.collectionOf(name), sender, admit)
      await dropDocuments(this.#context.sentinelsOf(name), sender, admit)
      const known = await this.#catalog.drop(name)
      return removed > 0 || known
    })
  }

  /** A document that is not there: the answer says that credentials, project and database are right. */
  async ping(call: DriverCall): Promise<void> {
    await this.#run(call, undefined, () =>
      retry(this.#sender(call), () => this.#context.catalog.doc("ping").get()),
    )
  }

  async close(): Promise<void> {
    await this.#context.gate.close(async () => {
      if (this.#ownsClient) await this.client.terminate()
    })
  }

  idProblem(id: string, collection: CollectionInfo): string | undefined {
    return idProblemIn(this.#resolved(collection), id)
  }

  pathProblem(path: string): string | undefined {
    return placeProblem(path)
  }

  readOnly(name: string): string | undefined {
    const group = this.#context.groupOf(name)
    return group === undefined
      ? undefined
      : `"${name}" is all collections called ${group}, and can only be read; write to one of them, by its path such as "parents/id/${group}"`
  }

  documentProblem(document: Document): string | undefined {
    return documentProblem(document)
  }

  #resolved(collection: CollectionInfo): FirestoreCollection {
    const group = this.#context.groupOf(collection.name)
    if (group === undefined) return collection
    const { pathPrefix: below } = this.#context
    return { ...collection, group, ...(below === undefined ? {} : { below }) }
  }

  #sender(call: DriverCall): Sender {
    return { context: this.#context, call }
  }

  async #names(): Promise<Set<string>> {
    const names = await this.#context.listCollections()
    return new Set(names.filter((name) => !isOwnCollection(name)).sort())
  }

  #write<R>(
    collection: CollectionInfo,
    call: DriverCall,
    work: (target: WriteTarget) => Promise<R>,
  ): Promise<R> {
    return this.#run(call, collection.name, async () => {
      const indexes = await this.#catalog.load(collection, call)
      return work(writeTarget(this.#context, collection, indexes, call, this.#rampUp))
    })
  }

  async #run<R>(call: DriverCall, collection: string | undefined, work: () => Promise<R>): Promise<R> {
    try {
      return await work()
    } catch (error) {
      throw classifyError(error, placeOf(call, collection))
    }
  }
}
