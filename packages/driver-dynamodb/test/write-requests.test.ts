import { type Collection, connect, type Document, type DocumentStore, defineCollection } from "@nosql/core"
import { dynamodb } from "@nosql/driver-dynamodb"
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest"
import { type MeddledClient, meddledClient } from "./meddled-client.ts"

const endpoint = inject("dynamodbEndpoint")
const tablePrefix = `write-requests-${process.pid}-`
const Things = defineCollection<Document>("things", { indexes: [{ keys: { kind: 1, at: -1 } }] })
const Users = defineCollection<Document>("users", { indexes: [{ keys: { email: 1 }, unique: true }] })

const many = <R>(count: number, make: (n: number) => R) => Array.from({ length: count }, (_, n) => make(n))

/** What goes over the wire: how many requests an operation is, and which. */
describe.skipIf(endpoint === "")("requests of writes", () => {
  let watched: MeddledClient
  let store: DocumentStore

  beforeAll(async () => {
    watched = meddledClient(endpoint)
    store = await connect(dynamodb({ client: watched.client, tablePrefix }), { scans: "allow" })
    await store
      .collection(Things)
      .insertMany(many(40, (n) => ({ _id: `t${n}`, kind: n % 2, at: n, n, tags: [] })))
    await store.collection(Users).insertOne({ _id: "ada", email: "ada", n: 1 })
    await store.collection(Things).count({})
  })
  beforeEach(() => watched.reset())
  afterAll(async () => {
    for (const name of (await store?.listCollections()) ?? []) await store.dropCollection(name)
    await store?.close()
    watched?.client.destroy()
  })

  /** Requests in a row of one kind as `name × count`. */
  const sent = () => {
    const counts = new Map<string, number>()
    for (const name of watched.sent) counts.set(name, (counts.get(name) ?? 0) + 1)
    return Object.fromEntries(counts)
  }

  test.each<[string, (things: Collection<Document>) => Promise<unknown>, Record<string, number>]>([
    [
      "updateOne: $set, $inc, $push, $unset",
      (things) =>
        things.updateOne(
          { _id: "t1" },
          { $set: { a: 1 }, $inc: { n: 1 }, $push: { tags: 1 }, $unset: { b: true } },
        ),
      { UpdateItem: 1 },
    ],
    [
      "updateOne of one part of an index's key",
      (things) => things.updateOne({ _id: "t1" }, { $set: { kind: 5 } }),
      { UpdateItem: 1 },
    ],
    [
      "updateOne that the index's key needs more for",
      (things) => things.updateOne({ _id: "t1" }, { $inc: { at: 1 } }),
      { GetItem: 1, PutItem: 1 },
    ],
    [
      "updateOne of what DynamoDB has no operator for",
      (things) => things.updateOne({ _id: "t1" }, { $mul: { n: 2 } }),
      { GetItem: 1, PutItem: 1 },
    ],
    [
      "updateOne with a condition that fails",
      (things) => things.updateOne({ _id: "t1", n: -1 }, { $set: { a: 2 } }),
      { UpdateItem: 1 },
    ],
    [
      "a nested $set whose parent is missing",
      (things) => things.updateOne({ _id: "t2" }, { $set: { "x.y": 1 } }),
      { UpdateItem: 1, GetItem: 1, PutItem: 1 },
    ],
    [
      "a nested $set whose parent is there",
      (things) => things.updateOne({ _id: "t2" }, { $set: { "x.z": 1 } }),
      { UpdateItem: 1 },
    ],
    [
      "findOneAndUpdate",
      (things) => things.findOneAndUpdate({ _id: "t1" }, { $inc: { n: 1 } }),
      { UpdateItem: 1 },
    ],
    [
      "$max that changes",
      (things) => things.updateOne({ _id: "t5" }, { $max: { n: 100 } }),
      { UpdateItem: 1 },
    ],
    [
      "$max that does not",
      (things) => things.updateOne({ _id: "t5" }, { $max: { n: 50 } }),
      { UpdateItem: 1 },
    ],
    [
      "$max on an index's key",
      (things) => things.updateOne({ _id: "t5" }, { $max: { at: 1000 } }),
      { UpdateItem: 1 },
    ],
    [
      "$max that does not, beside what does",
      (things) => things.updateOne({ _id: "t5" }, { $max: { n: 50 }, $inc: { more: 1 } }),
      { UpdateItem: 1, GetItem: 1, PutItem: 1 },
    ],
    [
      "$currentDate, $rename and $addToSet",
      (things) =>
        things.updateOne(
          { _id: "t6" },
          { $currentDate: { seen: true }, $rename: { n: "m" }, $addToSet: { tags: "a" } },
        ),
      { UpdateItem: 1 },
    ],
    [
      "$addToSet of what is there",
      (things) => things.updateOne({ _id: "t6" }, { $addToSet: { tags: "a" } }),
      { UpdateItem: 1 },
    ],
    [
      "an upsert of what is there",
      (things) => things.updateOne({ _id: "t7" }, { $set: { a: 1 } }, { upsert: true }),
      { UpdateItem: 1 },
    ],
    [
      "an upsert of what is not",
      (things) =>
        things.updateOne({ _id: "u1" }, { $set: { a: 1 }, $setOnInsert: { b: 1 } }, { upsert: true }),
      { UpdateItem: 1, PutItem: 1 },
    ],
    [
      "a replacement that inserts",
      (things) => things.replaceOne({ _id: "u2" }, { a: 1 }, { upsert: true }),
      { PutItem: 1 },
    ],
    ["replaceOne", (things) => things.replaceOne({ _id: "t3" }, { n: 1 }), { PutItem: 1 }],
    ["deleteOne", (things) => things.deleteOne({ _id: "t4" }), { DeleteItem: 1 }],
    ["deleteOne of nothing", (things) => things.deleteOne({ _id: "nobody" }), { DeleteItem: 1 }],
    ["insertOne", (things) => things.insertOne({ n: 1 }), { PutItem: 1 }],
    [
      "insertMany of 1,000 new ids",
      (things) => things.insertMany(many(1000, (n) => ({ n }))),
      { BatchWriteItem: 40 },
    ],
    [
      "insertMany of 250 given ids",
      (things) => things.insertMany(many(250, (n) => ({ _id: `g${n}` }))),
      { TransactWriteItems: 3 },
    ],
    [
      "insertMany of 30 given ids, unordered",
      (things) =>
        things.insertMany(
          many(30, (n) => ({ _id: `h${n}` })),
          { ordered: false },
        ),
      { PutItem: 30 },
    ],
    [
      "bulkWrite: inserts that follow each other go together",
      (things) =>
        things.bulkWrite([
          ...many(50, (n) => ({ insertOne: { document: { n } } })),
          { updateOne: { filter: { _id: "t1" }, update: { $set: { n: 7 } } } },
          { insertOne: { document: { _id: "b1" } } },
        ]),
      { BatchWriteItem: 2, UpdateItem: 1, PutItem: 1 },
    ],
  ])("%s", async (_, run, expected) => {
    await run(store.collection(Things))
    expect(sent()).toEqual(expected)
  })

  test.each<[string, (users: Collection<Document>) => Promise<unknown>, Record<string, number>]>([
    ["insertOne", (users) => users.insertOne({ email: "new" }), { TransactWriteItems: 1 }],
    [
      "an update beside the value",
      (users) => users.updateOne({ _id: "ada" }, { $inc: { n: 1 } }),
      { UpdateItem: 1 },
    ],
    [
      "an update of the value",
      (users) => users.updateOne({ _id: "ada" }, { $set: { email: "ada2" } }),
      { GetItem: 1, TransactWriteItems: 1 },
    ],
    [
      "insertMany of 100: two items each",
      (users) => users.insertMany(many(100, (n) => ({ email: `e${n}` }))),
      { TransactWriteItems: 2 },
    ],
    ["deleteOne", (users) => users.deleteOne({ _id: "ada" }), { GetItem: 1, TransactWriteItems: 1 }],
  ])("with a unique index: %s", async (_, run, expected) => {
    await run(store.collection(Users))
    expect(sent()).toEqual(expected)
  })

  test("$min, $max, $addToSet and $rename tell what they did, and leave what they do not change", async () => {
    const things = store.collection(Things)
    await things.insertOne({ _id: "m", n: 5, d: new Date(5), z: null, tags: [{ a: 1, b: 2 }], s: "x" })
    const run = async (update: Document) => {
      watched.reset()
      const { matched, modified } = await things.updateOne({ _id: "m" }, update)
      return [matched, modified, watched.sent.splice(0).join()]
    }
    expect(await run({ $max: { n: 6 } })).toEqual([1, 1, "UpdateItem"])
    expect(await run({ $max: { n: 6 } })).toEqual([1, 0, "UpdateItem"])
    expect(await run({ $min: { d: new Date(4) } })).toEqual([1, 1, "UpdateItem"])
    expect(await run({ $min: { d: new Date(4) } })).toEqual([1, 0, "UpdateItem"])
    expect(await run({ $min: { z: 1 } })).toEqual([1, 0, "UpdateItem"])
    expect(await run({ $max: { z: 1 } })).toEqual([1, 1, "UpdateItem,GetItem,PutItem"])
    expect(await run({ $addToSet: { tags: { b: 2, a: 1 } } })).toEqual([1, 0, "UpdateItem"])
    expect(await run({ $rename: { none: "other" } })).toEqual([1, 0, "UpdateItem"])
    expect(await run({ $rename: { s: "t" } })).toEqual([1, 1, "UpdateItem"])
    expect(await things.updateOne({ _id: "m", n: 7 }, { $max: { n: 8 } })).toMatchObject({ matched: 0 })
    await expect(run({ $addToSet: { n: 1 } })).rejects.toMatchObject({ code: "invalid-argument", path: "n" })
    expect(await things.findOneAndUpdate({ _id: "m" }, { $max: { n: 1 } })).toMatchObject({ n: 6 })
    expect(await things.get("m")).toEqual({
      _id: "m",
      n: 6,
      d: new Date(4),
      z: 1,
      tags: [{ a: 1, b: 2 }],
      t: "x",
    })
  })

  test("a replacement says whether it inserted", async () => {
    const things = store.collection(Things)
    expect(await things.replaceOne({ _id: "r" }, { a: 1 }, { upsert: true })).toMatchObject({
      matched: 0,
      modified: 0,
      upsertedId: "r",
    })
    expect(await things.replaceOne({ _id: "r" }, { kind: 77, at: 1 }, { upsert: true })).toMatchObject({
      matched: 1,
      modified: 1,
    })
    expect(await things.find({ kind: 77 }).toArray()).toEqual([{ _id: "r", kind: 77, at: 1 }])
    expect(
      await things.findOneAndReplace({ _id: "r2" }, { a: 1 }, { upsert: true, returnDocument: "after" }),
    ).toEqual({ _id: "r2", a: 1 })
    const Fresh = store.collection<Document>("fresh-upsert")
    expect(await Fresh.replaceOne({ _id: "r" }, { a: 1 }, { upsert: true })).toMatchObject({
      upsertedId: "r",
    })
  })

  test("a collection's table is asked for once, and its indexes are made with it", async () => {
    const Fresh = defineCollection<Document>("fresh", { indexes: [{ keys: { a: 1 } }, { keys: { b: 1 } }] })
    await store.collection(Fresh).insertOne({ a: 1 })
    expect(sent()).toMatchObject({ CreateTable: 1, PutItem: 2 })
    expect(watched.sent).not.toContain("UpdateTable")
    watched.reset()
    await store.collection(Fresh).insertOne({ a: 1 })
    await store.collection(Fresh).find({ a: 1 }).toArray()
    expect(watched.sent).toEqual(["PutItem", "Query"])
  })
})
