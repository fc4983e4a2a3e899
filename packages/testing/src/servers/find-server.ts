import { findDynamodb } from "./find-dynamodb.ts"
import { findFirestore } from "./find-firestore.ts"
import { findMongodb } from "./find-mongodb.ts"
import type { FoundServer } from "./found-server.ts"

const finders = {
  mongodb: findMongodb,
  dynamodb: findDynamodb,
  firestore: findFirestore,
} as const satisfies Record<string, () => Promise<FoundServer | undefined>>

export type ServerName = keyof typeof finders

/** The first server of this kind that the machine offers: an address in the environment, a container, a local binary. */
export function findServer(name: ServerName): Promise<FoundServer | undefined> {
  return finders[name]()
}
