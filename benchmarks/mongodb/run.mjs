import { findServer } from "@nosql/testing/servers"
import { MongoClient } from "mongodb"
import { compareLibraries, samples, starts } from "../compare-libraries.mjs"

/** Those of the store where nobody says otherwise. */
const options = { readPreference: "primaryPreferred", w: "majority", socketTimeoutMS: 30_000 }
const libraries = {
  "bare driver": ["driver.mjs", {}],
  "bare driver, our defaults": ["driver.mjs", { options }],
  "@nosql": ["nosql.mjs", {}],
  "@nosql, declared fields": ["nosql.mjs", { declared: true }],
  papr: ["papr.mjs", {}],
  "mongoose, lean": ["mongoose.mjs", { lean: true }],
  mongoose: ["mongoose.mjs", {}],
}

const server = await findServer("mongodb")
if (server === undefined) throw new Error("no MongoDB: set MONGODB_URI, or run a container engine")
const client = await MongoClient.connect(server.address)
const databases = []
try {
  const { version } = await client.db("admin").command({ buildInfo: 1 })
  const addressOf = (n) => {
    databases.push(`nosql-benchmarks-${process.pid}-${n}`)
    return { uri: server.address, database: databases.at(-1) }
  }
  const results = await compareLibraries({ folder: "mongodb", libraries, base: "bare driver", addressOf })
  console.log(JSON.stringify({ server: `${server.source}, version ${version}`, samples, starts, results }))
} finally {
  for (const database of databases) await client.db(database).dropDatabase()
  await client.close()
  await server.stop()
}
