import type { DriverCall, IndexInfo } from "@nosql/core/driver"
import { classifyError } from "./classify-error.ts"
import { gsiName } from "./index-names.ts"
import { pause } from "./pause.ts"
import type { Requests } from "./request.ts"
import { sdkFailure } from "./sdk-failures.ts"
import { gsiAttributes, gsiDefinition, tableDefinition } from "./table-definition.ts"
import { waitForTable } from "./wait-for-table.ts"

/** DynamoDB changes one index at a time, and other processes may be changing theirs. */
const mostAttempts = 20

/** Makes an index of the table, or removes it, and waits until that is done. Another process may do the same: what counts is what is there. */
export async function changeGsi(
  requests: Requests,
  table: string,
  index: IndexInfo,
  wanted: "there" | "gone",
  call: DriverCall,
  collection: string,
): Promise<void> {
  const name = gsiName(index.name)
  const input = wanted === "there" ? creation(table, index) : removal(table, name)
  let refused: unknown
  for (let attempt = 1; ; attempt++) {
    const there = await waitForTable(requests, table, call)
    if (there.has(name) === (wanted === "there")) return
    if (refused !== undefined && !(isBusy(refused) && (await pause(attempt, "throttled", call))))
      throw classifyError(refused, call, { collection })
    const { error } = await requests.ask("UpdateTable", input, call, { repeatable: true })
    if (attempt === mostAttempts && error !== undefined) throw classifyError(error, call, { collection })
    refused = error
  }
}

function creation(table: string, index: IndexInfo) {
  const { AttributeDefinitions = [] } = tableDefinition(table, [])
  return {
    TableName: table,
    AttributeDefinitions: [...AttributeDefinitions, ...gsiAttributes(index)],
    GlobalSecondaryIndexUpdates: [{ Create: gsiDefinition(index) }],
  }
}

function removal(table: string, name: string) {
  return { TableName: table, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: name } }] }
}

function isBusy(error: unknown): boolean {
  const { code, retryable } = sdkFailure(error)
  return retryable === true && (code === "failed-precondition" || code === "resource-exhausted")
}
