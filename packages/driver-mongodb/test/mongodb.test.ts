import { inspect } from "node:util"
import { connect, defineCollection, NoSQLError } from "@nosql/core"
import { mongodb } from "@nosql/driver-mongodb"
import { Decimal128, Long, MongoClient, ObjectId } from "mongodb"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"

const uri = inject("mongodbUri")
const database = `driver-${process.pid}`

describe.skipIf(uri === "")("the MongoDB driver on a real server", () => {
  const commands: string[] = []
  let client: MongoClient

  beforeAll(async () => {
    client = new MongoClient(uri, { monitorCommands: true })
    client.on("commandStarted", ({ commandName }) => commands.push(commandName))
    await client.connect()
  })
  afterAll(async () => {
    await client?.db(database).dropDatabase()
    await client?.close()
  })

  test("a client of the user's own stays open when the store closes", async () => {
    const store = await connect(mongodb({ client, database }))
    expect(store).toMatchObject({ backend: "mongodb", database, isOpen: true })
    await store.close()
    expect(store.isOpen).toBe(false)
    expect(await client.db(database).command({ ping: 1 })).toMatchObject({ ok: 1 })
    await expect(store.collection("c").get("a")).rejects.toMatchObject({ code: "closed" })
    await store.close()
    expect(await store.health()).toMatchObject({ status: "down" })
  })

  test("a point read, a count, an update and 1,000 inserts are one request each", async () => {
    const store = await connect(mongodb({ client, database }))
    const things = store.collection<{ n: number }>("counted")
    const requests = async (run: () => Promise<unknown>) => {
      commands.length = 0
      await run()
      return [...commands]
    }
    expect(await requests(() => things.insertMany(Array.from({ length: 1000 }, (_, n) => ({ n }))))).toEqual([
      "insert",
    ])
    expect(await requests(() => things.get("a"))).toEqual(["find"])
    expect(await requests(() => things.count({ n: 5 }))).toEqual(["aggregate"])
    expect(await requests(() => things.updateMany({ n: { $gt: 5 } }, { $inc: { n: 1 } }))).toEqual(["update"])
    expect(await requests(() => things.deleteOne({ n: 0 }))).toEqual(["delete"])
    expect(await requests(() => things.find({}, { limit: 0 }).toArray())).toEqual([])
    expect(await requests(() => things.find({ $or: [] }).toArray())).toEqual([])
  })

  test("leaving a loop early closes the server's cursor", async () => {
    const store = await connect(mongodb({ client, database }))
    const things = store.collection<{ n: number }>("streamed")
    await things.insertMany(Array.from({ length: 1500 }, (_, n) => ({ n })))
    commands.length = 0
    for await (const _ of things.find({})) break
    expect(commands).toEqual(["find", "killCursors"])
  })

  test("ids and references are ObjectIds in the store and strings outside; native values come back unchanged", async () => {
    const Things = defineCollection<{ owner: string; price?: unknown; big?: bigint }>("native", {
      fields: { owner: "id" },
    })
    const store = await connect(mongodb({ client, database }))
    const raw = client.db(database).collection("native")
    const owner = new ObjectId()
    const { insertedId } = await raw.insertOne({
      owner,
      price: Decimal128.fromString("1.10"),
      big: Long.fromString("9007199254740993"),
      not: Number.NaN,
    })
    const things = store.collection(Things)
    const found = await things.findOne({ owner: owner.toHexString() })
    expect(found).toMatchObject({
      _id: insertedId.toHexString(),
      owner: owner.toHexString(),
      price: { driver: "mongodb", type: "Decimal128" },
      big: 9007199254740993n,
      not: { driver: "mongodb", type: "Double" },
    })
    expect(await things.count({ price: found?.price })).toBe(1)
    const copy = await things.insertOne({ owner: owner.toHexString(), price: found?.price })
    const stored = await raw.findOne({ _id: new ObjectId(copy) })
    expect(stored?.["price"]).toEqual(Decimal128.fromString("1.10"))
    expect(stored?.["owner"]).toEqual(owner)
  })
})

describe("addresses that cannot serve", () => {
  const password = "hunter2"

  test("a bad URI is config, and nothing of it is told", async () => {
    const error: unknown = await connect(mongodb({ uri: `postgres://u:${password}@h/db` })).catch(
      (reason: unknown) => reason,
    )
    expect(error).toMatchObject({ code: "config", operation: "connect", backend: "mongodb" })
    expect(inspect(error)).not.toContain(password)
  })

  test("a refused connection is unavailable, in the time that the options give", async () => {
    const unreachable = `mongodb://u:${password}@127.0.0.1:1/db`
    const error: unknown = await connect(mongodb({ uri: unreachable, serverSelectionTimeoutMs: 200 })).catch(
      (reason: unknown) => reason,
    )
    if (!NoSQLError.isInstance(error)) throw error
    expect(error).toMatchObject({ code: "unavailable", retryable: true })
    expect(inspect(error) + JSON.stringify(error)).not.toContain(password)
  })
})
