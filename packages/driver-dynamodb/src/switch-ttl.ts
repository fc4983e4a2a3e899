import { NoSQLError } from "@nosql/contracts"
import type { DriverCall } from "@nosql/core/driver"
import { ttlAttribute } from "./attribute-names.ts"
import { classifyError } from "./classify-error.ts"
import type { Requests } from "./request.ts"
import { sdkFailure } from "./sdk-failures.ts"

/**
 * Lets DynamoDB sweep expired items, or ends it.
 *
 * @throws NoSQLError `failed-precondition` where it was switched less than an hour ago: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html
 */
export async function switchTtl(
  requests: Requests,
  table: string,
  wanted: "on" | "off",
  call: DriverCall,
  collection: string,
): Promise<void> {
  if (await isSwitched(requests, table, wanted, call, collection)) return
  const TimeToLiveSpecification = { Enabled: wanted === "on", AttributeName: ttlAttribute }
  const input = { TableName: table, TimeToLiveSpecification }
  const { error } = await requests.ask("UpdateTimeToLive", input, call, { repeatable: true })
  // Another process may have done it, or an earlier try.
  if (error === undefined || (await isSwitched(requests, table, wanted, call, collection))) return
  throw sdkFailure(error).code === "invalid-argument"
    ? tooSoon(collection, call, error)
    : classifyError(error, call, { collection })
}

async function isSwitched(
  requests: Requests,
  table: string,
  wanted: "on" | "off",
  call: DriverCall,
  collection: string,
): Promise<boolean> {
  const { TimeToLiveDescription: found } = await requests.send(
    "DescribeTimeToLive",
    { TableName: table },
    call,
    collection,
  )
  const on = found?.TimeToLiveStatus === "ENABLED" || found?.TimeToLiveStatus === "ENABLING"
  return on === (wanted === "on")
}

function tooSoon(collection: string, { operation }: DriverCall, cause: unknown): NoSQLError {
  return new NoSQLError(
    "failed-precondition",
    `${operation}: DynamoDB does not switch the TTL of the table of "${collection}" now; it does once an hour, so run it again later`,
    { operation, collection, backend: "dynamodb", retryable: true, cause },
  )
}
