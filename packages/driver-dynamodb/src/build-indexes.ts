import { argumentError, checkCollectionName, type DriverCall, isWholeNumber } from "@nosql/core/driver"
import { type BackfillOptions, type BackfillProgress, backfill } from "./backfill.ts"
import type { DynamodbOptions } from "./dynamodb-options.ts"
import { finishBuilding } from "./finish-indexes.ts"
import { MappedTables } from "./mapped-tables.ts"
import { openClient } from "./open-client.ts"
import { Requests } from "./request.ts"
import { sendBy } from "./send.ts"
import { missing, Tables } from "./tables.ts"

/** How an operator's pass over a table goes. */
export interface BuildOptions extends Omit<BackfillOptions, "resume"> {
  /** Ends it between two pages; the next run goes on from there. */
  readonly signal?: AbortSignal
}

/**
 * The first step of building indexes of a table with data, which `ensureIndexes()` has defined: gives every document its place in them, while writers go
 * on. It may be ended and run again: it goes on where it was.
 *
 * @example
 * await backfillIndexes({ region: "eu-central-1", tablePrefix: "app-" }, "users", { itemsPerSecond: 500 })
 * @throws NoSQLError `already-exists` where two documents share a value of a unique index.
 */
export function backfillIndexes(
  options: DynamodbOptions,
  collection: string,
  build: BuildOptions = {},
): Promise<BackfillProgress> {
  return run(options, collection, "backfillIndexes", build, async (requests, tables, call) => {
    const state = await tables.read(collection, call)
    if (!state.exists) throw missing(collection, call)
    return backfill(requests, state, collection, call, build)
  })
}

/**
 * The second step, at least 60 s behind the first and behind the end of every writer that does not know the indexes: looks at every document once more,
 * and lets queries go by the indexes where none lacked its place, and DynamoDB sweep by a new `ttl`. Of an empty table this step alone is enough.
 *
 * @example
 * await finishIndexes({ region: "eu-central-1", tablePrefix: "app-" }, "users")
 * @throws NoSQLError `failed-precondition` where it is too early, documents are still written without the indexes, or DynamoDB does not switch the TTL yet;
 * `already-exists` where two documents share a value of a unique index.
 */
export function finishIndexes(
  options: DynamodbOptions,
  collection: string,
  build: BuildOptions = {},
): Promise<BackfillProgress> {
  return run(options, collection, "finishIndexes", build, (requests, tables, call) =>
    finishBuilding(requests, tables, collection, call, build),
  )
}

async function run<R>(
  options: DynamodbOptions,
  collection: string,
  operation: string,
  { signal, itemsPerSecond }: BuildOptions,
  work: (requests: Requests, tables: Tables, call: DriverCall) => Promise<R>,
): Promise<R> {
  checkCollectionName(collection, operation)
  if (itemsPerSecond !== undefined) checkRate(itemsPerSecond, operation)
  const { client, own, tablePrefix, maxAttempts, mappings } = openClient(options)
  try {
    const requests = new Requests(sendBy(client), maxAttempts)
    const call = { operation, ...(signal === undefined ? {} : { signal }) }
    const mapped = new MappedTables(requests, mappings)
    if (mapped.has(collection)) mapped.refuse(collection, call)
    return await work(requests, new Tables(requests, tablePrefix, "check"), call)
  } finally {
    if (own) client.destroy()
  }
}

function checkRate(itemsPerSecond: unknown, operation: string): void {
  const problem = isWholeNumber(1)(itemsPerSecond)
  if (problem === undefined) return
  throw argumentError({ operation, backend: "dynamodb" }, "itemsPerSecond", problem)
}
