import { type Collection, connect, type Document, type DocumentStore, defineCollection } from "@nosql/core"
import { mongodb } from "@nosql/driver-mongodb"
import { type Document as BsonDocument, Long, MongoClient } from "mongodb"
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest"
import { startInsert } from "../src/start-insert.ts"

const uri = inject("mongodbUri")
const database = `requests-${process.pid}`

/** What really goes over the wire: how many requests an operation is, and what they carry. */
describe.skipIf(uri === "")("requests on a real server", () => {
  const commands: { name: string; command: BsonDocument }[] = []
  let client: MongoClient
  let store: DocumentStore

  beforeAll(async () => {
    client = new MongoClient(uri, { monitorCommands: true })
    client.on("commandStarted", ({ commandName, command }) => commands.push({ name: commandName, command }))
    store = await connect(mongodb({ client, database }))
    await store.collection("things").insertMany([{ _id: "a", n: 1 }])
  })
  beforeEach(() => {
    commands.length = 0
  })
  afterAll(async () => {
    await client?.db(database).dropDatabase()
    await client?.close()
  })
  const names = () => commands.map(({ name }) => name)

  test("this version of the SDK takes the documents of an insertMany without copies", () => {
    const info = { name: "things", declared: false, fields: {}, indexes: [], ids: "auto" } as const
    for (const ordered of [true, false]) {
      const call = { operation: "insertMany", ordered }
      expect(startInsert(client.db(database).collection("things"), info, call)).toBeDefined()
    }
  })

  test.each<[string, (things: Collection<Document>) => Promise<unknown>, string[]]>([
    ["get", (things) => things.get("a"), ["find"]],
    ["getMany of 100", (things) => things.getMany(Array.from({ length: 100 }, (_, i) => `n${i}`)), ["find"]],
    ["exists", (things) => things.exists({ n: 1 }), ["find"]],
    ["estimatedCount", (things) => things.estimatedCount(), ["count"]],
    ["distinct", (things) => things.distinct("n"), ["aggregate"]],
    ["an upsert", (things) => things.updateOne({ n: 7 }, { $set: { m: 1 } }, { upsert: true }), ["update"]],
    ["replaceOne", (things) => things.replaceOne({ _id: "a" }, { n: 1 }, { upsert: true }), ["update"]],
    [
      "findOneAndUpdate",
      (things) => things.findOneAndUpdate({ _id: "a" }, { $inc: { n: 1 } }),
      ["findAndModify"],
    ],
    ["findOneAndDelete", (things) => things.findOneAndDelete({ n: 99 }), ["findAndModify"]],
    ["one page", (things) => things.page({}, { size: 5 }), ["find"]],
    [
      "insertMany of 1,000",
      (things) => things.insertMany(Array.from({ length: 1000 }, () => ({}))),
      ["insert"],
    ],
    [
      "a bulk of one kind",
      (things) =>
        things.bulkWrite([{ deleteOne: { filter: { n: 5 } } }, { deleteMany: { filter: { n: 6 } } }]),
      ["delete"],
    ],
    [
      "a write that MongoDB would do by other rules: read, then write on condition",
      (things) => things.updateOne({ _id: "a" }, { $addToSet: { l: { x: 1, y: 2 } } }),
      ["find", "update"],
    ],
  ])("%s", async (_, run, expected) => {
    await run(store.collection("things"))
    expect(names()).toEqual(expected)
  })

  test("declared indexes are asked for once a store, and made in one request", async () => {
    const Indexed = defineCollection("indexed", { indexes: [{ keys: { a: 1 } }, { keys: { b: 1 } }] })
    await store.collection(Indexed).insertOne({})
    expect(names().filter((name) => name === "createIndexes")).toHaveLength(1)
    commands.length = 0
    await store.collection(Indexed).insertOne({})
    await store.collection(Indexed).find({ a: 1 }).toArray()
    expect(names()).toEqual(["insert", "find"])
  })

  test("hint, comment, batch size, read preference, consistency and time limit reach the command", async () => {
    const things = store.collection("things")
    await things.createIndex({ keys: { n: 1 } })
    commands.length = 0
    const options = { hint: "n_1", comment: "who asks", batchSize: 7, timeoutMs: 30_000 } as const
    await things.find({ n: 1 }, options).toArray()
    expect(commands[0]?.command).toMatchObject({ hint: "n_1", comment: "who asks", batchSize: 7 })
    expect(commands[0]?.command["maxTimeMS"]).toBeGreaterThan(1000)
    await things.updateMany({ n: 1 }, { $set: { m: 2 } }, { comment: "who writes", timeoutMs: 30_000 })
    expect(commands[1]?.command).toMatchObject({ comment: "who writes" })
    await things.findOne({}, { consistency: "strong" })
    expect(commands[2]?.command).toMatchObject({ readConcern: { level: "majority" } })
    await things.findOne({}, { readPreference: "nearest" })
    expect(commands[3]?.command).toMatchObject({ $readPreference: { mode: "nearest" } })
  })

  test("explain asks the server when told to", async () => {
    const { server, native } = await store.collection("things").explain({ n: 1 }, { verbosity: "server" })
    expect(server).toBeTypeOf("object")
    expect(native).toEqual({ filter: { n: { $eq: 1 } } })
    expect(names()).toEqual(["explain"])
  })

  test("a ttl is a native index, and expired documents are hidden by the filter", async () => {
    const Sessions = defineCollection("sessions", { ttl: { field: "at", afterSeconds: 60 } })
    const sessions = store.collection(Sessions)
    await sessions.insertOne({ at: new Date() })
    expect(await sessions.listIndexes()).toEqual([
      { name: "at_1_ttl", keys: { at: 1 }, unique: false, expireAfterSeconds: 60 },
    ])
    commands.length = 0
    await sessions.find({}).toArray()
    expect(JSON.stringify(commands[0]?.command["filter"])).toContain('"at":{"$lte"')
  })

  test("$text searches a declared text index", async () => {
    const Posts = defineCollection<{ title: string }>("posts", { indexes: [{ keys: { title: "text" } }] })
    const posts = store.collection(Posts)
    await posts.insertMany([{ title: "the quick brown fox" }, { title: "a lazy dog" }])
    expect(await posts.find({ $text: { $search: "fox" } }).toArray()).toMatchObject([
      { title: "the quick brown fox" },
    ])
    expect(await posts.query().whereText("dog").count()).toBe(1)
  })

  test("a write that core does leaves what it does not touch to the byte", async () => {
    const raw = client.db(database).collection("foreign")
    await raw.insertOne({ _id: "a" as never, long: Long.fromNumber(3_000_000_000), l: [] })
    await store.collection("foreign").updateOne({ _id: "a" }, { $addToSet: { l: { x: 1, y: 2 } } })
    const found = await raw.findOne({ _id: "a" as never }, { promoteLongs: false })
    expect(found?.["long"]).toEqual(Long.fromNumber(3_000_000_000))
    expect(found?.["l"]).toEqual([{ x: 1, y: 2 }])
  })
})
