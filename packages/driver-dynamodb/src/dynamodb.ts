import type { Driver, DriverStore } from "@nosql/core/driver"
import { capabilities } from "./capabilities.ts"
import { classifyError } from "./classify-error.ts"
import type { DynamodbOptions } from "./dynamodb-options.ts"
import { DynamodbStore } from "./dynamodb-store.ts"
import { openClient } from "./open-client.ts"

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
  const { client, own, custom, tablePrefix, maxAttempts, mappings } = openClient(options)
  const store = new DynamodbStore(client, { tablePrefix, maxAttempts, ownsClient: own, custom, mappings })
  try {
    await store.ping({ operation: "connect" })
    return store
  } catch (error) {
    if (own) client.destroy()
    throw classifyError(error, { operation: "connect" })
  }
}
