import { type Collection, connect, type Document, type DocumentStore, defineCollection } from "@nosql/core"
import { dynamodb } from "@nosql/driver-dynamodb"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest"
import { type MeddledClient, meddledClient } from "./meddled-client.ts"

const endpoint = inject("dynamodbEndpoint")
const tablePrefix = `dropped-${process.pid}-`
const Things = defineCollection<Document>("things", {
  indexes: [{ keys: { kind: 1 } }, { keys: { at: 1 }, hash: [], shards: 2 }],
})

/** What a store knows of a table it read a while ago; another process has dropped something since. */
describe.skipIf(endpoint === "")("what another process dropped", () => {
  let watched: MeddledClient
  let other: DocumentStore
  let store: DocumentStore
  let things: Collection<Document>
  const open = (provision: "auto" | "check", scans: "allow" | "refuse" = "allow") =>
    connect(dynamodb({ client: watched.client, tablePrefix }), { scans, provision })

  beforeAll(async () => {
    watched = meddledClient(endpoint)
    other = await connect(dynamodb({ endpoint, tablePrefix }), { scans: "allow" })
  })
  beforeEach(async () => {
    watched.meddle(undefined)
    await other.collection(Things).createCollection()
    await other.collection(Things).insertMany([
      { _id: "a", kind: 1, at: 2 },
      { _id: "b", kind: 1, at: 1 },
      { _id: "c", kind: 2, at: 3 },
    ])
    store = await open("auto")
    things = store.collection(Things)
    await things.count({ kind: 1 })
    watched.reset()
  })
  afterEach(async () => {
    await store.close()
    await other.dropCollection("things")
  })
  afterAll(async () => {
    await other?.close()
    watched?.client.destroy()
  })

  const ids = (documents: readonly Document[]) => documents.map(({ _id }) => _id)
  const reads: [string, () => Promise<unknown>, unknown][] = [
    ["find", async () => ids(await things.find({ kind: 1 }, { sort: { at: 1 } }).toArray()), ["b", "a"]],
    ["find in order", async () => ids(await things.find({}, { sort: { at: 1 } }).toArray()), ["b", "a", "c"]],
    ["findOne", async () => (await things.findOne({ kind: 2 }))?._id, "c"],
    ["count", () => things.count({ kind: 1 }), 2],
    ["distinct", () => things.distinct("at", { kind: 1 }), [1, 2]],
    ["a page", async () => ids((await things.query().where("kind", 2).page({ size: 5 })).items), ["c"]],
    ["updateMany", () => things.updateMany({ kind: 1 }, { $set: { x: 1 } }), { matched: 2, modified: 2 }],
    ["updateOne", () => things.updateOne({ kind: 2 }, { $set: { x: 1 } }), { matched: 1, modified: 1 }],
    ["deleteMany", () => things.deleteMany({ kind: 1 }), { deleted: 2 }],
  ]

  test.each(reads)("an index: %s is planned once more", async (_, run, expected) => {
    await other.collection(Things).dropIndex("kind_1")
    await other.collection(Things).dropIndex("at_1")
    expect(await run()).toMatchObject(expected as object)
  })

  test("an index: two reads at once", async () => {
    await other.collection(Things).dropIndex("kind_1")
    const both = [things.count({ kind: 1 }), things.find({ kind: 1 }).toArray()]
    expect(await Promise.all(both)).toMatchObject([2, [{ kind: 1 }, { kind: 1 }]])
  })

  test("an index: scans stay refused", async () => {
    await store.close()
    store = await open("auto", "refuse")
    things = store.collection(Things)
    await things.count({ kind: 1 })
    await other.collection(Things).dropIndex("kind_1")
    await expect(things.find({ kind: 1 }).toArray()).rejects.toMatchObject({ code: "failed-precondition" })
    await expect(things.find({ kind: 1 }).toArray()).rejects.toThrow("scan")
  })

  test("a read that DynamoDB refuses for another reason fails as it did", async () => {
    watched.meddle(async ({ name, input }, send) =>
      name === "Query" ? send({ ...input, Limit: -1 }) : send(),
    )
    await expect(things.count({ kind: 1 })).rejects.toMatchObject({ code: "invalid-argument" })
    expect(watched.sent).toEqual(["Query", "GetItem"])
  })

  test.each<[string, () => Promise<unknown>, unknown]>([
    ["find", () => things.find({}).toArray(), []],
    ["find by an index", () => things.find({ kind: 1 }).toArray(), []],
    ["get", () => things.get("a"), null],
    ["count", () => things.count({}), 0],
    ["updateOne", () => things.updateOne({ _id: "a" }, { $set: { x: 1 } }), { matched: 0, modified: 0 }],
    ["an update that is read", () => things.updateOne({ _id: "a" }, { $mul: { at: 2 } }), { matched: 0 }],
    ["updateMany", () => things.updateMany({ kind: 1 }, { $set: { x: 1 } }), { matched: 0, modified: 0 }],
    ["deleteOne", () => things.deleteOne({ _id: "a" }), { deleted: 0 }],
  ])("a collection holds nothing then: %s", async (_, run, expected) => {
    await other.dropCollection("things")
    if (expected === null) expect(await run()).toBeNull()
    else
      expect(await run()).toEqual(typeof expected === "object" ? expect.objectContaining(expected) : expected)
    expect(await other.listCollections()).toEqual([])
  })

  test.each<[string, () => Promise<unknown>]>([
    ["insertOne", () => things.insertOne({ _id: "n", kind: 7 })],
    ["insertMany", () => things.insertMany([{ kind: 7 }, { kind: 8 }])],
    [
      "insertMany of given ids",
      () =>
        things.insertMany([
          { _id: "n", kind: 7 },
          { _id: "m", kind: 8 },
        ]),
    ],
    ["an upsert", () => things.updateOne({ _id: "n" }, { $set: { kind: 7 } }, { upsert: true })],
    ["a replacement that inserts", () => things.replaceOne({ _id: "n" }, { kind: 7 }, { upsert: true })],
  ])("a collection is made anew, with its indexes, by %s", async (_, run) => {
    await other.dropCollection("things")
    await run()
    expect(await things.count({ kind: 7 })).toBe(1)
    expect((await things.explain({ kind: 7 })).access).toBe("index")
  })

  test("a collection that is not made at its first use is told to be missing", async () => {
    await store.close()
    store = await open("check")
    things = store.collection(Things)
    await things.count({ kind: 1 })
    await other.dropCollection("things")
    for (const run of [
      () => things.find({ kind: 1 }).toArray(),
      () => things.insertOne({ kind: 1 }),
      () => things.updateOne({ _id: "a" }, { $set: { x: 1 } }),
    ])
      await expect(run()).rejects.toThrow("is not there; make it with collection.createCollection()")
  })
})
