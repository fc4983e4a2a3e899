import { NoSQLError } from "@nosql/contracts"
import type { Driver, DriverStore } from "@nosql/core/driver"
import { MongoClient } from "mongodb"
import { capabilities } from "./capabilities.ts"
import { classifyError } from "./classify-error.ts"
import { MongodbStore } from "./mongodb-store.ts"

/** Where the data lie: an address, or a client of your own, which stays open when the store closes. */
export type MongodbOptions =
  | { readonly uri: string; readonly database?: string; readonly serverSelectionTimeoutMs?: number }
  | { readonly client: MongoClient; readonly database?: string }

/**
 * The MongoDB driver.
 *
 * @example
 * const store = await connect(mongodb({ uri: "mongodb://localhost:27017", database: "shop" }))
 * const same = await connect(mongodb({ client: myMongoClient, database: "shop" }))
 * @param options `database` defaults to the one that the URI names; `serverSelectionTimeoutMs` (milliseconds) to 5000, or what the URI says.
 * @throws NoSQLError `config` where the URI cannot be read; at `connect` `unavailable` or `unauthenticated`.
 */
export function mongodb(options: MongodbOptions): Driver {
  return { name: "mongodb", capabilities, connect: () => connectStore(options) }
}

async function connectStore(options: MongodbOptions): Promise<DriverStore> {
  const ownsClient = "uri" in options
  const client = ownsClient ? createClient(options) : options.client
  try {
    await client.connect()
    const database = options.database ?? client.options.dbName
    return new MongodbStore(client, database, ownsClient)
  } catch (error) {
    if (ownsClient) await client.close()
    throw classifyError(error, "connect")
  }
}

function createClient({
  uri,
  serverSelectionTimeoutMs,
}: Extract<MongodbOptions, { uri: string }>): MongoClient {
  // A default of ours never wins over the URI's own option.
  const stated = /[?&]serverSelectionTimeoutMS=/i.test(uri)
  const timeout = serverSelectionTimeoutMs ?? (stated ? undefined : 5000)
  try {
    return new MongoClient(uri, timeout === undefined ? {} : { serverSelectionTimeoutMS: timeout })
  } catch (error) {
    // The URI may hold a password: neither it nor the SDK's words about it are repeated.
    const reason = error instanceof Error ? error.name : "unknown"
    throw new NoSQLError(
      "config",
      `connect: the MongoDB URI cannot be read (${reason}); it begins with mongodb:// or mongodb+srv://`,
      {
        operation: "connect",
        backend: "mongodb",
      },
    )
  }
}
