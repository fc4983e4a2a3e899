import { Firestore } from "@google-cloud/firestore"
import { configError, type Driver, type DriverStore } from "@nosql/core/driver"
import { capabilities } from "./capabilities.ts"
import { prefixProblem } from "./check-options.ts"
import { classifyError } from "./classify-error.ts"
import { createClient } from "./create-client.ts"
import { firestoreContext } from "./firestore-context.ts"
import type { FirestoreAddress, FirestoreClient, FirestoreOptions } from "./firestore-options.ts"
import { FirestoreStore } from "./firestore-store.ts"
import { reachEmulator } from "./reach-emulator.ts"

/**
 * The Firestore driver.
 *
 * @example
 * const store = await connect(firestore({ projectId: "my-project" }))
 * const local = await connect(firestore({ projectId: "demo-app", emulatorHost: "127.0.0.1:8080" }))
 * const same = await connect(firestore({ client: myFirestore }))
 * @throws NoSQLError at `connect`: `config` where an option is wrong, before any I/O; `unavailable`, `unauthenticated`, `permission-denied`, `not-found`.
 */
export function firestore(options: FirestoreOptions = {}): Driver {
  return { name: "firestore", capabilities, connect: () => connectStore(options) }
}

async function connectStore(options: FirestoreOptions): Promise<DriverStore> {
  if (typeof options !== "object" || options === null)
    throw configError("firestore", [{ path: "options", problem: "are an object, such as { projectId }" }])
  if ("client" in options && options.client !== undefined)
    return openStore(ownClient(options), options.pathPrefix, false)
  const address: FirestoreAddress = options
  const client = createClient(address)
  const emulator = address.emulatorHost ?? process.env["FIRESTORE_EMULATOR_HOST"]
  if (emulator) await reachEmulator(emulator)
  return openStore(client, address.pathPrefix, true)
}

async function openStore(
  client: Firestore,
  pathPrefix: string | undefined,
  ownsClient: boolean,
): Promise<DriverStore> {
  const store = new FirestoreStore(firestoreContext(client, pathPrefix), ownsClient)
  try {
    await store.ping({ operation: "connect" })
    return store
  } catch (error) {
    await store.close()
    throw classifyError(error, { operation: "connect" })
  }
}

function ownClient({ client, pathPrefix }: FirestoreClient): Firestore {
  if (!(client instanceof Firestore))
    throw configError("firestore", [
      {
        path: "client",
        problem:
          "is no Firestore of the same @google-cloud/firestore as the driver's: two copies are installed, or it is something else",
      },
    ])
  const prefix = prefixProblem(pathPrefix)
  if (prefix !== undefined) throw configError("firestore", [{ path: "pathPrefix", problem: prefix }])
  return client
}
