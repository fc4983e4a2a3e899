// Prints for which stores tests find a server here, one a line.
import { findServerNames } from "../packages/testing/src/servers/find-server.ts"

for (const name of await findServerNames()) console.log(name)
