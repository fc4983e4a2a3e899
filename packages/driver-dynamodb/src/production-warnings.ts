import { environmentEndpoint, isLoopback } from "./client-settings.ts"
import type { DynamodbAddress } from "./dynamodb-options.ts"

/** What is unwise in production: a server on this machine, and keys that never end in the configuration. */
export function productionWarnings(options: DynamodbAddress): readonly string[] {
  const endpoint = options.endpoint ?? environmentEndpoint()
  const permanent = options.secretAccessKey !== undefined && options.sessionToken === undefined
  return [
    ...(endpoint !== undefined && isLoopback(endpoint)
      ? ["is at a local address: leave dynamodb.endpoint out"]
      : []),
    ...(permanent
      ? [
          "has a permanent secretAccessKey in its configuration: let the machine's role, or a profile, give credentials",
        ]
      : []),
  ]
}
