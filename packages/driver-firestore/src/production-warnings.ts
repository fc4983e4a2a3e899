import { defaultOptions } from "./default-options.ts"
import { emulatorHostOf } from "./emulator-host.ts"
import type { FirestoreAddress } from "./firestore-options.ts"

/** What is unwise in production: an emulator, and a key that never ends. */
export function productionWarnings(options: FirestoreAddress): readonly string[] {
  if (emulatorHostOf(options) !== undefined)
    return [
      "is an emulator, which keeps nothing and asks nobody who he is: unset firestore.emulatorHost and FIRESTORE_EMULATOR_HOST",
    ]
  return (options.credentials ?? defaultOptions.credentials) === defaultOptions.credentials
    ? []
    : [
        "has a long-lived key in firestore.credentials: leave it out on Google's machines, whose own account needs none",
      ]
}
