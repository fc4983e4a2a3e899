import type { FirestoreAddress } from "./firestore-options.ts"

/** What is unwise in production: an emulator, and a key that never ends. */
export function productionWarnings({ emulatorHost, credentials }: FirestoreAddress): readonly string[] {
  if (emulatorHost ?? process.env["FIRESTORE_EMULATOR_HOST"])
    return [
      "is an emulator, which keeps nothing and asks nobody who he is: unset firestore.emulatorHost and FIRESTORE_EMULATOR_HOST",
    ]
  return credentials === undefined || credentials === "default"
    ? []
    : [
        "has a long-lived key in firestore.credentials: leave it out on Google's machines, whose own account needs none",
      ]
}
