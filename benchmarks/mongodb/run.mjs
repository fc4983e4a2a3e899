import { findServer } from "@nosql/testing/servers"
import { MongoClient } from "mongodb"
import { compareLibraries, samples } from "../compare-libraries.mjs"

const database = "nosql-benchmarks"
const libraries = {
  "bare driver": ["driver.mjs", {}],
  "@nosql": ["nosql.mjs", {}],
  "@nosql, declared fields": ["nosql.mjs", { declared: true }],
  papr: ["papr.mjs", {}],
  "mongoose, lean": ["mongoose.mjs", { lean: true }],
  mongoose: ["mongoose.mjs", {}],
}

const server = await findServer("mongodb")
if (server === undefined) throw new Error("no MongoDB: set MONGODB_URI, or run a container engine")
try {
  const version = await emptyDatabase()
  const addressOf = () => ({ uri: server.address, database })
  const results = await compareLibraries({ folder: "mongodb", libraries, base: "bare driver", addressOf })
  console.log(JSON.stringify({ server: `${server.source}, version ${version}`, samples, results }))
} finally {
  await emptyDatabase()
  await server.stop()
}

async function emptyDatabase() {
  const client = await MongoClient.connect(server.address)
  try {
    await client.db(database).dropDatabase()
    return (await client.db("admin").command({ buildInfo: 1 })).version
  } finally {
    await client.close()
  }
}
