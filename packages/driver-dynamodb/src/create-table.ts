import type { DriverCall, IndexInfo } from "@nosql/core/driver"
import { classifyError } from "./classify-error.ts"
import { putMetadata } from "./put-metadata.ts"
import type { Requests } from "./request.ts"
import { switchTtl } from "./switch-ttl.ts"
import { tableDefinition } from "./table-definition.ts"
import { beginIndex, missingTable, type TableState } from "./table-state.ts"
import { waitForTable } from "./wait-for-table.ts"

interface NewTable {
  readonly collection: string
  readonly table: string
  readonly indexes: readonly IndexInfo[]
  /** Whether expired documents are invisible. */
  readonly hide: boolean
}

/** Makes a table; its indexes are ready, as nothing is in it. Undefined where somebody else was quicker, with the table or with its definitions. */
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
    await switchTtl(requests, table, "on", call, collection)
  const stored = indexes.map((info) => beginIndex(info, "ready", hide))
  return putMetadata(requests, missingTable(table), stored, call, collection)
}
