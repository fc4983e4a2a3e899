import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import type { FoundServer, StartServer } from "./found-server.ts"
import { freePort } from "./free-port.ts"
import { hasContainerEngine } from "./has-container-engine.ts"
import { startProcess } from "./start-process.ts"

/** In this order: `DYNAMODB_ENDPOINT`, a container, the binary of the package `@dynoxide/<platform>` where the project has it. */
export async function findDynamodb(): Promise<StartServer | undefined> {
  const address = process.env["DYNAMODB_ENDPOINT"]
  if (address) return async () => ({ address, source: "DYNAMODB_ENDPOINT", stop: async () => {} })
  if (await hasContainerEngine()) return startContainer
  const binary = findBinary()
  return binary === undefined ? undefined : () => startDynoxide(binary)
}

async function startContainer(): Promise<FoundServer> {
  const { GenericContainer } = await import("testcontainers")
  const container = await new GenericContainer("amazon/dynamodb-local").withExposedPorts(8000).start()
  return {
    address: `http://${container.getHost()}:${container.getMappedPort(8000)}`,
    source: "container amazon/dynamodb-local",
    stop: async () => {
      await container.stop()
    },
  }
}

async function startDynoxide(binary: string): Promise<FoundServer> {
  // It takes no 0 for a free port.
  const port = await freePort()
  const { match, stop } = await startProcess(
    binary,
    ["--host", "127.0.0.1", "--port", String(port)],
    /listening on (http:\/\/\S+)\s/, // the whole line: it may come in pieces
  )
  return { address: match, source: "dynoxide, local engine (not AWS)", stop }
}

/** The package holds a static binary and nothing else. */
function findBinary(): string | undefined {
  const resolve = createRequire(join(process.cwd(), "package.json")).resolve
  try {
    return join(dirname(resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`)), "dynoxide")
  } catch {
    return undefined
  }
}
