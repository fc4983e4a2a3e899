import { NoSQLError } from "@nosql/contracts"
import type { CollectionInfo, DriverCall, IndexInfo } from "@nosql/core/driver"
import { backfill } from "./backfill.ts"
import { enableTtl } from "./create-table.ts"
import { gsiName } from "./index-names.ts"
import type { Requests } from "./request.ts"
import { gsiAttributes, gsiDefinition, hasGsi, tableDefinition } from "./table-definition.ts"
import { encodeMetadata, metadataCondition } from "./table-metadata.ts"
import { type StoredIndex, type TableState, tableState } from "./table-state.ts"
import type { Tables } from "./tables.ts"
import { waitForTable } from "./wait-for-table.ts"

/** Adds indexes: with a new table they are ready, to one that is there they are built. */
export async function addIndexes(
  requests: Requests,
  tables: Tables,
  { name, ttl }: CollectionInfo,
  indexes: readonly IndexInfo[],
  call: DriverCall,
): Promise<void> {
  const before = await tables.read(name, call)
  const state = before.exists ? before : await tables.make(name, indexes, call, ttl?.hide)
  const added = indexes.filter((index) => !state.stored.some(({ info }) => info.name === index.name))
  if (added.length === 0) return
  const { output: found } = await requests.ask("DescribeTable", { TableName: state.table }, call, {
    repeatable: true,
  })
  const there = new Set(found?.Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName))
  // DynamoDB makes one at a time.
  for (const index of added) {
    if (hasGsi(index) && !there.has(gsiName(index.name))) await createGsi(requests, state.table, index, call)
  }
  if (added.some((index) => !hasGsi(index))) await enableTtl(requests, state.table, call)
  const since = Date.now()
  const building = added.map(
    (info): StoredIndex => ({
      info,
      state: "building",
      since,
      ...(hasGsi(info) ? {} : { hide: ttl?.hide ?? true }),
    }),
  )
  const next = await writeMetadata(requests, tables, name, (stored) => [...stored, ...building], call)
  const first = state.version === 0
  if (first && (await isEmpty(requests, state.table, call))) {
    await markReady(requests, tables, name, added, call)
    return
  }
  // At AWS the operator says when, and how fast.
  if (tables.makes(name)) await buildNow(requests, tables, { name, state: next, added }, call)
}

async function buildNow(
  requests: Requests,
  tables: Tables,
  {
    name,
    state,
    added,
  }: { readonly name: string; readonly state: TableState; readonly added: readonly IndexInfo[] },
  call: DriverCall,
): Promise<void> {
  try {
    const { seen } = await backfill(requests, state, name, call)
    // What was empty has nothing that a writer could have missed.
    if (seen === 0) await markReady(requests, tables, name, added, call)
  } catch (error) {
    // Two documents share a value: there can be no such index.
    if (NoSQLError.isInstance(error) && error.code === "already-exists") {
      for (const index of added) await dropIndex(requests, tables, name, index.name, call)
    }
    throw error
  }
}

/** One that another tool has made. */
async function isEmpty(requests: Requests, table: string, call: DriverCall): Promise<boolean> {
  const input = {
    TableName: table,
    ConsistentRead: true,
    Limit: 2,
    FilterExpression: "attribute_exists(#id)",
    ExpressionAttributeNames: { "#id": "_id" },
  }
  const { Items = [], LastEvaluatedKey } = await requests.send("Scan", input, call)
  return Items.length === 0 && LastEvaluatedKey === undefined
}

/** Queries may go by them from now on. */
export async function markReady(
  requests: Requests,
  tables: Tables,
  collection: string,
  indexes: readonly IndexInfo[],
  call: DriverCall,
): Promise<TableState> {
  const names = new Set(indexes.map(({ name }) => name))
  return writeMetadata(
    requests,
    tables,
    collection,
    (stored) => stored.map((index) => (names.has(index.info.name) ? { ...index, state: "ready" } : index)),
    call,
  )
}

/** False where there was none of this name. */
export async function dropIndex(
  requests: Requests,
  tables: Tables,
  collection: string,
  name: string,
  call: DriverCall,
): Promise<boolean> {
  const { exists, stored, table } = await tables.read(collection, call)
  const found = stored.find(({ info }) => info.name === name)
  if (!exists || found === undefined) return false
  // First: who still plans by it finds it gone, instead of stale.
  await writeMetadata(
    requests,
    tables,
    collection,
    (all) => all.filter(({ info }) => info.name !== name),
    call,
  )
  if (hasGsi(found.info)) {
    const GlobalSecondaryIndexUpdates = [{ Delete: { IndexName: gsiName(name) } }]
    await requests.send("UpdateTable", { TableName: table, GlobalSecondaryIndexUpdates }, call, collection)
    await waitForTable(requests, table, call)
  }
  return true
}

async function createGsi(
  requests: Requests,
  table: string,
  index: IndexInfo,
  call: DriverCall,
): Promise<void> {
  const { AttributeDefinitions } = tableDefinition(table, [])
  const input = {
    TableName: table,
    AttributeDefinitions: [...(AttributeDefinitions ?? []), ...gsiAttributes(index)],
    GlobalSecondaryIndexUpdates: [{ Create: gsiDefinition(index) }],
  }
  await requests.send("UpdateTable", input, call)
  await waitForTable(requests, table, call)
}

/** Writes the next version on what the newest says; others may change definitions, too. */
async function writeMetadata(
  requests: Requests,
  tables: Tables,
  collection: string,
  change: (stored: readonly StoredIndex[]) => readonly StoredIndex[],
  call: DriverCall,
): Promise<TableState> {
  for (let attempt = 1; ; attempt++) {
    const { table, version, stored } = await tables.read(collection, call)
    const indexes = change(stored)
    const input = {
      TableName: table,
      Item: encodeMetadata({ version: version + 1, indexes }),
      ...metadataCondition(version),
    }
    const { error } = await requests.ask("PutItem", input, call, { repeatable: true })
    if (error === undefined) {
      const next = tableState(table, version + 1, indexes)
      tables.learn(collection, next)
      return next
    }
    if ((error as { name?: string }).name !== "ConditionalCheckFailedException" || attempt === 10) throw error
  }
}
