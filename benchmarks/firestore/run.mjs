import { findServer } from "@nosql/testing/servers"
import { compareLibraries, samples, starts } from "../compare-libraries.mjs"

const libraries = {
  "bare SDK": ["sdk.mjs", {}],
  "@nosql": ["nosql.mjs", {}],
  "@nosql, declared fields": ["nosql.mjs", { declared: true }],
  typesaurus: ["typesaurus.mjs", {}],
  fireorm: ["fireorm.mjs", {}],
}

const server = await findServer("firestore")
if (server === undefined)
  throw new Error("no Firestore emulator: set FIRESTORE_EMULATOR_HOST, or install it with the Cloud CLI")
// The libraries find it by this; and nobody looks for Google's metadata server.
process.env.FIRESTORE_EMULATOR_HOST = server.address
process.env.METADATA_SERVER_DETECTION = "none"
try {
  // Each has a project of its own: to the emulator a database of its own.
  const addressOf = (n) => `demo-bench-${process.pid}-${n}`
  const results = await compareLibraries({ folder: "firestore", libraries, base: "bare SDK", addressOf })
  console.log(JSON.stringify({ server: server.source, samples, starts, results }))
} finally {
  await server.stop()
}
