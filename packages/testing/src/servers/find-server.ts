import { findDynamodb } from "./find-dynamodb.ts"
import { findFirestore } from "./find-firestore.ts"
import { findMongodb } from "./find-mongodb.ts"
import type { FoundServer, StartServer } from "./found-server.ts"

const finders = {
  mongodb: findMongodb,
  dynamodb: findDynamodb,
  firestore: findFirestore,
} as const satisfies Record<string, () => Promise<StartServer | undefined>>

export type ServerName = keyof typeof finders

/** The first server of this kind that the machine offers: an address in the environment, a container, a local binary. */
export async function findServer(name: ServerName): Promise<FoundServer | undefined> {
  return (await finders[name]())?.()
}

/** The kinds of which `findServer` finds one. Nothing is started: one that does not start is found out by who needs it. */
export async function findServerNames(): Promise<ServerName[]> {
  const names = Object.keys(finders) as ServerName[]
  const found = await Promise.all(names.map((name) => finders[name]()))
  return names.filter((_, place) => found[place] !== undefined)
}
