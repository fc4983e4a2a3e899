import type { FirestoreAddress } from "./firestore-options.ts"

/** What is unwise in production. */
export function productionWarnings({ emulatorHost, credentials }: FirestoreAddress): string[] {
  const warnings: string[] = []
  if (emulatorHost ?? process.env["FIRESTORE_EMULATOR_HOST"])
    warnings.push(
      "firestore: an emulator keeps nothing and asks nobody who he is; unset emulatorHost and FIRESTORE_EMULATOR_HOST",
    )
  else if (credentials !== undefined && credentials !== "default")
    warnings.push(
      "firestore.credentials: a long-lived key; on Google's machines their own account (`default`) needs none",
    )
  return warnings
}
