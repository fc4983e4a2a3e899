import { NoSQLError } from "@nosql/contracts"
import type { CollectionInfo, DriverCall, IndexInfo } from "@nosql/core/driver"
import { backfill } from "./backfill.ts"
import { changeGsi } from "./change-gsi.ts"
import { putMetadata } from "./put-metadata.ts"
import type { Requests } from "./request.ts"
import { switchTtl } from "./switch-ttl.ts"
import { hasGsi } from "./table-definition.ts"
import { beginIndex, isTtl, type StoredIndex, type TableState } from "./table-state.ts"
import type { Tables } from "./tables.ts"

/**
 * Adds indexes. With a new table they are ready, and so they are where this is the first that anybody defines for an empty one. Else they are built: other
 * writers may not know of them yet, however empty the table is.
 */
export async function addIndexes(
  requests: Requests,
  tables: Tables,
  { name, ttl }: CollectionInfo,
  indexes: readonly IndexInfo[],
  call: DriverCall,
): Promise<void> {
  const before = await tables.read(name, call)
  const found = before.exists ? before : await tables.make(name, indexes, call, ttl?.hide)
  const added = lackedBy(found, indexes)
  if (added.length === 0) return
  refuseSecondTtl(found, added, name, call)
  for (const index of added.filter(hasGsi)) await changeGsi(requests, found.table, index, "there", call, name)
  const unwritten = found.version === 0 && (await isEmpty(requests, found.table, call, name))
  if (unwritten && added.some(isTtl)) await switchTtl(requests, found.table, "on", call, name)
  const add = (state: TableState): readonly StoredIndex[] => {
    const begun = unwritten && state.version === 0 ? "ready" : "building"
    const own = lackedBy(state, added).map((info) => beginIndex(info, begun, ttl?.hide ?? true))
    return own.length === 0 ? state.stored : [...state.stored, ...own]
  }
  const next = await changeMetadata(requests, tables, name, add, call)
  const unfinished = next.stored.filter(
    ({ info, state }) => state === "building" && added.some((index) => index.name === info.name),
  )
  // At AWS the operator says when, and how fast.
  if (unfinished.length > 0 && tables.makes(name))
    await buildNow(requests, tables, { name, state: next, added }, call)
}

function lackedBy({ stored }: TableState, indexes: readonly IndexInfo[]): IndexInfo[] {
  return indexes.filter((index) => !stored.some(({ info }) => info.name === index.name))
}

/** The first pass; the second is that of the first use behind a minute. */
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
    await backfill(requests, state, name, call)
  } catch (error) {
    // Two documents share a value: there can be no such index.
    if (NoSQLError.isInstance(error) && error.code === "already-exists") {
      for (const index of added) await dropIndex(requests, tables, name, index.name, call)
    }
    throw error
  }
}

/** A table has one attribute to sweep by. */
function refuseSecondTtl(
  { stored }: TableState,
  added: readonly IndexInfo[],
  collection: string,
  { operation }: DriverCall,
): void {
  const [first, second] = [...stored.map(({ info }) => info), ...added].filter(isTtl)
  if (first === undefined || second === undefined) return
  throw new NoSQLError(
    "failed-precondition",
    `${operation}: "${collection}" has the ttl "${first.name}", and DynamoDB sweeps a table by one; drop it first: collection.dropIndex("${first.name}")`,
    { operation, collection, backend: "dynamodb", details: { index: first.name } },
  )
}

/** One that another tool has made. */
async function isEmpty(
  requests: Requests,
  table: string,
  call: DriverCall,
  collection: string,
): Promise<boolean> {
  const input = {
    TableName: table,
    ConsistentRead: true,
    Limit: 2,
    FilterExpression: "attribute_exists(#id)",
    ExpressionAttributeNames: { "#id": "_id" },
  }
  const { Items = [], LastEvaluatedKey } = await requests.send("Scan", input, call, collection)
  return Items.length === 0 && LastEvaluatedKey === undefined
}

/** Queries may go by them from now on. One that was dropped and defined anew meanwhile is another. */
export async function markReady(
  requests: Requests,
  tables: Tables,
  collection: string,
  finished: readonly StoredIndex[],
  call: DriverCall,
): Promise<void> {
  const isFinished = ({ info, since }: StoredIndex) =>
    finished.some((index) => index.info.name === info.name && index.since === since)
  await changeMetadata(
    requests,
    tables,
    collection,
    ({ stored }) =>
      stored.some((index) => index.state === "building" && isFinished(index))
        ? stored.map((index) => (isFinished(index) ? { ...index, state: "ready" } : index))
        : stored,
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
  // First: nothing is swept that nobody lets expire any more.
  if (isTtl(found.info)) await switchTtl(requests, table, "off", call, collection)
  // Before the index itself: who still plans by it finds it gone, instead of stale.
  await changeMetadata(
    requests,
    tables,
    collection,
    ({ stored: all }) =>
      all.some(({ info }) => info.name === name) ? all.filter(({ info }) => info.name !== name) : all,
    call,
  )
  if (hasGsi(found.info)) await changeGsi(requests, table, found.info, "gone", call, collection)
  return true
}

const mostAttempts = 10

/** Changes the definitions as the newest ones are, since others change them, too; what gives those as they are writes nothing. */
async function changeMetadata(
  requests: Requests,
  tables: Tables,
  collection: string,
  change: (state: TableState) => readonly StoredIndex[],
  call: DriverCall,
): Promise<TableState> {
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const state = await tables.read(collection, call)
    const indexes = change(state)
    if (indexes === state.stored) return state
    const next = await putMetadata(requests, state, indexes, call, collection)
    if (next !== undefined) {
      tables.learn(collection, next)
      return next
    }
  }
  throw new NoSQLError(
    "conflict",
    `${call.operation}: other processes are changing the indexes of "${collection}"; try again later`,
    { operation: call.operation, collection, backend: "dynamodb", retryable: true },
  )
}
