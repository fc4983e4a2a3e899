import { Firestore, type Settings } from "@google-cloud/firestore"

/** The SDK's client of these settings; nothing is sent yet. */
export function createClient(settings: Settings): Firestore {
  return new Firestore(settings)
}
