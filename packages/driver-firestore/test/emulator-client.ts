import { Firestore, type Settings } from "@google-cloud/firestore"
import { clientSettings } from "../src/client-settings.ts"

/** A client of the emulator with the driver's own settings: without them the SDK asks the network who it is, and warns that nobody answers. */
export function emulatorClient(projectId: string, emulatorHost: string, settings: Settings = {}): Firestore {
  return new Firestore({ ...clientSettings({ projectId, emulatorHost }), ...settings })
}
