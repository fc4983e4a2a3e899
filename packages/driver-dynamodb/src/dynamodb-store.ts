import type { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import type { Document, Provision } from "@nosql/contracts"
import type {
  Batch,
  CollectionInfo,
  CountPlan,
  DriverCall,
  DriverStore,
  FilterNode,
  FindPlan,
  IndexInfo,
  InsertCall,
  InsertOutcome,
  OpenCall,
  Query,
  Reach,
  ReadCall,
  ReadDocument,
  SortKey,
  WriteOutcome,
  WritePlan,
  WriteRequest,
} from "@nosql/core/driver"
import { AnswerReader } from "./answer-reader.ts"
import { addIndexes, dropIndex } from "./change-indexes.ts"
import { classifyError } from "./classify-error.ts"
import { documentProblem, idProblem } from "./document-problem.ts"
import { type DynamoRead, indexesOf } from "./dynamo-read.ts"
import { explainFind } from "./explain-find.ts"
import { building, finishBuilding, settled } from "./finish-indexes.ts"
import { gsiName } from "./index-names.ts"
import { listTables } from "./list-tables.ts"
import type { TableMapping } from "./mapped-table.ts"
import { MappedTables, refuseDeclared } from "./mapped-tables.ts"
import { causeOf, foundNoTable, isMissingTable } from "./missing-table.ts"
import { pageOrder, planCount, planQuery } from "./plan-query.ts"
import { type DynamoWrite, planWrite } from "./plan-write.ts"
import { preparedSend } from "./prepared-send.ts"
import { replaceIf } from "./replace-if.ts"
import { Requests } from "./request.ts"
import { runCount, runFind } from "./run-find.ts"
import { runInsert } from "./run-insert.ts"
import { isUpsert, runWrite } from "./run-write.ts"
import { sdkFailure } from "./sdk-failures.ts"
import { sendBy } from "./send.ts"
import { collectionOfTable } from "./table-name.ts"
import { maxAgeMs, missing, Tables } from "./tables.ts"
import { waitForTable } from "./wait-for-table.ts"

interface DynamodbStoreOptions {
  readonly tablePrefix: string
  readonly maxAttempts: number
  readonly ownsClient: boolean
  /** Whether the endpoint is not AWS. */
  readonly custom: boolean
  readonly mappings: Readonly<Record<string, TableMapping>>
}

/** The tables of one account and region that begin with one prefix. */
export class DynamodbStore implements DriverStore {
  readonly client: DynamoDBClient
  readonly defaultProvision: Provision
  readonly #requests: Requests
  readonly #tables: Tables
  readonly #mapped: MappedTables
  readonly #prefix: string
  readonly #ownsClient: boolean
  /** When a collection's indexes were last tried to be made ready. */
  readonly #finishing = new Map<string, number>()

  constructor(
    client: DynamoDBClient,
    { tablePrefix, maxAttempts, ownsClient, custom, mappings }: DynamodbStoreOptions,
  ) {
    this.client = client
    // At AWS a table is somebody's decision, and has a price.
    this.defaultProvision = custom ? "auto" : "check"
    const send = ownsClient ? preparedSend(client, new AnswerReader()) : sendBy(client)
    this.#requests = new Requests(send, maxAttempts)
    this.#tables = new Tables(this.#requests, tablePrefix, this.defaultProvision)
    this.#mapped = new MappedTables(this.#requests, mappings)
    this.#prefix = tablePrefix
    this.#ownsClient = ownsClient
  }

  openCollection(collection: CollectionInfo, call: OpenCall): Promise<void> | undefined {
    const { name } = collection
    if (this.#mapped.has(name)) return this.#mapped.open(collection, call)
    const opening = this.#tables.open(name, call)
    if (opening !== undefined) return opening.then(() => this.#finishBuilding(name, call))
    return this.#finishBuilding(name, call)
  }

  /** Where nobody was told to do it, the first use behind a minute does. What goes wrong leaves the index as it was: it serves no query. */
  #finishBuilding(name: string, call: DriverCall): Promise<void> | undefined {
    const state = this.#tables.stateOf(name)
    if (building(state).length === 0 || !this.#tables.makes(name) || !settled(state)) return undefined
    const tried = this.#finishing.get(name)
    if (tried !== undefined && performance.now() - tried < maxAgeMs) return undefined
    this.#finishing.set(name, performance.now())
    return finishBuilding(this.#requests, this.#tables, name, call).then(
      () => {},
      () => {},
    )
  }

  pageOrder(collection: CollectionInfo, filter: FilterNode): readonly SortKey[] {
    if (this.#mapped.has(collection.name)) return this.#mapped.pageOrder(collection, filter)
    return pageOrder(collection, filter, this.#tables.stateOf(collection.name))
  }

  planFind(collection: CollectionInfo, query: Query): FindPlan<DynamoRead> {
    if (this.#mapped.has(collection.name)) return this.#mapped.planFind(collection, query)
    return planQuery(collection, query, this.#tables.stateOf(collection.name))
  }

  async *runFind(collection: CollectionInfo, plan: FindPlan, call: ReadCall): AsyncGenerator<Batch> {
    const { name } = collection
    if (this.#mapped.has(name)) yield* this.#mapped.runFind(collection, plan, call)
    else if (this.#isThere(name, call)) yield* runFind(this.#requests, plan.native as DynamoRead, name, call)
  }

  /** Where tables are made at the first write, one that is not there holds nothing. */
  #isThere(name: string, call: DriverCall): boolean {
    const { exists } = this.#tables.stateOf(name)
    if (!exists && !this.#tables.makes(name)) throw missing(name, call)
    return exists
  }

  /** Where the table is gone, or an index that the plan goes by: what is known of a table was read a while ago. */
  async isOutdated({ name }: CollectionInfo, plan: Reach, error: unknown, call: OpenCall): Promise<boolean> {
    const { code } = sdkFailure(causeOf(error))
    if (this.#mapped.has(name) || (code !== "not-found" && code !== "invalid-argument")) return false
    const { exists, indexes } = await this.#tables.read(name, call)
    const ready = new Set(indexes.map((index) => gsiName(index.name)))
    return !exists || indexesOf((plan as FindPlan<DynamoRead>).native).some((index) => !ready.has(index))
  }

  /** What the plan asks for, in words, and what it costs by the sizes that DynamoDB counts. */
  explainFind({ name }: CollectionInfo, plan: FindPlan, call: ReadCall): Promise<unknown> {
    const mapped = this.#mapped.has(name) ? this.#mapped.keysOf(name) : undefined
    return explainFind(this.#requests, plan, mapped?.table ?? this.#tables.nameOf(name), mapped?.keys, call)
  }

  planCount(collection: CollectionInfo, query: Query): CountPlan<DynamoRead> | undefined {
    if (this.#mapped.has(collection.name)) return this.#mapped.planCount(collection, query)
    return planCount(collection, query, this.#tables.stateOf(collection.name))
  }

  async runCount(collection: CollectionInfo, plan: CountPlan, call: ReadCall): Promise<number> {
    const { name } = collection
    if (this.#mapped.has(name)) return this.#mapped.runCount(collection, plan, call)
    return this.#isThere(name, call) ? runCount(this.#requests, plan.native as DynamoRead, name, call) : 0
  }

  async runInsert(
    collection: CollectionInfo,
    documents: readonly Document[],
    call: InsertCall,
  ): Promise<InsertOutcome> {
    if (this.#mapped.has(collection.name)) return this.#mapped.runInsert(collection, documents, call)
    const outcome = await this.#runInsert(collection, documents, call)
    if (!foundNoTable(outcome)) return outcome
    await this.#tables.read(collection.name, call)
    return this.#runInsert(collection, documents, call)
  }

  async #runInsert(
    collection: CollectionInfo,
    documents: readonly Document[],
    call: InsertCall,
  ): Promise<InsertOutcome> {
    const state = await this.#tables.forWriting(collection, call)
    return runInsert({ requests: this.#requests, state, collection, call }, documents)
  }

  planWrite(collection: CollectionInfo, request: WriteRequest): WritePlan<DynamoWrite> | undefined {
    // Read, applied, and written on the values that were read.
    if (this.#mapped.has(collection.name)) return undefined
    return planWrite(collection, request, this.#tables.stateOf(collection.name))
  }

  async runWrite(
    collection: CollectionInfo,
    plan: WritePlan,
    call: DriverCall,
  ): Promise<WriteOutcome | undefined> {
    const write = plan.native as DynamoWrite
    try {
      return await this.#runWrite(collection, write, call)
    } catch (error) {
      if (!isMissingTable(error)) throw error
      await this.#tables.read(collection.name, call)
      return this.#runWrite(collection, write, call)
    }
  }

  async #runWrite(
    collection: CollectionInfo,
    write: DynamoWrite,
    call: DriverCall,
  ): Promise<WriteOutcome | undefined> {
    if (!this.#isThere(collection.name, call))
      return isUpsert(write) ? undefined : { matched: 0, modified: 0 }
    const { version } = await this.#tables.forWriting(collection, call)
    // Indexes came or went since it was planned.
    if (version !== write.version) return undefined
    return runWrite(this.#requests, write, collection, call)
  }

  async replaceIf(
    collection: CollectionInfo,
    read: ReadDocument,
    next: Document | undefined,
    call: DriverCall,
  ): Promise<boolean> {
    if (this.#mapped.has(collection.name)) return this.#mapped.replaceIf(collection, read, next, call)
    const state = await this.#tables.forWriting(collection, call)
    try {
      return await replaceIf(this.#requests, state, collection, read, next, call)
    } catch (error) {
      if (!isMissingTable(error)) throw error
      // Core looks again, and finds that there is nothing.
      await this.#tables.read(collection.name, call)
      return false
    }
  }

  async createCollection(collection: CollectionInfo, call: DriverCall): Promise<boolean> {
    const { name } = collection
    if (this.#mapped.has(name)) this.#mapped.refuse(name, call)
    if ((await this.#tables.read(name, call)).exists) return false
    await this.#tables.makeDeclared(collection, call)
    return true
  }

  async listIndexes(collection: CollectionInfo, call: DriverCall): Promise<readonly IndexInfo[]> {
    const { name } = collection
    if (this.#mapped.has(name)) {
      await this.#mapped.open(collection, call)
      return this.#mapped.listIndexes(collection)
    }
    const { stored } = await this.#tables.read(name, call)
    return stored.map(({ info, state }) => (state === "building" ? { ...info, building: true } : info))
  }

  async createIndexes(
    collection: CollectionInfo,
    indexes: readonly IndexInfo[],
    call: DriverCall,
  ): Promise<void> {
    if (this.#mapped.has(collection.name)) refuseDeclared(collection, call)
    else await addIndexes(this.#requests, this.#tables, collection, indexes, call)
  }

  async dropIndex({ name }: CollectionInfo, index: string, call: DriverCall): Promise<boolean> {
    if (this.#mapped.has(name)) this.#mapped.refuse(name, call)
    return dropIndex(this.#requests, this.#tables, name, index, call)
  }

  async listCollections(call: DriverCall): Promise<string[]> {
    const tables = await listTables(this.#requests, call)
    return tables.flatMap((table) => {
      const own = collectionOfTable(table, this.#prefix)
      return this.#mapped.collectionOf(table) ?? (own === undefined || this.#mapped.has(own) ? [] : own)
    })
  }

  async dropCollection(name: string, call: DriverCall): Promise<boolean> {
    if (this.#mapped.has(name)) this.#mapped.refuse(name, call)
    const table = this.#tables.nameOf(name)
    this.#tables.forget(name)
    const { error } = await this.#requests.ask("DeleteTable", { TableName: table }, call, {
      repeatable: true,
    })
    if (error !== undefined) {
      if (sdkFailure(error).code === "not-found") return false
      throw classifyError(error, call, { collection: name })
    }
    await waitForTable(this.#requests, table, call, "gone")
    this.#tables.forget(name)
    return true
  }

  /** Who may not list tables has an answer, too. */
  async ping(call: DriverCall): Promise<void> {
    await listTables(this.#requests, call, 1)
  }

  async close(): Promise<void> {
    if (this.#ownsClient) this.client.destroy()
  }

  /** Of a mapped table the keys make the id. */
  idOf(collection: CollectionInfo, fields: Document): string | undefined {
    return this.#mapped.idOf(collection, fields)
  }

  idProblem(id: string): string | undefined {
    return idProblem(id)
  }

  documentProblem(document: Document, mostBytes?: number): string | undefined {
    return documentProblem(document, 0, mostBytes)
  }
}
