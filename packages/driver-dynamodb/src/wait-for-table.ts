import { NoSQLError } from "@nosql/contracts"
import { type DriverCall, waitWithin } from "@nosql/core/driver"
import { classifyError } from "./classify-error.ts"
import type { Requests } from "./request.ts"
import { sdkFailure } from "./sdk-failures.ts"

const firstWaitMs = 10
const longestWaitMs = 2000
/** A global index of a large table takes hours: then the operator waits, not a caller. */
const patienceMs = 300_000
/** What was just made is not known everywhere at once. */
const unknownMs = 10_000

/** Waits until the table and all its indexes can be used, and tells the indexes. Being gone, where that is waited for, is an end, too. */
export async function waitForTable(
  requests: Requests,
  table: string,
  call: DriverCall,
  wanted: "active" | "gone" = "active",
): Promise<ReadonlySet<string | undefined>> {
  const began = performance.now()
  for (let wait = firstWaitMs; ; wait = Math.min(wait * 2, longestWaitMs)) {
    const { output, error } = await requests.ask("DescribeTable", { TableName: table }, call, {
      repeatable: true,
    })
    const waited = performance.now() - began
    if (error !== undefined) {
      if (wanted === "gone" && isMissing(error)) return new Set()
      if (!passes(error, waited) || call.signal?.aborted) throw classifyError(error, call)
    }
    const { TableStatus, GlobalSecondaryIndexes = [] } = output?.Table ?? {}
    const active =
      TableStatus === "ACTIVE" && GlobalSecondaryIndexes.every(({ IndexStatus }) => IndexStatus === "ACTIVE")
    if (wanted === "active" && active)
      return new Set(GlobalSecondaryIndexes.map(({ IndexName }) => IndexName))
    if (waited > patienceMs || !(await waitWithin(wait, call))) throw tooSlow(call)
  }
}

function isMissing(error: unknown): boolean {
  return sdkFailure(error).code === "not-found"
}

/** Whether asking again may have an answer. */
function passes(error: unknown, waited: number): boolean {
  const { code, fate } = sdkFailure(error)
  if (code === "not-found") return waited < unknownMs
  return code !== "unknown" && (fate === "throttled" || fate === "lost")
}

function tooSlow({ operation }: DriverCall): NoSQLError {
  return new NoSQLError(
    "timeout",
    `${operation}: DynamoDB is still making or removing the table or one of its indexes; try again later`,
    { operation, backend: "dynamodb", retryable: true },
  )
}
