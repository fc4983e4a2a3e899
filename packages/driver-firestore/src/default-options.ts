/** What holds where nothing is said. */
export const defaultOptions = {
  databaseId: "(default)",
  credentials: "default",
  rampUp: "report",
} as const

/** The project at an emulator, where neither an option nor the environment names one. */
export const emulatorProjectId = "demo-nosql"
