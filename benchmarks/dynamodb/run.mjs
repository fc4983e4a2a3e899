import { findServer } from "@nosql/testing/servers"
import { compareLibraries, samples, starts } from "../compare-libraries.mjs"

const libraries = {
  "bare client": ["bare.mjs", {}],
  "@nosql": ["nosql.mjs", {}],
  DocumentClient: ["document-client.mjs", {}],
  "dynamodb-toolbox": ["toolbox.mjs", {}],
  ElectroDB: ["electrodb.mjs", {}],
  dynamoose: ["dynamoose.mjs", { rounds: 2 }], // a scan takes it a quarter of a minute
}

const server = await findServer("dynamodb")
if (server === undefined)
  throw new Error("no DynamoDB: set DYNAMODB_ENDPOINT, or install @dynoxide for this platform")
try {
  const results = await compareLibraries({
    folder: "dynamodb",
    libraries,
    base: "bare client",
    addressOf: (n) => ({ endpoint: server.address, prefix: `bench-${process.pid}-${n}-` }),
  })
  console.log(JSON.stringify({ server: server.source, samples, starts, results }))
} finally {
  await server.stop()
}
