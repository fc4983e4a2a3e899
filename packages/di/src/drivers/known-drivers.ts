/** The drivers that are named by a word, and their packages. */
export const knownDrivers = {
  memory: "@nosql/driver-memory",
  mongodb: "@nosql/driver-mongodb",
  dynamodb: "@nosql/driver-dynamodb",
  firestore: "@nosql/driver-firestore",
} as const satisfies Record<string, string>

/** The drivers that a configuration names by one word. */
export type KnownDriver = keyof typeof knownDrivers

export function isKnownDriver(name: string): name is KnownDriver {
  return Object.hasOwn(knownDrivers, name)
}
