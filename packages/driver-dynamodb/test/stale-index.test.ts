import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb"
import { type Collection, connect, type Document, type DocumentStore, defineCollection } from "@nosql/core"
import { dynamodb } from "@nosql/driver-dynamodb"
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest"
import type { Attributes } from "../src/value-codec.ts"
import { type Input, queried } from "./fake-table.ts"

const endpoint = inject("dynamodbEndpoint")
const Things = defineCollection<Document>("things", {
  indexes: [{ keys: { s: 1 } }, { keys: { email: 1 }, unique: true }],
})
let run = 0

/** DynamoDB's indexes lag behind their table: here they stand still from when they are told to. */
describe.skipIf(endpoint === "")("an index that tells of what was", () => {
  let client: DynamoDBClient
  let store: DocumentStore
  let things: Collection<Document>
  let image: Attributes[] | undefined

  beforeEach(async () => {
    image = undefined
    const credentials = { accessKeyId: "local", secretAccessKey: "local" }
    client = new DynamoDBClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 })
    client.middlewareStack.add(
      (next) => async (args) => {
        const input = args.input as Input
        if (image === undefined || input.IndexName === undefined) return next(args)
        const items = queried(image, input)
        return { output: { Items: items, Count: items.length, $metadata: {} }, response: {} } as never
      },
      { step: "initialize", name: "lag" },
    )
    run += 1
    store = await connect(dynamodb({ client, tablePrefix: `stale-${process.pid}-${run}-` }), {
      scans: "refuse",
    })
    things = store.collection(Things)
    await things.insertMany([
      { _id: "a", s: "x", n: 1, email: "a@x" },
      { _id: "b", s: "x", n: 1, email: "b@x" },
    ])
  })
  afterEach(async () => {
    image = undefined
    await store.dropCollection("things")
    await store.close()
    client.destroy()
  })

  async function freeze(): Promise<void> {
    const { Items = [] } = await client.send(
      new ScanCommand({ TableName: `stale-${process.pid}-${run}-things` }),
    )
    image = Items.filter((item) => item["_id"] !== undefined)
  }

  test("a read by it may tell of it, and its plan says so", async () => {
    await freeze()
    await things.updateOne({ _id: "a" }, { $set: { s: "y" } })
    expect((await things.find({ s: "x" }).toArray()).map(({ _id }) => _id).sort()).toEqual(["a", "b"])
    expect((await things.explain({ s: "x" })).reasons.join()).toContain("eventual")
  })

  test("what matches no longer, or is gone, is not written", async () => {
    await freeze()
    await things.updateOne({ _id: "a" }, { $set: { s: "y" } })
    await things.deleteOne({ _id: "b" })
    expect(await things.updateMany({ s: "x" }, { $inc: { n: 1 } })).toEqual({ matched: 0, modified: 0 })
    expect(await things.updateOne({ s: "x" }, { $set: { hit: true } })).toMatchObject({ matched: 0 })
    expect(await things.findOneAndUpdate({ s: "x" }, { $set: { hit: true } })).toBeNull()
    expect(await things.deleteMany({ s: "x" })).toEqual({ deleted: 0 })
    expect(await things.getMany(["a", "b"])).toEqual([{ _id: "a", s: "y", n: 1, email: "a@x" }, null])
  })

  test("what is found in an older image is changed as it is now", async () => {
    await freeze()
    await things.updateOne({ _id: "a" }, { $set: { kept: 5 } })
    expect(await things.updateMany({ s: "x" }, { $inc: { n: 1 } })).toEqual({ matched: 2, modified: 2 })
    expect(await things.get("a")).toEqual({ _id: "a", s: "x", n: 2, email: "a@x", kept: 5 })
  })

  test("an upsert looks up strongly: what the index does not show yet is found by its sentinel", async () => {
    await freeze()
    await things.insertOne({ _id: "c", s: "z", email: "c@x" })
    expect(await things.updateOne({ email: "c@x" }, { $set: { n: 7 } }, { upsert: true })).toMatchObject({
      matched: 1,
    })
    expect(await things.get("c")).toMatchObject({ n: 7 })
  })

  test("strong reads do not ask it", async () => {
    await freeze()
    await things.updateOne({ _id: "a" }, { $set: { s: "y", email: "new@x" } })
    const strong = { consistency: "strong", scans: "allow" } as const
    expect((await things.find({ s: "x" }, strong).toArray()).map(({ _id }) => _id)).toEqual(["b"])
    expect(await things.findOne({ email: "a@x" }, strong)).toBeNull()
    expect(await things.findOne({ email: "new@x" }, strong)).toMatchObject({ _id: "a" })
  })
})
