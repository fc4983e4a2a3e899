import type { DriverCall, IndexInfo } from "@nosql/core/driver"
import { ttlAttribute } from "./attribute-names.ts"
import { classifyError } from "./classify-error.ts"
import type { Requests } from "./request.ts"
import { tableDefinition } from "./table-definition.ts"
import { encodeMetadata } from "./table-metadata.ts"
import { type StoredIndex, type TableState, tableState } from "./table-state.ts"
import { waitForTable } from "./wait-for-table.ts"

export interface NewTable {
  readonly collection: string
  readonly table: string
  readonly indexes: readonly IndexInfo[]
  /** Whether expired documents are invisible. */
  readonly hide: boolean
}

/** Makes a table; its indexes are ready, as nothing is in it. Undefined where somebody else was quicker: theirs is there then. */
export async function createTable(
  requests: Requests,
  { collection, table, indexes, hide }: NewTable,
  call: DriverCall,
): Promise<TableState | undefined> {
  const { error } = await requests.ask("CreateTable", tableDefinition(table, indexes), call, {
    repeatable: true,
  })
  const taken = (error as { name?: string } | undefined)?.name === "ResourceInUseException"
  if (error !== undefined && !taken) throw classifyError(error, call, { collection })
  await waitForTable(requests, table, call)
  if (taken) return undefined
  if (indexes.some(({ expireAfterSeconds }) => expireAfterSeconds !== undefined))
    await enableTtl(requests, table, call)
  const stored = indexes.map((info) => readyIndex(info, hide))
  const item = encodeMetadata({ version: 1, indexes: stored })
  await requests.send("PutItem", { TableName: table, Item: item }, call, collection)
  return tableState(table, 1, stored)
}

function readyIndex(info: IndexInfo, hide: boolean): StoredIndex {
  const ttl = info.expireAfterSeconds === undefined ? {} : { hide }
  return { info, state: "ready", since: Date.now(), ...ttl }
}

/** Lets DynamoDB sweep expired items; one that does so already is left. */
export async function enableTtl(requests: Requests, table: string, call: DriverCall): Promise<void> {
  const { TimeToLiveDescription: found } = await requests.send(
    "DescribeTimeToLive",
    { TableName: table },
    call,
  )
  if (found?.TimeToLiveStatus === "ENABLED" || found?.TimeToLiveStatus === "ENABLING") return
  const TimeToLiveSpecification = { Enabled: true, AttributeName: ttlAttribute }
  await requests.send("UpdateTimeToLive", { TableName: table, TimeToLiveSpecification }, call)
}
