import type { FirestoreAddress } from "./firestore-options.ts"

/** The emulator that is asked; undefined where it is Google. An empty variable is none, to the SDK too. */
export function emulatorHostOf({ emulatorHost }: Pick<FirestoreAddress, "emulatorHost">): string | undefined {
  return emulatorHost ?? (process.env["FIRESTORE_EMULATOR_HOST"] || undefined)
}
