import type { DocumentStore } from "@nosql/contracts"
import type { Driver } from "../driver/driver.ts"
import { consoleLogger } from "../observe/console-logger.ts"
import { safeLogger } from "../observe/safe-logger.ts"
import { traceOperation } from "../observe/trace-operation.ts"
import { checkConnect } from "./check-connect.ts"
import { type ConnectOptions, defaultConnectOptions } from "./connect-options.ts"
import { PortableStore } from "./portable-store.ts"

/**
 * Opens a store.
 *
 * @example
 * const store = await connect(memory())
 * const users = store.collection<User>("users")
 * await store.close()
 * @throws NoSQLError `invalid-argument` where an option is not known or not so; `unavailable`, `unauthenticated` or `config` where the store cannot be reached.
 */
export async function connect(driver: Driver, options: ConnectOptions = {}): Promise<DocumentStore> {
  checkConnect(driver, options)
  const logger = options.logger === undefined ? consoleLogger : safeLogger(options.logger)
  const open = async () => driver.connect({ logger })
  const store = await traceOperation({ operation: "connect", backend: driver.name }, open)
  return new PortableStore(driver, store, {
    scans: options.scans ?? defaultConnectOptions.scans,
    maxBufferedDocuments: options.maxBufferedDocuments ?? defaultConnectOptions.maxBufferedDocuments,
    provision: options.provision ?? store.defaultProvision ?? defaultConnectOptions.provision,
    logger,
    ...(options.cursorSecret === undefined ? {} : { cursorSecret: options.cursorSecret }),
  })
}
