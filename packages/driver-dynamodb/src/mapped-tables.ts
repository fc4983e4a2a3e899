import { isDeepStrictEqual } from "node:util"
import { type Document, NoSQLError } from "@nosql/contracts"
import type {
  Batch,
  CollectionInfo,
  CountPlan,
  DriverCall,
  FilterNode,
  FindPlan,
  IndexInfo,
  InsertCall,
  InsertOutcome,
  Query,
  ReadCall,
  ReadDocument,
  SortKey,
} from "@nosql/core/driver"
import { classifyError } from "./classify-error.ts"
import { describeMapped } from "./describe-mapped.ts"
import type { DynamoRead } from "./dynamo-read.ts"
import { insertEach } from "./insert-each.ts"
import { encodeMapped, mappedDocument } from "./mapped-codec.ts"
import { idOfDocument, keyOfId } from "./mapped-id.ts"
import { keysOfTable, type MappedTable, type TableMapping } from "./mapped-table.ts"
import { mappedPageOrder, planMapped } from "./plan-mapped.ts"
import { countPlanOf } from "./plan-query.ts"
import type { Requests } from "./request.ts"
import { runCount, runFind } from "./run-find.ts"
import { missingTable } from "./table-state.ts"
import type { Attributes } from "./value-codec.ts"
import { idTaken, maybeDone } from "./write-errors.ts"
import { type WriteResult, writeItem } from "./write-item.ts"
import { writeOver } from "./write-over.ts"

/** The collections that are tables of other programs'. */
export class MappedTables {
  readonly #requests: Requests
  readonly #mappings: ReadonlyMap<string, TableMapping>
  readonly #tables = new Map<string, MappedTable>()

  constructor(requests: Requests, mappings: Readonly<Record<string, TableMapping>>) {
    this.#requests = requests
    this.#mappings = new Map(Object.entries(mappings))
  }

  has(collection: string): boolean {
    return this.#mappings.has(collection)
  }

  /** The collection that a table is, where it is one. */
  collectionOf(table: string): string | undefined {
    for (const [collection, mapping] of this.#mappings) if (mapping.table === table) return collection
    return undefined
  }

  /** The keys of a table never change, so that it is asked once. */
  open(collection: CollectionInfo, call: DriverCall): Promise<void> | undefined {
    refuseDeclared(collection, call)
    const { name } = collection
    const mapping = this.#mappings.get(name)
    if (mapping === undefined || this.#tables.has(name)) return undefined
    return describeMapped(this.#requests, name, mapping, call).then((table) => {
      this.#tables.set(name, table)
    })
  }

  #tableOf(collection: string): MappedTable {
    const table = this.#tables.get(collection)
    if (table === undefined) throw new Error(`"${collection}" has not been opened`)
    return table
  }

  idOf({ name }: CollectionInfo, fields: Document): string | undefined {
    const mapping = this.#mappings.get(name)
    return mapping && idOfDocument(fields, mapping.keys)
  }

  /** The table of a collection, and the names of its keys. */
  keysOf(collection: string): { readonly table: string; readonly keys: readonly string[] } {
    const table = this.#tableOf(collection)
    return { table: table.table, keys: keysOfTable(table).map(({ name }) => name) }
  }

