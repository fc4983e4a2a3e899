import { dynamodb } from "@nosql/driver-dynamodb"
import { firestore } from "@nosql/driver-firestore"
import { memory } from "@nosql/driver-memory"
import { mongodb } from "@nosql/driver-mongodb"
import type { Participant } from "@nosql/testing/differential"
import { type FoundServer, findServer, type ServerName } from "@nosql/testing/servers"
import { documentdbRandomDifferences } from "../../../packages/driver-mongodb/test/server-differences.ts"

export interface Participants {
  readonly participants: readonly Participant[]
  /** The stores that no server was found for. */
  readonly missing: readonly string[]
  readonly stop: () => Promise<void>
}

const run = `differential-${process.pid}`

/** How each store is opened on a server of its kind; memory needs none. */
const openers: Readonly<Record<string, (server: FoundServer) => Participant>> = {
  mongodb: ({ address, source }) => ({
    name: "mongodb",
    driver: mongodb({ uri: address, database: run }),
    serverDifferences: source.startsWith("DocumentDB") ? documentdbRandomDifferences : [],
  }),
  dynamodb: ({ address }) => ({
    name: "dynamodb",
    driver: dynamodb({
      endpoint: address,
      region: "us-east-1",
      accessKeyId: "local",
      secretAccessKey: "local",
      tablePrefix: `${run}-`,
    }),
  }),
  firestore: ({ address }) => ({
    name: "firestore",
    driver: firestore({ projectId: `demo-${run}`, emulatorHost: address }),
  }),
} satisfies Partial<Record<ServerName, (server: FoundServer) => Participant>>

export async function findParticipants(): Promise<Participants> {
  const participants: Participant[] = [{ name: "memory", driver: memory() }]
  const missing: string[] = []
  const servers: FoundServer[] = []
  for (const [name, open] of Object.entries(openers)) {
    const server = await findServer(name as ServerName)
    if (server === undefined) missing.push(name)
    else {
      servers.push(server)
      participants.push(open(server))
    }
  }
  return {
    participants,
    missing,
    stop: async () => {
      for (const server of servers) await server.stop()
    },
  }
}
