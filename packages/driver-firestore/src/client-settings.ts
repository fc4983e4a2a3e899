import type { Settings } from "@google-cloud/firestore"
import { configError } from "@nosql/core/driver"
import { checkOptions } from "./check-options.ts"
import { defaultOptions, emulatorProjectId } from "./default-options.ts"
import { emulatorHostOf } from "./emulator-host.ts"
import type { FirestoreAddress } from "./firestore-options.ts"
import { readCredentials } from "./read-credentials.ts"

/**
 * The settings of the SDK's client: what the caller states, our defaults, and where neither says anything the SDK's own search.
 *
 * @throws NoSQLError `config` that lists everything that is wrong, without a value.
 */
export function clientSettings(options: FirestoreAddress): Settings {
  const problems = checkOptions(options)
  if (problems.length > 0) throw configError("firestore", problems)
  const credentials = readCredentials(options.credentials)
  if ("problem" in credentials) throw configError("firestore", [credentials])
  const { databaseId = defaultOptions.databaseId, preferRest } = options
  const emulatorHost = emulatorHostOf(options)
  const assumed = emulatorHost === undefined ? undefined : (environmentProject() ?? emulatorProjectId)
  const projectId = options.projectId ?? assumed
  return {
    ...credentials,
    ...(projectId === undefined ? {} : { projectId }),
    databaseId,
    ...(emulatorHost === undefined
      ? restOf(preferRest)
      : { host: emulatorHost, ssl: false, ...grpc, ...anyone }),
  }
}

function restOf(preferRest: boolean | undefined): Settings {
  return preferRest === undefined ? {} : { preferRest }
}

/** By REST the SDK asks for real credentials: FIRESTORE_PREFER_REST is not meant for an emulator. */
const grpc = { preferRest: false }

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
