import { findServer, type ServerName } from "./find-server.ts"
import type { FoundServer } from "./found-server.ts"

/**
 * Finds a server for a suite and says which one it is. With nothing found the suite is skipped, loudly;
 * `NOSQL_REQUIRE_SERVERS=mongodb` makes that a failure.
 *
 * @param describeVersion asks the server at an address for its version.
 */
export async function provideServer(
  name: ServerName,
  describeVersion: (address: string) => Promise<string>,
): Promise<FoundServer | undefined> {
  const server = await findServer(name)
  if (server === undefined) {
    const message = `no ${name} server found: set its address in the environment, or run a container engine`
    if (requiredServers().includes(name)) throw new Error(`${message} (NOSQL_REQUIRE_SERVERS asks for it)`)
    console.warn(`\n!!! SKIPPED: the ${name} suite. ${message}.\n`)
    return undefined
  }
  try {
    console.info(`[${name}] ${server.source}, version ${await describeVersion(server.address)}`)
    return server
  } catch (error) {
    await server.stop()
    throw error
  }
}

function requiredServers(): string[] {
  return (process.env["NOSQL_REQUIRE_SERVERS"] ?? "").split(",").map((name) => name.trim())
}
