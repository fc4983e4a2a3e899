import { NoSQLError } from "@nosql/contracts"
import { type DriverCall, someAtATime, waitWithin } from "@nosql/core/driver"
import { keyAttribute } from "./attribute-names.ts"
import { mendItem } from "./mend-item.ts"
import type { Requests } from "./request.ts"
import type { TableState } from "./table-state.ts"
import type { Attributes } from "./value-codec.ts"

export interface BackfillProgress {
  /** Documents looked at. */
  readonly seen: number
  /** Those that lacked their place in an index. */
  readonly mended: number
}

export interface BackfillOptions {
  /** The most documents to look at in a second, so that the table's users keep their share: a whole number, 1 at least. @default no limit */
  readonly itemsPerSecond?: number
  /** Told after each page of the table. */
  readonly onProgress?: (progress: BackfillProgress) => void
  /** Whether a pass that ended half-way is gone on with. @default true */
  readonly resume?: boolean
}

const positionKey: Attributes = { [keyAttribute]: { S: "m#backfill" } }
const positionAttribute = "_nosql_position"
const versionAttribute = "_nosql_version"
const pageSize = 500
/** How many documents are mended at a time. */
const concurrency = 8

/** Brings every document's places in the indexes, and its unique values, up to the definitions. Writers may go on meanwhile. */
export async function backfill(
  requests: Requests,
  state: TableState,
  collection: string,
  call: DriverCall,
  { itemsPerSecond, onProgress, resume = true }: BackfillOptions = {},
): Promise<BackfillProgress> {
  const began = performance.now()
  let progress: BackfillProgress = { seen: 0, mended: 0 }
  let start = resume ? await readPosition(requests, state, call) : undefined
  const limit = Math.min(pageSize, itemsPerSecond ?? pageSize)
  do {
    const input = {
      TableName: state.table,
      ConsistentRead: true,
      Limit: limit,
      FilterExpression: "attribute_exists(#id)",
      ExpressionAttributeNames: { "#id": "_id" },
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    }
    const { Items = [], LastEvaluatedKey } = await requests.send("Scan", input, call, collection)
    const mended = await mendAll(requests, state, collection, Items, call)
    progress = { seen: progress.seen + Items.length, mended: progress.mended + mended }
    onProgress?.(progress)
    if (call.signal?.aborted) throw aborted(collection, call)
    start = LastEvaluatedKey
    if (start !== undefined) await writePosition(requests, state, start, call)
    if (itemsPerSecond === undefined) continue
    const due = began + (progress.seen / itemsPerSecond) * 1000
    if (!(await waitWithin(Math.max(0, due - performance.now()), call))) throw aborted(collection, call)
  } while (start !== undefined)
  await requests.send("DeleteItem", { TableName: state.table, Key: positionKey }, call, collection)
  return progress
}

async function mendAll(
  requests: Requests,
  state: TableState,
  collection: string,
  items: readonly Attributes[],
  call: DriverCall,
): Promise<number> {
  let mended = 0
  await someAtATime(items, concurrency, async (item) => {
    if (await mendItem(requests, state, collection, item, call)) mended++
    return undefined
  })
  return mended
}

/** Where an earlier pass by the same definitions ended. */
async function readPosition(
  requests: Requests,
  { table, version }: TableState,
  call: DriverCall,
): Promise<Attributes | undefined> {
  const input = { TableName: table, Key: positionKey, ConsistentRead: true }
  const { Item: item } = await requests.send("GetItem", input, call)
  return item?.[versionAttribute]?.N === String(version) ? item[positionAttribute]?.M : undefined
}

async function writePosition(
  requests: Requests,
  { table, version }: TableState,
  position: Attributes,
  call: DriverCall,
): Promise<void> {
  const Item = {
    ...positionKey,
    [versionAttribute]: { N: String(version) },
    [positionAttribute]: { M: position },
  }
  await requests.send("PutItem", { TableName: table, Item }, call)
}

function aborted(collection: string, { operation }: DriverCall): NoSQLError {
  return new NoSQLError(
    "aborted",
    `${operation}: aborted by the caller's signal; the next run goes on from here`,
    {
      operation,
      collection,
      backend: "dynamodb",
    },
  )
}
