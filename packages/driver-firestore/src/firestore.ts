import { Firestore } from "@google-cloud/firestore"
import type { Driver, DriverStore } from "@nosql/core/driver"
import { capabilities } from "./capabilities.ts"
import { prefixProblem } from "./check-options.ts"
import { classifyError } from "./classify-error.ts"
import { configError } from "./config-error.ts"
import { createClient } from "./create-client.ts"
import { firestoreContext } from "./firestore-context.ts"
import type { FirestoreClient, FirestoreOptions } from "./firestore-options.ts"
import { FirestoreStore } from "./firestore-store.ts"

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
    throw configError([{ path: "options", problem: "are an object, such as { projectId }" }])
  const own = "client" in options && options.client !== undefined
  const client = own
    ? ownClient(options)
    : createClient(options as Exclude<FirestoreOptions, FirestoreClient>)
  const store = new FirestoreStore(firestoreContext(client, options.pathPrefix), !own)
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
    throw configError([
      {
        path: "client",
        problem:
          "is no Firestore of the same @google-cloud/firestore as the driver's: two copies are installed, or it is something else",
      },
    ])
  const prefix = prefixProblem(pathPrefix)
  if (prefix !== undefined) throw configError([{ path: "pathPrefix", problem: prefix }])
  return client
}
