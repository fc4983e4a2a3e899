import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { connectsTo } from "./connects-to.ts"
import type { FoundServer } from "./found-server.ts"
import { startProcess } from "./start-process.ts"

/** In this order: `MONGODB_URI`, a container, the DocumentDB server that lies in `shared/servers` beside the project. */
export async function findMongodb(): Promise<FoundServer | undefined> {
  const address = process.env["MONGODB_URI"]
  if (address) return { address, source: "MONGODB_URI", stop: async () => {} }
  return (await startContainer()) ?? (await startDocumentdb())
}

async function startContainer(): Promise<FoundServer | undefined> {
  const socket = process.env["DOCKER_HOST"]?.replace(/^unix:\/\//, "") ?? "/var/run/docker.sock"
  if (!(await connectsTo(socket))) return undefined
  const { MongoDBContainer } = await import("@testcontainers/mongodb")
  const container = await new MongoDBContainer("mongo:8").start()
  return {
    address: `${container.getConnectionString()}/?directConnection=true`,
    source: "container mongo:8",
    stop: async () => {
      await container.stop()
    },
  }
}

async function startDocumentdb(): Promise<FoundServer | undefined> {
  const start = findUpwards(join("shared", "servers", "documentdb", "start"))
  if (start === undefined) return undefined
  const { match, stop } = await startProcess(start, ["--port", "0", "--foreground"], /^MONGODB_URI=(\S+)/m)
  return { address: match, source: "DocumentDB, local engine (not mongod)", stop }
}

/** Looks for a path beside each parent of the working directory. */
function findUpwards(path: string): string | undefined {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const candidate = join(folder, path)
    if (existsSync(candidate)) return candidate
    if (folder === dirname(folder)) return undefined
  }
}
