import type { DriverCall } from "@nosql/core/driver"
import { failedCondition } from "./cancellation.ts"
import { classifyError } from "./classify-error.ts"
import type { Requests } from "./request.ts"
import { encodeMetadata, metadataCondition } from "./table-metadata.ts"
import { type StoredIndex, type TableState, tableState } from "./table-state.ts"

/**
 * Writes the next version of a table's definitions. Undefined where somebody else was quicker; that may be an earlier try of this one, whose answer was
 * lost. No document is written before there is a first version: so who writes the first one knows that none lacks what it defines.
 */
export async function putMetadata(
  requests: Requests,
  known: TableState,
  indexes: readonly StoredIndex[],
  call: DriverCall,
  collection: string,
): Promise<TableState | undefined> {
  const version = known.version + 1
  const hadTtl = known.hadTtl || known.ttl !== undefined
  const input = {
    TableName: known.table,
    Item: encodeMetadata({ version, indexes, hadTtl }),
    ...metadataCondition(known.version),
  }
  const { error } = await requests.ask("PutItem", input, call, { repeatable: true })
  if (error === undefined) return tableState(known.table, { version, indexes, hadTtl })
  if (failedCondition(error) !== undefined) return undefined
  throw classifyError(error, call, { collection })
}
