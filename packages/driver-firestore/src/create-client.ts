import { Firestore, type Settings } from "@google-cloud/firestore"
import { configError, type OptionProblem } from "@nosql/core/driver"

/** The SDK's client of these settings; nothing is sent yet. What the SDK refuses is `config`, in words that hold no value. */
export function createClient(settings: Settings): Firestore {
  try {
    return new Firestore(settings)
  } catch (error) {
    throw configError("firestore", [refusal(error)])
  }
}

/** What the SDK refuses, by its names for it. */
const refused = [
  [
    "FIRESTORE_EMULATOR_HOST",
    { path: "emulatorHost", problem: "has in FIRESTORE_EMULATOR_HOST what is no host:port" },
  ],
  ["settings.host", { path: "emulatorHost", problem: "is no host:port that the SDK takes" }],
  ["settings.projectId", { path: "projectId", problem: "is none that the SDK takes" }],
  ["settings.credentials", { path: "credentials", problem: "are none that the SDK takes" }],
] as const

/** The SDK's message may repeat a value, so only known names are taken from it. */
function refusal(error: unknown): OptionProblem {
  const message = error instanceof Error ? error.message : ""
  const known = refused.find(([name]) => message.includes(name))
  return known?.[1] ?? { path: "options", problem: "have a value that the SDK does not take" }
}
