import { Firestore, type Settings } from "@google-cloud/firestore"
import { configError, type OptionProblem } from "@nosql/core/driver"
import { checkOptions } from "./check-options.ts"
import type { FirestoreAddress } from "./firestore-options.ts"
import { readCredentials } from "./read-credentials.ts"

/** The SDK's client for these options; nothing is sent yet. */
export function createClient(options: FirestoreAddress): Firestore {
  const problems = checkOptions(options)
  if (problems.length > 0) throw configError("firestore", problems)
  return new Firestore(clientSettings(options))
}

export function clientSettings(options: FirestoreAddress): Settings {
  const { databaseId, emulatorHost = process.env["FIRESTORE_EMULATOR_HOST"], preferRest } = options
  const credentials = readCredentials(options.credentials)
  if ("problem" in credentials) throw configError("firestore", [credentials satisfies OptionProblem])
  const projectId = options.projectId ?? (emulatorHost ? (environmentProject() ?? "demo-nosql") : undefined)
  return {
    ...credentials,
    ...(projectId === undefined ? {} : { projectId }),
    ...(databaseId === undefined ? {} : { databaseId }),
    ...(emulatorHost ? { host: emulatorHost, ssl: false, ...anyone } : {}),
    ...(preferRest === undefined ? {} : { preferRest }),
  }
}

/** An emulator asks nobody who he is; without an answer ready, the SDK asks the network for the credentials of a machine at Google's. */
const anyone = {
  authClient: {
    universeDomain: "googleapis.com",
    getRequestHeaders: async () => new Headers({ authorization: "Bearer owner" }),
  },
}

/** Where the SDK would look, too. */
function environmentProject(): string | undefined {
  return process.env["GOOGLE_CLOUD_PROJECT"] || process.env["GCLOUD_PROJECT"] || undefined
}
