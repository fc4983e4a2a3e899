import { connect, type DocumentStore, defineCollection } from "@nosql/core"
import { fromBson, mongodb, toBson } from "@nosql/driver-mongodb"
import {
  Binary,
  BSON,
  BSONRegExp,
  type Document as BsonDocument,
  Code,
  DBRef,
  Decimal128,
  Double,
  Long,
  MaxKey,
  MinKey,
  MongoClient,
  type MongoClientOptions,
  ObjectId,
  Timestamp,
  UUID,
} from "mongodb"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"

const uri = inject("mongodbUri")
const database = `values-${process.pid}`
const hex = "65f0a1b2c3d4e5f6a7b8c9d0"

/** Values that the portable language has no kind for, as they lie in existing collections. */
const foreign: Record<string, unknown> = {
  decimal: Decimal128.fromString("1.10"),
  uuid: new UUID("0190a1b2-c3d4-7e5f-8a7b-8c9d0e1f2a3b"),
  md5: new Binary(Buffer.from("0123456789abcdef"), 5),
  custom: new Binary(Buffer.from([1]), 128),
  timestamp: new Timestamp({ t: 1_700_000_000, i: 7 }),
  minKey: new MinKey(),
  maxKey: new MaxKey(),
  regex: new BSONRegExp("^a", "im"),
  code: new Code("function () {}"),
  reference: new DBRef("users", new ObjectId(hex)),
  objectId: new ObjectId(hex),
  nan: new Double(Number.NaN),
  infinity: new Double(Number.POSITIVE_INFINITY),
  huge: new Double(1e300),
}

