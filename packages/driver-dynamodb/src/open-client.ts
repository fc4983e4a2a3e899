import type { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import { configError } from "@nosql/core/driver"
import { checkOptions } from "./check-options.ts"
import { clientSettings, environmentEndpoint } from "./client-settings.ts"
import { createClient } from "./create-client.ts"
import { defaultOptions } from "./default-options.ts"
import type { DynamodbOptions } from "./dynamodb-options.ts"
import type { TableMapping } from "./mapped-table.ts"

/** A client, and what else the options say. */
interface OpenClient {
  readonly client: DynamoDBClient
  /** Whether it was made here, and so is ended here. */
  readonly own: boolean
  /** Whether the endpoint is not AWS. */
  readonly custom: boolean
  readonly tablePrefix: string
  readonly maxAttempts: number
  readonly mappings: Readonly<Record<string, TableMapping>>
}

/** Without I/O. @throws NoSQLError `config` that lists everything that is wrong. */
export function openClient(options: DynamodbOptions): OpenClient {
  if (typeof options !== "object" || options === null)
    throw configError("dynamodb", [
      { path: "options", problem: "are an object, such as { region, tablePrefix }" },
    ])
  const given = "client" in options ? options.client : undefined
  const client = given ?? createClient(clientSettings(options))
  const problems = given === undefined ? [] : checkOptions(options)
  if (problems.length > 0) throw configError("dynamodb", problems)
  return {
    client,
    own: given === undefined,
    custom: client.config.isCustomEndpoint === true || environmentEndpoint() !== undefined,
    tablePrefix: options.tablePrefix ?? defaultOptions.tablePrefix,
    maxAttempts: options.maxAttempts ?? defaultOptions.maxAttempts,
    mappings: options.tables ?? {},
  }
}