  pageOrder(collection: CollectionInfo, filter: FilterNode): readonly SortKey[] {
    return mappedPageOrder(filter, this.#tableOf(collection.name), collection)
  }

  planFind(collection: CollectionInfo, query: Query): FindPlan<DynamoRead> {
    return planMapped(query, this.#tableOf(collection.name), collection)
  }

  runFind({ name }: CollectionInfo, plan: FindPlan, call: ReadCall): AsyncGenerator<Batch> {
    const table = this.#tableOf(name)
    const layout = {
      keyOf: (id: string) => keyOfId(id, table) ?? {},
      documentOf: (fields: Document) => mappedDocument(fields, table),
    }
    return runFind(this.#requests, plan.native as DynamoRead, name, call, layout)
  }

  planCount(collection: CollectionInfo, query: Query): CountPlan<DynamoRead> | undefined {
    return countPlanOf(this.planFind(collection, query))
  }

  runCount({ name }: CollectionInfo, plan: CountPlan, call: ReadCall): Promise<number> {
    return runCount(this.#requests, plan.native as DynamoRead, name, call)
  }

  runInsert(
    collection: CollectionInfo,
    documents: readonly Document[],
    call: InsertCall,
  ): Promise<InsertOutcome> {
    const target = { requests: this.#requests, state: missingTable(""), collection, call }
    return insertEach(target, documents, call.ordered ? 1 : undefined, (_, document) =>
      this.#insert(collection, document, call),
    )
  }

  async #insert(collection: CollectionInfo, document: Document, call: DriverCall): Promise<void> {
    const table = this.#tableOf(collection.name)
    const Item = encodeMapped(document, table, { operation: call.operation, collection: collection.name })
    const input = {
      TableName: table.table,
      Item,
      ConditionExpression: "attribute_not_exists(#k)",
      ExpressionAttributeNames: { "#k": table.partition.name },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    } as const
    const result = await this.#write(table, { Put: input }, call)
    if (isWritten(result, Item, collection, call)) return
    throw idTaken(call, collection)
  }

  /** On the values that were read: there is no revision in what others write. */
  async replaceIf(
    collection: CollectionInfo,
    { document, revision }: ReadDocument,
    next: Document | undefined,
    call: DriverCall,
  ): Promise<boolean> {
    const table = this.#tableOf(collection.name)
    const context = { operation: call.operation, collection: collection.name }
    const names = new Set(keysOfTable(table).map(({ name }) => name))
    const target = {
      table: table.table,
      id: document["_id"] as string,
      key: keyOfId(document["_id"] as string, table) ?? {},
      item: revision as Attributes,
      // An attribute of that name is none of the document's.
      isKey: (name: string) => names.has(name) || name === "_id",
    }
    const item = next === undefined ? undefined : encodeMapped(next, table, context, target.item)
    const result = await this.#write(table, writeOver(target, item, call, collection.name), call)
    return isWritten(result, item, collection, call)
  }

  #write(table: MappedTable, write: Parameters<typeof writeItem>[2], call: DriverCall): Promise<WriteResult> {
    return writeItem(this.#requests, missingTable(table.table), write, { claims: [], releases: [] }, call)
  }

  /** Those by which queries go; what else the table has, the mapping does not tell. */
  listIndexes({ name }: CollectionInfo): readonly IndexInfo[] {
    return this.#tableOf(name).indexes.map((index) => ({
      name: index.name,
      keys: keysOfTable(index).map((key) => ({ path: [key.name], direction: 1 })),
      unique: false,
    }))
  }

  /** What would make, change or remove a table. */
  refuse(collection: string, { operation }: DriverCall): never {
    throw new NoSQLError(
      "failed-precondition",
      `${operation}: the table of "${collection}" is another program's (the option tables.${collection}), which the store neither makes nor changes nor drops; do it with what made the table`,
      { operation, collection, backend: "dynamodb" },
    )
  }
}

/** What would need attributes of ours. Other indexes only make queries cheaper, and are left out. */
export function refuseDeclared({ name, indexes, ttl }: CollectionInfo, { operation }: DriverCall): void {
  const unique = indexes.find((index) => index.unique)
  if (unique === undefined && ttl === undefined) return
  const what = unique === undefined ? "a ttl" : `the unique index "${unique.name}"`
  throw new NoSQLError(
    "failed-precondition",
    `${operation}: "${name}" declares ${what}, and its table is another program's (the option tables.${name}), which would not keep it; leave it out of the declaration`,
    { operation, collection: name, backend: "dynamodb" },
  )
}

/** False where somebody else was first. What stands there as it was to be written is an earlier try's whose answer was lost. */
function isWritten(
  result: WriteResult,
  item: Attributes | undefined,
  collection: CollectionInfo,
  call: DriverCall,
): boolean {
  switch (result.kind) {
    case "done":
      return true
    case "condition":
      if (!result.lost) return false
      if (isDeepStrictEqual(result.found, item)) return true
      throw maybeDone(call, collection)
    case "taken":
      return false
    case "failed":
      throw classifyError(result.error, call, { collection: collection.name, maybeDone: result.lost })
  }
}