describe.skipIf(uri === "")("values of existing collections", () => {
  let client: MongoClient
  let store: DocumentStore

  beforeAll(async () => {
    client = await new MongoClient(uri).connect()
    store = await connect(mongodb({ client, database }), { scans: "allow" })
  })
  afterAll(async () => {
    await client?.db(database).dropDatabase()
    await client?.close()
  })

  /** The bytes of a stored document. */
  const bytesOf = async (collection: string, filter: BsonDocument = {}) =>
    (await client.db(database).collection(collection).findOne(filter, { raw: true })) as unknown as Buffer

  test.each(Object.entries(foreign))(
    "%s: read, found by equality, left alone by updates, written back unchanged",
    async (name, value) => {
      const raw = client.db(database).collection(name)
      await raw.insertMany([
        { v: value, list: [value], in: { v: value } },
        { v: "other", list: ["other"] },
      ])
      const before = await bytesOf(name, { in: { $exists: true } })
      const things = store.collection<{ v?: unknown; list?: unknown[]; n?: number; in?: { v: unknown } }>(
        name,
      )
      const read = await things.findOne({ in: { $exists: true } })
      expect(read?.v).toMatchObject({ driver: "mongodb" })
      const carried = read?.v as never

      expect(await things.count({ v: carried })).toBe(1)
      expect(await things.count({ "in.v": carried } as never)).toBe(1)
      expect(await things.count({ v: { $in: [carried, "nothing"] } })).toBe(1)
      expect(await things.count({ v: { $nin: [carried] } })).toBe(1)
      expect(await things.count({ v: { $ne: carried } })).toBe(1)
      expect(await things.count({ list: { $contains: carried } } as never)).toBe(1)
      expect(await things.count({ list: { $containsAny: [carried, "nothing"] } } as never)).toBe(1)

      await things.updateOne({ v: carried }, { $set: { n: 1 } })
      await things.updateOne({ v: carried }, { $unset: { n: "" } } as never)
      expect(await bytesOf(name, { in: { $exists: true } })).toEqual(before)

      await things.replaceOne({ _id: read?._id as string }, read as never)
      expect(await bytesOf(name, { in: { $exists: true } })).toEqual(before)
      expect(await raw.countDocuments()).toBe(2)

      const copy = await things.insertOne({ v: carried })
      expect((await things.get(copy))?.v).toEqual(carried)
      await things.updateOne({ _id: copy }, { $set: { v: carried }, $push: { list: carried } } as never)
      expect(await things.get(copy)).toEqual({ _id: copy, v: carried, list: [carried] })
      await things.updateOne({ _id: copy }, { $pull: { list: carried } } as never)
      expect((await things.get(copy))?.list).toEqual([])
    },
  )

  test("fromBson and toBson go between the two", async () => {
    const things = store.collection<{ price: unknown }>("own-values")
    const id = await things.insertOne({ price: fromBson(Decimal128.fromString("2.50")) })
    expect(await client.db(database).collection("own-values").findOne()).toMatchObject({
      price: Decimal128.fromString("2.50"),
    })
    expect(toBson((await things.get(id))?.price as never)).toEqual(Decimal128.fromString("2.50"))
  })

  const ids: Record<string, unknown> = {
    number: 5,
    fraction: 1.5,
    long: Long.fromString("9007199254740993"),
    decimal: Decimal128.fromString("7.5"),
    date: new Date("2024-02-29T00:00:00Z"),
    boolean: true,
    uuid: new UUID("0190a1b2-c3d4-7e5f-8a7b-8c9d0e1f2a3b"),
    binary: new Binary(Buffer.from([1, 2]), 0),
    object: { tenant: "a", n: 1, at: new Date(5) },
    "hex string": hex,
    "text like ours": "ejson:5",
    timestamp: new Timestamp({ t: 1, i: 1 }),
  }

  test.each(Object.entries(ids))(
    "a foreign _id, %s: one text that finds it, changes it, replaces it and never doubles it",
    async (name, _id) => {
      const collection = `ids-${name.replaceAll(" ", "-")}`
      const raw = client.db(database).collection<BsonDocument>(collection)
      await raw.insertMany([{ _id, n: 1 }, { n: 1 }] as never)
      const things = store.collection<{ n: number; m?: number }>(collection)
      const id = (await things.find({}).toArray()).find((document) => document._id.startsWith("ejson:"))
        ?._id as string
      expect(await things.get(id)).toEqual({ _id: id, n: 1 })
      expect(await things.getMany([id, "absent"])).toEqual([{ _id: id, n: 1 }, null])
      expect(await things.count({ _id: { $in: [id] } })).toBe(1)
      expect(await things.count({ _id: { $ne: id } })).toBe(1)
      expect(await things.updateOne({ _id: id }, { $inc: { n: 1 } })).toMatchObject({ matched: 1 })
      // The flow of a save: read, change, write the whole.
      const read = await things.get(id)
      await things.replaceOne({ _id: id }, { ...read, n: 10 } as never, { upsert: true })
      expect(await things.updateOne({ _id: id }, { $set: { m: 1 } }, { upsert: true })).toEqual({
        matched: 1,
        modified: 1,
      })
      expect(
        await things.findOneAndUpdate({ _id: id }, { $inc: { m: 1 } }, { returnDocument: "after" }),
      ).toEqual({ _id: id, n: 10, m: 2 })
      await expect(things.insertOne({ _id: id, n: 1 })).rejects.toMatchObject({
        code: "already-exists",
        path: "_id",
      })
      expect(await raw.countDocuments()).toBe(2)
      expect(BSON.serialize({ _id: (await raw.findOne({ n: 10 }))?._id })).toEqual(BSON.serialize({ _id }))
      expect(await things.deleteOne({ _id: id })).toEqual({ deleted: 1 })
      expect(await raw.countDocuments()).toBe(1)
    },
  )

  test("an ObjectId and its text, and a number and its, are two documents each", async () => {
    const raw = client.db(database).collection<BsonDocument>("twins")
    const stored = [new ObjectId(hex), hex, 5, "5", "ejson:5"]
    await raw.insertMany(stored.map((_id, n) => ({ _id, n })) as never)
    const twins = store.collection<{ n: number }>("twins")
    const texts = (await twins.find({}).toArray()).map(({ _id }) => _id)
    expect(new Set(texts).size).toBe(5)
    for (const { _id, n } of await twins.find({}).toArray()) expect(await twins.get(_id)).toEqual({ _id, n })
  })

  test("pages go on behind foreign ids", async () => {
    const raw = client.db(database).collection<BsonDocument>("paged")
    await raw.insertMany(Array.from({ length: 7 }, (_, n) => ({ _id: n, n })) as never)
    const paged = store.collection<{ n: number }>("paged")
    const seen: number[] = []
    for (let after: string | undefined; ; ) {
      const page = await paged.page({}, { size: 3, ...(after === undefined ? {} : { after }) })
      seen.push(...page.items.map(({ n }) => n))
      if (page.next === undefined) break
      after = page.next
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  test("references follow the ids of their collection, foreign ones too", async () => {
    const Posts = defineCollection<{ author: string; n: number }>("posts", { fields: { author: "id" } })
    await client
      .db(database)
      .collection<BsonDocument>("authors")
      .insertMany([
        { _id: new ObjectId(hex), name: "Ada" },
        { _id: 7, name: "Bo" },
      ] as never)
    await client
      .db(database)
      .collection("posts")
      .insertMany([
        { author: new ObjectId(hex), n: 1 },
        { author: 7, n: 2 },
        { author: new ObjectId(hex), n: 3 },
      ])
    const posts = store.collection(Posts)
    const authors = store.collection<{ name: string }>("authors")
    const all = await posts.find({}, { sort: { n: 1 } }).toArray()
    expect(all.map(({ author }) => author)).toEqual([hex, "ejson:7", hex])
    expect(await posts.count({ author: hex })).toBe(2)
    expect(await posts.count({ author: { $in: [hex, "ejson:7"] } })).toBe(3)
    expect(await posts.count({ author: { $ne: hex } })).toBe(1)
    const loaded = await Promise.all(all.map(({ author }) => authors.get(author)))
    expect(loaded.map((author) => author?.name)).toEqual(["Ada", "Bo", "Ada"])
    await posts.updateOne({ n: 2 }, { $set: { author: hex } })
    expect(
      await client
        .db(database)
        .collection("posts")
        .countDocuments({ author: new ObjectId(hex) }),
    ).toBe(3)
  })

  const options: Record<string, MongoClientOptions> = {
    promoteValues: { promoteValues: false },
    promoteLongs: { promoteLongs: false },
    promoteBuffers: { promoteBuffers: true },
    useBigInt64: { useBigInt64: true },
    ignoreUndefined: { ignoreUndefined: true },
    serializeFunctions: { serializeFunctions: true },
    bsonRegExp: { bsonRegExp: true },
    fieldsAsRaw: { fieldsAsRaw: { list: true } },
    forceServerObjectId: { forceServerObjectId: true },
    enableUtf8Validation: { enableUtf8Validation: false },
  }

  test.each(Object.entries(options))(
    "a client of the user's with %s is read as any other",
    async (name, given) => {
      const own = new MongoClient(uri, given)
      const theirs = await connect(mongodb({ client: own, database }), { scans: "allow" })
      const things = theirs.collection<Record<string, unknown>>(`client-${name}`)
      const document = {
        int: 5,
        long: 2n ** 62n,
        half: 0.5,
        text: "x",
        bytes: new Uint8Array([1, 2]),
        at: new Date(5),
        list: [{ n: 1 }, [2]],
        constructor: [{ n: 1 }],
        price: fromBson(Decimal128.fromString("1.10")),
        regex: fromBson(new BSONRegExp("a(?<n>b)", "x")),
        nothing: null,
      }
      const id = await things.insertOne(document)
      expect(await things.get(id)).toEqual({ _id: id, ...document })
      expect(await things.count({ int: 5, long: 2n ** 62n, bytes: new Uint8Array([1, 2]) })).toBe(1)
      expect(await things.distinct("int")).toEqual([5])
      expect(await things.updateMany({ int: { $gt: 4 } }, { $inc: { int: 1 } })).toEqual({
        matched: 1,
        modified: 1,
      })
      expect(
        await things.findOneAndUpdate({ int: 6 }, { $inc: { int: 1 } }, { returnDocument: "after" }),
      ).toMatchObject({ int: 7 })
      await theirs.close()
      await own.close()
    },
  )

  test("a list named like a method of objects comes back, which the bare SDK leaves as bytes", async () => {
    const things = store.collection<Record<string, unknown>>("methods")
    const document = {
      constructor: [{ a: 1 }],
      toString: [{ b: [{}] }],
      valueOf: { hasOwnProperty: [{ c: 1 }] },
    }
    const id = await things.insertOne(document)
    expect(await things.get(id)).toEqual({ _id: id, ...document })
  })
})
