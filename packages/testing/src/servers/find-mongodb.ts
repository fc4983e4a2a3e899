import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import type { FoundServer, StartServer } from "./found-server.ts"
import { hasContainerEngine } from "./has-container-engine.ts"
import { startProcess } from "./start-process.ts"

/** In this order: `MONGODB_URI`, a container, the DocumentDB server that lies in `shared/servers` beside the project. */
export async function findMongodb(): Promise<StartServer | undefined> {
  const address = process.env["MONGODB_URI"]
  if (address) return async () => ({ address, source: "MONGODB_URI", stop: async () => {} })
  return findLocal()
}

/** A server that wants a login, for tests of credentials; its address is without them. */
export async function findMongodbWithLogin(login: Login): Promise<FoundServer | undefined> {
  return (await findLocal(login))?.()
}

interface Login {
  readonly user: string
  readonly password: string
}

async function findLocal(login?: Login): Promise<StartServer | undefined> {
  if (await hasContainerEngine()) return () => startContainer(login)
  const start = findUpwards(join("shared", "servers", "documentdb", "start"))
  return start === undefined ? undefined : () => startDocumentdb(start, login)
}

async function startContainer(login?: Login): Promise<FoundServer> {
  const { MongoDBContainer } = await import("@testcontainers/mongodb")
  const image = new MongoDBContainer("mongo:8")
  if (login !== undefined) image.withUsername(login.user).withPassword(login.password)
  const container = await image.start()
  return {
    address: `mongodb://${container.getHost()}:${container.getMappedPort(27017)}/?directConnection=true`,
    source: "container mongo:8",
    stop: async () => {
      await container.stop()
    },
  }
}

async function startDocumentdb(start: string, login?: Login): Promise<FoundServer> {
  const options = login === undefined ? [] : ["--user", login.user, "--password", login.password]
  const { match, stop } = await startProcess(
    start,
    ["--port", "0", "--foreground", ...options],
    /^MONGODB_URI=(\S+)/m,
  )
  const address = match.replace(/\/\/[^@/]*@/, "//")
  return { address, source: "DocumentDB, local engine (not mongod)", stop }
}

/** Looks for a path beside each parent of the working directory. */
function findUpwards(path: string): string | undefined {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const candidate = join(folder, path)
    if (existsSync(candidate)) return candidate
    if (folder === dirname(folder)) return undefined
  }
}
