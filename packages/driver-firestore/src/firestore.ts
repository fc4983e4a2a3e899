import type { Firestore } from "@google-cloud/firestore"
import { configError, type Driver, type DriverHost, type DriverStore } from "@nosql/core/driver"
import { capabilities } from "./capabilities.ts"
import { checkOptions } from "./check-options.ts"
import { classifyError } from "./classify-error.ts"
import { clientSettings } from "./client-settings.ts"
import { createClient } from "./create-client.ts"
import { defaultOptions } from "./default-options.ts"
import { emulatorHostOf } from "./emulator-host.ts"
import { firestoreContext } from "./firestore-context.ts"
import type {
  FirestoreAddress,
  FirestoreClient,
  FirestoreOptions,
  FirestoreStoreSettings,
} from "./firestore-options.ts"
import { FirestoreStore } from "./firestore-store.ts"
import { RampUp } from "./ramp-up.ts"
import { reachEmulator } from "./reach-emulator.ts"
import { reportRampUp } from "./report-ramp-up.ts"

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
  return { name: "firestore", capabilities, connect: (host) => connectStore(options, host) }
}

async function connectStore(options: FirestoreOptions, host?: DriverHost): Promise<DriverStore> {
  if (typeof options !== "object" || options === null)
    throw configError("firestore", [{ path: "options", problem: "are an object, such as { projectId }" }])
  if ("client" in options && options.client !== undefined) return connectOwn(options, host)
  const address: FirestoreAddress = options
  const client = createClient(clientSettings(address))
  const emulator = emulatorHostOf(address)
  if (emulator !== undefined) await reachEmulator(emulator)
  return openStore(client, { ...address, host, ownsClient: true })
}

async function connectOwn(options: FirestoreClient, host?: DriverHost): Promise<DriverStore> {
  const problems = checkOptions(options)
  if (problems.length > 0) throw configError("firestore", problems)
  return openStore(options.client, { ...options, host, ownsClient: false })
}

interface Opening extends FirestoreStoreSettings {
  readonly host: DriverHost | undefined
  readonly ownsClient: boolean
}

async function openStore(
  client: Firestore,
  { host, ownsClient, rampUp = defaultOptions.rampUp, ...layout }: Opening,
): Promise<DriverStore> {
  const store = new FirestoreStore(
    firestoreContext(client, layout),
    new RampUp(rampUp, reportRampUp(host?.logger)),
    ownsClient,
  )
  try {
    await store.ping({ operation: "connect" })
    return store
  } catch (error) {
    await store.close()
    throw classifyError(error, { operation: "connect" })
  }
}
