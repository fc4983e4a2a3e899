import { NoSQLError } from "@nosql/contracts"
import type { DriverCall } from "@nosql/core/driver"
import type { Requests } from "./request.ts"

const firstWaitMs = 10
const longestWaitMs = 2000
/** A global index of a large table takes hours: then the operator waits, not a caller. */
const patienceMs = 300_000

/** Waits until the table and all its indexes can be used. Being gone, where that is waited for, is an end, too. */
export async function waitForTable(
  requests: Requests,
  table: string,
  call: DriverCall,
  wanted: "active" | "gone" = "active",
): Promise<void> {
  const began = performance.now()
  for (let wait = firstWaitMs; ; wait = Math.min(wait * 2, longestWaitMs)) {
    const { output, error } = await requests.ask("DescribeTable", { TableName: table }, call, {
      repeatable: true,
    })
    if (wanted === "gone" && (error as { name?: string } | undefined)?.name === "ResourceNotFoundException")
      return
    const { TableStatus, GlobalSecondaryIndexes = [] } = output?.Table ?? {}
    const active =
      TableStatus === "ACTIVE" && GlobalSecondaryIndexes.every(({ IndexStatus }) => IndexStatus === "ACTIVE")
    if (wanted === "active" && active) return
    if (performance.now() - began > patienceMs || call.signal?.aborted) throw tooSlow(call)
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
}

function tooSlow({ operation }: DriverCall): NoSQLError {
  return new NoSQLError(
    "timeout",
    `${operation}: DynamoDB is still making or removing the table or one of its indexes; try again later`,
    { operation, backend: "dynamodb", retryable: true },
  )
}
