import { mongodb } from "@nosql/driver-mongodb"
import { MongoClient } from "mongodb"
import { afterAll, describe, expect, inject, test } from "vitest"

const uri = inject("mongodbUri")
const database = `stream-${process.pid}`

describe.skipIf(uri === "")("a stream", () => {
  const client = new MongoClient(uri === "" ? "mongodb://localhost" : uri)
  afterAll(async () => {
    await client.db(database).dropDatabase()
    await client.close()
  })

  test("decodes a large batch of the server's in parts, without asking again", async () => {
    const documents = Array.from({ length: 2500 }, (_, n) => ({ n }))
    await client.db(database).collection("documents").insertMany(documents)
    const store = await mongodb({ client, database }).connect()
    const collection = { name: "documents", declared: false, fields: {}, indexes: [], ids: "auto" } as const
    const plan = store.planFind(collection, { filter: { kind: "true" }, sort: [], skip: 0 })
    const sizes: number[] = []
    for await (const batch of store.runFind(collection, plan, { operation: "find", batchSize: 5000 }))
      sizes.push(batch.documents.length)
    await store.close()
    expect(sizes).toEqual([1000, 1000, 500])
  })
})
