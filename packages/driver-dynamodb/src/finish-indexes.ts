import { NoSQLError } from "@nosql/contracts"
import type { DriverCall } from "@nosql/core/driver"
import { type BackfillOptions, type BackfillProgress, backfill } from "./backfill.ts"
import { markReady } from "./change-indexes.ts"
import type { Requests } from "./request.ts"
import { switchTtl } from "./switch-ttl.ts"
import { isTtl, type TableState } from "./table-state.ts"
import { maxAgeMs, type Tables } from "./tables.ts"

/** By then every writer has looked at the definitions since the building began, and what it had begun before has ended. */
const settledMs = 2 * maxAgeMs
const mostPasses = 3

/** The indexes that are being built. */
export function building({ stored }: TableState) {
  return stored.filter(({ state }) => state === "building")
}

/** Whether no writer is left that does not know of them. */
export function settled(state: TableState, now = Date.now()): boolean {
  return building(state).every(({ since }) => now - since >= settledMs)
}

/**
 * Makes the indexes that are being built ready, behind a pass in which no document lacked its place in them.
 *
 * @throws NoSQLError `failed-precondition` where the building began too lately, or documents are still written without it.
 */
export async function finishBuilding(
  requests: Requests,
  tables: Tables,
  collection: string,
  call: DriverCall,
  options: BackfillOptions = {},
): Promise<BackfillProgress> {
  const state = await tables.read(collection, call)
  const unfinished = building(state)
  let progress: BackfillProgress = { seen: 0, mended: 0 }
  if (unfinished.length === 0) return progress
  if (!settled(state)) throw tooEarly(collection, call, state)
  for (let pass = 1; pass <= mostPasses; pass++) {
    progress = await backfill(requests, state, collection, call, { ...options, resume: false })
    if (progress.mended > 0) continue
    const ttls = unfinished.filter(({ info }) => isTtl(info))
    const others = unfinished.filter((index) => !ttls.includes(index))
    await markReady(requests, tables, collection, others, call)
    if (ttls.length === 0) return progress
    // Not before: what an earlier `ttl` left in documents would have them swept.
    await switchTtl(requests, state.table, "on", call, collection)
    await markReady(requests, tables, collection, ttls, call)
    return progress
  }
  throw stillWritten(collection, call)
}

function tooEarly(collection: string, { operation }: DriverCall, state: TableState): NoSQLError {
  const newest = Math.max(...building(state).map(({ since }) => since))
  const seconds = Math.ceil((newest + settledMs - Date.now()) / 1000)
  return refusal(
    `${operation}: writers may not know of the indexes of "${collection}" yet; run it again in ${seconds} s, when all older writers have ended`,
    collection,
    operation,
  )
}

function stillWritten(collection: string, { operation }: DriverCall): NoSQLError {
  return refusal(
    `${operation}: documents of "${collection}" are still written without their indexes; end the writers that do not know them, and run it again`,
    collection,
    operation,
  )
}

function refusal(text: string, collection: string, operation: string): NoSQLError {
  return new NoSQLError("failed-precondition", text, { operation, collection, backend: "dynamodb" })
}
