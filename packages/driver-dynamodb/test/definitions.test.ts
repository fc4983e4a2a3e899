import {
  CreateTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb"
import { connect, type Document, type DocumentStore, defineCollection } from "@nosql/core"
import { backfillIndexes, dynamodb, finishIndexes, toCreateTableInput } from "@nosql/driver-dynamodb"
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from "vitest"
import type { Attributes } from "../src/value-codec.ts"
import { closeAll } from "./close-all.ts"
import { type Meddler, meddledClient, sdkError } from "./meddled-client.ts"

const endpoint = inject("dynamodbEndpoint")
const tablePrefix = `definitions-${process.pid}-`
const at = { endpoint, tablePrefix }
const byEmail = { keys: { email: 1 }, unique: true } as const
const byCity = { keys: { city: 1 } } as const
const logger = { trace() {}, debug() {}, info() {}, warn() {}, error() {} }
const hour = 3_600_000

/** Several processes define the indexes of one table, and write to it, at the same time. */
describe.skipIf(endpoint === "")("definitions that several processes share", () => {
  let raw: DynamoDBClient
  const clients: DynamoDBClient[] = []
  const stores: DocumentStore[] = []
  /** A process of its own. */
  const open = async (meddle?: Meddler, provision: "auto" | "check" = "auto") => {
    const meddled = meddledClient(endpoint)
    meddled.meddle(meddle)
    clients.push(meddled.client)
    const store = await connect(dynamodb({ client: meddled.client, tablePrefix, maxAttempts: 4 }), {
      scans: "allow",
      provision,
      logger,
    })
    stores.push(store)
    return store
  }
  const later = (seconds: number) => {
    vi.useFakeTimers({ toFake: ["Date"] })
    vi.setSystemTime(Date.now() + seconds * 1000)
  }
  const users = (name: string) => defineCollection<Document>(name, { indexes: [byEmail, byCity] })
  /** As another tool makes a table. */
  const makeTable = (name: string) =>
    raw.send(new CreateTableCommand(toCreateTableInput(users(name), { tablePrefix })))
  const item = async (name: string, key: string): Promise<Attributes | undefined> => {
    const input = { TableName: tablePrefix + name, Key: { _nosql_pk: { S: key } } }
    return (await raw.send(new GetItemCommand(input))).Item
  }
  const states = async (store: DocumentStore, name: string) =>
    (await store.collection(name).listIndexes()).map(
      (index) => `${index.name} ${index.building ? "building" : "ready"}`,
    )
  const ttlStatus = async (name: string) => {
    const input = { TableName: tablePrefix + name }
    const { TimeToLiveDescription } = await raw.send(new DescribeTimeToLiveCommand(input))
    return TimeToLiveDescription?.TimeToLiveStatus
  }
  const soon = () => new Date(Date.now() + hour)

  beforeAll(() => {
    raw = meddledClient(endpoint).client
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  afterAll(async () => {
    await closeAll(stores)
    for (const client of clients) client.destroy()
    raw?.destroy()
  })

  describe("an empty table", () => {
    test("that others may be writing to: its index is built, and ready behind a minute", async () => {
      const name = "known"
      const other = await open()
      await other.collection(name).createCollection()
      const store = await open()
      await store.collection(users(name)).ensureIndexes()
      expect(await states(store, name)).toEqual(["email_1 building", "city_1 building"])
      // It has looked at the table before there was an index.
      await other.collection<Document>(name).insertOne({ city: "x" })
      await store.collection(users(name)).insertOne({ email: "e", city: "x" })
      expect(await store.collection(users(name)).count({ city: "x" })).toBe(2)
      expect(await store.collection(users(name)).find({ city: "x" }).toArray()).toHaveLength(2)
      await expect(store.collection(users(name)).insertOne({ email: "e" })).rejects.toMatchObject({
        code: "already-exists",
      })
      later(61)
      expect(await finishIndexes(at, name)).toEqual({ seen: 2, mended: 0 })
      const ready = (await open()).collection(users(name))
      expect(await ready.explain({ city: "x" })).toMatchObject({ access: "index" })
      expect(await ready.find({ city: "x" }).toArray()).toHaveLength(2)
    })

    test("that nobody has written to: who looked before its first definitions looks again before it writes", async () => {
      const name = "unwritten"
      await makeTable(name)
      const other = await open()
      expect(await other.collection(name).find({}).toArray()).toEqual([])
      const store = await open(undefined, "check")
      await store.collection(users(name)).ensureIndexes()
      expect(await states(store, name)).toEqual(["email_1 ready", "city_1 ready"])
      await other.collection<Document>(name).insertOne({ email: "e", city: "x" })
      const found = store.collection(users(name))
      expect(await found.explain({ city: "x" })).toMatchObject({ access: "index" })
      expect(await found.find({ city: "x" }).toArray()).toHaveLength(1)
      await expect(found.insertOne({ email: "e" })).rejects.toMatchObject({ code: "already-exists" })
    })

    test.each(["insertOne", "deleteOne"] as const)(
      "that somebody has begun to write to by %s: its index is built",
      async (method) => {
        const name = `begun-${method}`
        await makeTable(name)
        const other = (await open()).collection<Document>(name)
        if (method === "insertOne") await other.insertOne({ _id: "a", city: "x" })
        await other.deleteOne({ _id: "a" })
        const store = await open()
        await store.collection(users(name)).ensureIndexes()
        expect(await states(store, name)).toEqual(["email_1 building", "city_1 building"])
      },
    )
  })

  describe("two at once", () => {
    test.each(["a table of another tool's", "a table with data"])("with %s", async (kind) => {
      const name = kind.endsWith("data") ? "two-data" : "two-made"
      const first = await open()
      if (kind.endsWith("data")) await first.collection<Document>(name).insertOne({ email: "z", city: "x" })
      else await makeTable(name)
      const both = [await open(), await open()].map((store) => store.collection(users(name)))
      await Promise.all(both.map((store, n) => store.insertOne({ email: `e${n}`, city: "x" })))
      const state = kind.endsWith("data") ? "building" : "ready"
      expect((await states(first, name)).sort()).toEqual([`city_1 ${state}`, `email_1 ${state}`])
      await (await open()).collection(users(name)).insertOne({ email: "new", city: "x" })
      expect(await both[0]?.count({ city: "x" })).toBe(kind.endsWith("data") ? 4 : 3)
    })

    test("an index that DynamoDB is just making for another process is waited for", async () => {
      const name = "busy"
      await (await open()).collection<Document>(name).insertOne({ city: "x" })
      const store = await open(async ({ name: request, count }, send) => {
        if (request === "UpdateTable" && count <= 2) throw sdkError("ResourceInUseException")
        if (request === "UpdateTable" && count === 3) {
          await send()
          throw sdkError("ValidationException")
        }
        return send()
      })
      await store.collection(defineCollection<Document>(name, { indexes: [byCity] })).ensureIndexes()
      expect(await states(store, name)).toEqual(["city_1 building"])
    })

    test("both drop an index", async () => {
      const name = "dropped"
      const both = [await open(), await open()].map((store) => store.collection(users(name)))
      await both[0]?.createCollection()
      const dropped = await Promise.all(both.map((store) => store.dropIndex("city_1")))
      expect(dropped).toContain(true)
      expect(await both[0]?.count({ city: "x" })).toBe(0)
    })

    test("an answer that was lost defines nothing twice", async () => {
      const name = "lost"
      await (await open()).collection<Document>(name).insertOne({ city: "x" })
      const store = await open(async ({ name: request, count }, send) => {
        const output = await send()
        if (request === "PutItem" && count === 1) throw sdkError("Error", { code: "ECONNRESET" })
        return output
      })
      await store.collection(users(name)).ensureIndexes()
      expect(await states(store, name)).toEqual(["email_1 building", "city_1 building"])
      await store.collection(users(name)).insertOne({ email: "e" })
    })

    test("what an earlier release defined twice is there once", async () => {
      const name = "twice"
      await (await open()).collection(users(name)).createCollection()
      const metadata = await item(name, "m#indexes")
      const { L = [] } = metadata?.["_nosql_indexes"] ?? {}
      const Item = { ...metadata, _nosql_indexes: { L: [...L, ...L] } }
      await raw.send(new PutItemCommand({ TableName: tablePrefix + name, Item }))
      const healed = await open()
      await healed.collection(users(name)).insertOne({ email: "e" })
      expect(await states(healed, name)).toEqual(["email_1 ready", "city_1 ready"])
    })
  })

  describe("between the making of a table and its definitions", () => {
    /** Makes the table; `meanwhile` happens before its definitions are written. */
    const makes = async (name: string, meanwhile: () => Promise<unknown>) => {
      const store = await open(async ({ name: request, count }, send) => {
        if (request === "PutItem" && count === 1) await meanwhile()
        return send()
      })
      await store.collection(defineCollection<Document>(name, { indexes: [byEmail] })).createCollection()
      return store
    }

    test("a document that is inserted is found, and keeps its unique value", async () => {
      const name = "window-insert"
      const other = await open()
      const store = await makes(name, () => other.collection<Document>(name).insertOne({ email: "r" }))
      expect(await states(store, name)).toEqual(["email_1 building"])
      const found = store.collection(defineCollection<Document>(name, { indexes: [byEmail] }))
      expect(await found.find({ email: "r" }).toArray()).toHaveLength(1)
      await expect(found.insertOne({ email: "r" })).rejects.toMatchObject({ code: "already-exists" })
    })

    test("another's definitions stay", async () => {
      const name = "window-define"
      const other = await open()
      const store = await makes(name, () => other.collection(users(name)).ensureIndexes())
      expect((await states(store, name)).sort()).toEqual(["city_1 ready", "email_1 ready"])
    })
  })

  describe("a ttl", () => {
    const Expiring = (name: string, field: string) => defineCollection<Document>(name, { ttl: { field } })
    const old = async (name: string) => {
      const store = await open()
      await store.collection(Expiring(name, "at")).insertOne({ _id: "x", at: soon() })
      expect(await ttlStatus(name)).toBe("ENABLED")
      return store
    }

    test("that is dropped sweeps nothing any more; a write or a backfill removes what it left", async () => {
      const name = "ttl-dropped"
      const store = await old(name)
      await store.collection(Expiring(name, "at")).insertOne({ _id: "y", at: soon() })
      expect(await item(name, "d#x")).toHaveProperty("_nosql_ttl")
      expect(await store.collection(name).dropIndex("at_1_ttl")).toBe(true)
      expect(await ttlStatus(name)).toBe("DISABLED")
      const other = (await open()).collection<Document>(name)
      await other.updateOne({ _id: "x" }, { $set: { at: new Date("2099-01-01") } })
      expect(await item(name, "d#x")).not.toHaveProperty("_nosql_ttl")
      expect(await backfillIndexes(at, name)).toEqual({ seen: 2, mended: 1 })
      expect(await item(name, "d#y")).not.toHaveProperty("_nosql_ttl")
    })

    test("that is moved to another field: no document is swept by the old one", async () => {
      const name = "ttl-moved"
      const store = await old(name)
      await expect(store.collection(Expiring(name, "until")).ensureIndexes()).rejects.toThrow(
        'collection.dropIndex("at_1_ttl")',
      )
      await store.collection(name).dropIndex("at_1_ttl")
      const moved = await open(undefined, "check")
      await moved.collection(Expiring(name, "until")).ensureIndexes()
      expect(await states(moved, name)).toEqual(["until_1_ttl building"])
      expect(await ttlStatus(name)).toBe("DISABLED")
      await backfillIndexes(at, name)
      expect(await item(name, "d#x")).not.toHaveProperty("_nosql_ttl")
      await moved.collection(Expiring(name, "until")).updateOne({ _id: "x" }, { $set: { until: soon() } })
      expect(await item(name, "d#x")).toHaveProperty("_nosql_ttl")
      later(61)
      expect(await finishIndexes(at, name)).toEqual({ seen: 1, mended: 0 })
      expect(await ttlStatus(name)).toBe("ENABLED")
      expect(await states(await open(), name)).toEqual(["until_1_ttl ready"])
    })

    test("that DynamoDB does not switch again within an hour stays as it was", async () => {
      const name = "ttl-hour"
      await old(name)
      const store = await open(async ({ name: request }, send) => {
        if (request === "UpdateTimeToLive") throw sdkError("ValidationException")
        return send()
      })
      await expect(store.collection(name).dropIndex("at_1_ttl")).rejects.toMatchObject({
        code: "failed-precondition",
        message: expect.stringContaining("once an hour"),
        retryable: true,
      })
      expect(await states(store, name)).toEqual(["at_1_ttl ready"])
    })
  })

  describe("what DynamoDB refuses", () => {
    const denied = (request: string): Meddler => {
      return async ({ name }, send) => {
        if (name === request) throw sdkError("AccessDeniedException", { message: "arn:aws:iam::1:user/x" })
        return send()
      }
    }
    const refused = {
      name: "NoSQLError",
      code: "permission-denied",
      message: expect.not.stringContaining("arn:"),
    }

    test.each(["UpdateTable", "PutItem", "DescribeTable"])("%s: said at once, as ours", async (request) => {
      const name = `denied-${request}`
      await (await open()).collection<Document>(name).insertOne({ city: "x" })
      const store = await open(denied(request))
      await expect(store.collection(users(name)).ensureIndexes()).rejects.toMatchObject(refused)
    })

    test("DescribeTable, for a table that is made or dropped", async () => {
      const store = await open(denied("DescribeTable"))
      await expect(store.collection("denied").createCollection()).rejects.toMatchObject(refused)
      await expect(store.dropCollection("denied")).rejects.toMatchObject(refused)
    })
  })
})
