import { configError, type Driver, type DriverStore } from "@nosql/core/driver"
import { capabilities } from "./capabilities.ts"
import { checkOptions } from "./check-options.ts"
import { classifyError } from "./classify-error.ts"
import { clientSettings } from "./client-settings.ts"
import { clientProblem, createClient } from "./create-client.ts"
import type { MongodbClient, MongodbOptions } from "./mongodb-options.ts"
import { MongodbStore } from "./mongodb-store.ts"

/**
 * The MongoDB driver.
 *
 * @example
 * const store = await connect(mongodb({ uri: "mongodb://localhost:27017", database: "shop" }))
 * const same = await connect(mongodb({ client: myMongoClient, database: "shop" }))
 * @throws NoSQLError at `connect`: `config` where an option or the URI is wrong, before any I/O; `unavailable`, `timeout` or `unauthenticated`.
 */
export function mongodb(options: MongodbOptions = {}): Driver {
  return { name: "mongodb", capabilities, connect: () => connectStore(options) }
}

async function connectStore(options: MongodbOptions): Promise<DriverStore> {
  if (typeof options !== "object" || options === null)
    throw configError("mongodb", [{ path: "options", problem: "are an object, such as { uri, database }" }])
  if ("client" in options && options.client !== undefined) return connectOwn(options)
  const settings = clientSettings(options)
  const client = createClient(settings)
  try {
    await client.connect()
    return new MongodbStore(client, settings.database, true)
  } catch (error) {
    await client.close()
    throw classifyError(error, "connect")
  }
}

async function connectOwn(options: MongodbClient): Promise<DriverStore> {
  const { client, database } = options
  const problems = checkOptions(options)
  const problem = problems.length === 0 ? clientProblem(client) : undefined
  if (problem !== undefined) problems.push(problem)
  if (problems.length > 0) throw configError("mongodb", problems)
  try {
    await client.connect()
    return new MongodbStore(client, database ?? client.options.dbName, false)
  } catch (error) {
    throw classifyError(error, "connect")
  }
}
