import { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import { NoSQLError } from "@nosql/contracts"
import type { Driver, DriverStore } from "@nosql/core/driver"
import { capabilities } from "./capabilities.ts"
import { checkOptions } from "./check-options.ts"
import { classifyError } from "./classify-error.ts"
import { clientSettings, environmentEndpoint } from "./client-settings.ts"
import { configError } from "./config-error.ts"
import { defaultOptions } from "./default-options.ts"
import type { DynamodbClient, DynamodbOptions } from "./dynamodb-options.ts"
import { DynamodbStore } from "./dynamodb-store.ts"

/**
 * The DynamoDB driver.
 *
 * @example
 * const store = await connect(dynamodb({ region: "eu-central-1", tablePrefix: "shop-" }))
 * const local = await connect(dynamodb({ endpoint: "http://localhost:8000" }))
 * const same = await connect(dynamodb({ client: myDynamoDBClient }))
 * @throws NoSQLError at `connect`: `config` where an option is wrong, before any I/O; `unavailable`, `timeout` or `unauthenticated`.
 */
export function dynamodb(options: DynamodbOptions = {}): Driver {
  return { name: "dynamodb", capabilities, connect: () => connectStore(options) }
}

async function connectStore(options: DynamodbOptions): Promise<DriverStore> {
  if (typeof options !== "object" || options === null)
    throw configError([{ path: "options", problem: "are an object, such as { region, tablePrefix }" }])
  const own = "client" in options && options.client !== undefined
  const client = own ? ownClient(options) : new DynamoDBClient(clientSettings(options))
  const store = new DynamodbStore(client, {
    tablePrefix: options.tablePrefix ?? defaultOptions.tablePrefix,
    maxAttempts: options.maxAttempts ?? defaultOptions.maxAttempts,
    ownsClient: !own,
    custom: client.config.isCustomEndpoint === true || environmentEndpoint() !== undefined,
  })
  try {
    await store.ping({ operation: "connect" })
    return store
  } catch (error) {
    if (!own) client.destroy()
    throw NoSQLError.isInstance(error) ? error : classifyError(error, { operation: "connect" })
  }
}

function ownClient(options: DynamodbClient): DynamoDBClient {
  const problems = checkOptions(options)
  if (problems.length > 0) throw configError(problems)
  return options.client
}
