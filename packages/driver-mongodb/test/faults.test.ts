import { inspect } from "node:util"
import { type ErrorCode, NoSQLError } from "@nosql/contracts"
import { type Collection, connect, type DocumentStore, defineCollection } from "@nosql/core"
import { type MongodbAddress, mongodb } from "@nosql/driver-mongodb"
import { type Document as BsonDocument, MongoClient } from "mongodb"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest"

const uri = inject("mongodbUri")
const database = `faults-${process.pid}`
/** Only clients of this name meet the faults: other test files use the same server meanwhile. */
const appName = database
/** A stored value, which no error may tell. */
const secret = "ada@example.com"

interface User {
  email?: string
  n?: number
  text?: string | number
}

const Users = defineCollection<User>("users", { indexes: [{ keys: { email: 1 }, unique: true }] })

/** Everything that a log could show of an error. */
function told(error: NoSQLError): string {
  return [error.message, inspect(error, { depth: 20 }), JSON.stringify(error), error.stack].join("\n")
}

async function failureOf(work: Promise<unknown>): Promise<NoSQLError> {
  const error: unknown = await work.then(
    () => new Error("nothing failed"),
    (reason: unknown) => reason,
  )
  if (!NoSQLError.isInstance(error)) throw error
  expect(error.backend).toBe("mongodb")
  expect(told(error)).not.toContain(secret)
  return error
}

describe.skipIf(uri === "")("faults on a real server", () => {
  let admin: MongoClient
  let hasFailPoints = false
  const stores: DocumentStore[] = []

  async function open(options: MongodbAddress = {}): Promise<DocumentStore> {
    const clientOptions = { appName, ...options.clientOptions }
    const store = await connect(mongodb({ uri, database, minPoolSize: 0, ...options, clientOptions }), {
      scans: "allow",
    })
    stores.push(store)
    return store
  }

  const failPoint = (mode: "alwaysOn" | "off" | { times: number }, data?: BsonDocument) =>
    admin.db("admin").command({
      configureFailPoint: "failCommand",
      mode,
      ...(data === undefined ? {} : { data: { appName, ...data } }),
    })

  beforeAll(async () => {
    admin = await new MongoClient(uri).connect()
    hasFailPoints = await failPoint("off").then(
      () => true,
      () => false,
    )
    if (!hasFailPoints)
      console.warn("\n!!! SKIPPED: injected faults. The server was not started with enableTestCommands=1.\n")
  })
  afterEach(async () => {
    if (hasFailPoints) await failPoint("off")
    for (const store of stores.splice(0)) await store.close()
  })
  afterAll(async () => {
    await admin?.db(database).dropDatabase()
    await admin?.close()
  })

  describe("injected", () => {
    beforeEach((context) => {
      if (!hasFailPoints) context.skip()
    })

    test("retryReads repeats a read once; without it the fault is told", async () => {
      for (const [retryReads, fault] of [
        [true, "none"],
        [false, "unavailable"],
      ] as const) {
        const users = (await open({ retryReads })).collection(Users)
        await failPoint({ times: 1 }, { failCommands: ["find"], errorCode: 10107 })
        expect(
          await users.findOne({}).then(
            () => "none",
            (error: NoSQLError) => error.code,
          ),
        ).toBe(fault)
        await failPoint("off")
      }
    })

    test("retryWrites repeats a write once; without it its fate is unknown", async () => {
      const repeated = (await open({ retryWrites: true })).collection(Users)
      await failPoint({ times: 1 }, { failCommands: ["insert"], closeConnection: true })
      await repeated.insertOne({ _id: "repeated" })
      const once = (await open({ retryWrites: false })).collection(Users)
      await failPoint({ times: 1 }, { failCommands: ["insert"], closeConnection: true })
      expect(await failureOf(once.insertOne({ _id: "once", email: secret }))).toMatchObject({
        code: "unavailable",
        retryable: false,
        details: { unknown: true },
      })
    })

    const operations: Record<string, (users: Collection<User>) => Promise<unknown>> = {
      find: (users) => users.find({ email: secret }).toArray(),
      aggregate: (users) => users.count({ email: secret }),
      insert: (users) => users.insertOne({ email: secret }),
      update: (users) => users.updateOne({ _id: "a" }, { $set: { text: secret } }),
      delete: (users) => users.deleteOne({ email: secret }),
      findAndModify: (users) => users.findOneAndUpdate({ _id: "a" }, { $set: { text: secret } }),
    }

    const faults: readonly (readonly [
      string,
      BsonDocument,
      ErrorCode,
      { read: boolean; write: boolean; unknown: boolean },
    ])[] = [
      ["not the primary", { errorCode: 10107 }, "unavailable", { read: true, write: false, unknown: true }],
      [
        "not the primary, nothing written",
        { errorCode: 10107, errorLabels: ["RetryableWriteError", "NoWritesPerformed"] },
        "unavailable",
        { read: true, write: true, unknown: false },
      ],
      ["interrupted", { errorCode: 11600 }, "unavailable", { read: true, write: false, unknown: true }],
      [
        "a closed connection",
        { closeConnection: true },
        "unavailable",
        { read: true, write: false, unknown: true },
      ],
      [
        "a silent server",
        { blockConnection: true, blockTimeMS: 900 },
        "timeout",
        { read: true, write: false, unknown: true },
      ],
      ["out of time", { errorCode: 50 }, "timeout", { read: true, write: true, unknown: false }],
      ["unauthorized", { errorCode: 13 }, "permission-denied", { read: false, write: false, unknown: false }],
      ["a write conflict", { errorCode: 112 }, "conflict", { read: true, write: true, unknown: false }],
      ["an unknown error", { errorCode: 54321 }, "unknown", { read: false, write: false, unknown: false }],
    ]

    describe.each(faults)("%s", (_, data, code, { read, write, unknown }) => {
      test.each(Object.entries(operations))("%s", async (command, run) => {
        const users = (await open({ socketTimeoutMs: 300 })).collection(Users)
        await users.findOne({})
        await failPoint("alwaysOn", { failCommands: [command], ...data })
        const error = await failureOf(run(users))
        const reading = command === "find" || command === "aggregate"
        expect(error).toMatchObject({ code, retryable: reading ? read : write, collection: "users" })
        expect(error.details["unknown"] === true).toBe(!reading && unknown)
      })
    })

    test.each([
      ["not confirmed in time", 64, "timeout"],
      ["never to be confirmed", 100, "failed-precondition"],
      ["a primary that steps down after the write", 11602, "unavailable"],
    ] as const)("a write concern error, %s: the write may be there", async (_, number, code) => {
      const users = (await open()).collection(Users)
      for (const [command, run] of Object.entries(operations).slice(2)) {
        if (command === "delete") continue
        await failPoint("alwaysOn", {
          failCommands: [command],
          writeConcernError: { code: number, errmsg: secret },
        })
        const error = await failureOf(run(users))
        expect(error).toMatchObject({ code, retryable: false, details: { unknown: true } })
        await failPoint("off")
        await users.deleteMany({ email: secret })
      }
    })
    test("a bulk that breaks does not know of any", async () => {
      const users = (await open()).collection(Users)
      await users.findOne({})
      await failPoint("alwaysOn", { failCommands: ["insert"], closeConnection: true })
      const error = await failureOf(users.insertMany([{ email: secret }, { n: 1 }]))
      expect(error).toMatchObject({ code: "unavailable", details: { done: [], unknown: [0, 1] } })
    })

    test("no free connection is a timeout that names the pool's size", async () => {
      const users = (await open({ maxPoolSize: 1, clientOptions: { waitQueueTimeoutMS: 100 } })).collection(
        Users,
      )
      await users.findOne({})
      await failPoint({ times: 1 }, { failCommands: ["find"], blockConnection: true, blockTimeMS: 600 })
      const first = users.findOne({})
      const error = await failureOf(users.findOne({ email: secret }))
      expect(error).toMatchObject({ code: "timeout", retryable: true })
      expect(error.message).toContain("maxPoolSize")
      await first
    })

    test("a signal ends a read that waits", async () => {
      const users = (await open()).collection(Users)
      await users.findOne({})
      await failPoint({ times: 1 }, { failCommands: ["find"], blockConnection: true, blockTimeMS: 600 })
      const started = performance.now()
      const signal = AbortSignal.timeout(100)
      expect(await failureOf(users.find({}, { signal }).toArray())).toMatchObject({ code: "aborted" })
      expect(performance.now() - started).toBeLessThan(500)
    })

    test.each(["aborted", "timeout"] as const)(
      "a later batch that does not come ends as %s",
      async (code) => {
        const users = (await open()).collection(Users)
        await users.deleteMany({})
        await users.insertMany(Array.from({ length: 30 }, (_, i) => ({ email: `${i}@example.com` })))
        await failPoint({ times: 1 }, { failCommands: ["getMore"], blockConnection: true, blockTimeMS: 1500 })
        const ends = code === "timeout" ? { timeoutMs: 100 } : { signal: AbortSignal.timeout(100) }
        const started = performance.now()
        const reading = users.find({}, { batchSize: 10, ...ends }).toArray()
        expect(await failureOf(reading)).toMatchObject({ code, operation: "find" })
        expect(performance.now() - started).toBeLessThan(1000)
      },
    )
  })

  describe("of the server's own", () => {
    test("a taken value is already-exists on every way to write, with index and path, and nothing of it is told", async () => {
      const users = (await open()).collection(Users)
      await users.deleteMany({})
      await users.insertMany([
        { _id: "a", email: secret },
        { _id: "b", email: "b@example.com" },
      ])
      const ways: Record<string, () => Promise<unknown>> = {
        insertOne: () => users.insertOne({ email: secret }),
        insertMany: () => users.insertMany([{ email: "c@example.com" }, { email: secret }]),
        "insertMany unordered": () => users.insertMany([{ email: secret }, {}], { ordered: false }),
        updateOne: () => users.updateOne({ _id: "b" }, { $set: { email: secret } }),
        updateMany: () => users.updateMany({ _id: "b" }, { $set: { email: secret } }),
        replaceOne: () => users.replaceOne({ _id: "b" }, { email: secret }),
        "update upsert": () => users.updateOne({ _id: "new" }, { $set: { email: secret } }, { upsert: true }),
        "replace upsert": () => users.replaceOne({ _id: "new" }, { email: secret }, { upsert: true }),
        findOneAndUpdate: () => users.findOneAndUpdate({ _id: "b" }, { $set: { email: secret } }),
        findOneAndReplace: () => users.findOneAndReplace({ _id: "b" }, { email: secret }),
        "findOneAnd upsert": () =>
          users.findOneAndUpdate({ _id: "new" }, { $set: { email: secret } }, { upsert: true }),
        "bulkWrite insert": () =>
          users.bulkWrite([
            { insertOne: { document: { email: secret } } },
            { deleteOne: { filter: { _id: "none" } } },
          ]),
        "bulkWrite update": () =>
          users.bulkWrite([
            { updateOne: { filter: { _id: "b" }, update: { $set: { email: secret } } } },
            { deleteOne: { filter: { _id: "none" } } },
          ]),
      }
      for (const [way, run] of Object.entries(ways)) {
        const error = await failureOf(run())
        expect(error, way).toMatchObject({
          code: "already-exists",
          retryable: false,
          details: { index: "email_1", paths: ["email"] },
        })
        expect(error.message, way).toContain("email_1")
      }
      expect(await users.get("b")).toEqual({ _id: "b", email: "b@example.com" })
    })

    test("a write concern that the replica set cannot fulfil; a taken value says so all the same", async () => {
      const users = (await open({ writeConcernW: 5 })).collection(Users)
      const error = await failureOf(users.insertOne({ _id: "five" }))
      expect(error).toMatchObject({ code: "failed-precondition", details: { unknown: true } })
      expect(error.message).toContain("writeConcernW")
      expect(await users.get("five")).not.toBeNull()
      expect(await failureOf(users.insertOne({ _id: "five" }))).toMatchObject({
        code: "already-exists",
        path: "_id",
      })
    })

    test("a validator of the collection is validation", async () => {
      await admin.db(database).createCollection("checked", { validator: { n: { $type: "int" } } })
      const checked = (await open()).collection<{ n: number | string }>("checked")
      expect(await failureOf(checked.insertOne({ n: secret }))).toMatchObject({ code: "validation" })
      const id = await checked.insertOne({ n: 1 })
      expect(await failureOf(checked.updateOne({ _id: id }, { $set: { n: secret } }))).toMatchObject({
        code: "validation",
      })
    })

    test("a document that is too large, at once or by growing", async () => {
      const users = (await open()).collection(Users)
      const half = "x".repeat(9 * 1024 * 1024)
      const error = await failureOf(users.insertOne({ text: half + half }))
      expect(error).toMatchObject({ code: "invalid-argument", operation: "insertOne" })
      expect(error.message).toMatch(/\d+ bytes.*16777216/)
      expect(await failureOf(users.insertMany([{ n: 1 }, { text: half + half }]))).toMatchObject({
        code: "invalid-argument",
        message: expect.stringMatching(/document 1.* \d+ bytes.*16777216/),
        details: { item: 1 },
      })
      expect(await failureOf(users.replaceOne({ _id: "b" }, { text: half + half }))).toMatchObject({
        code: "invalid-argument",
      })
      // Small enough for the SDK, too large for the server: found before it is sent.
      const over = "x".repeat(16 * 1024 * 1024)
      const commands: string[] = []
      const watched = await open({ clientOptions: { monitorCommands: true } })
      watched.unwrap<MongoClient>().on("commandStarted", ({ commandName }) => commands.push(commandName))
      const target = watched.collection<User>("users")
      const update = { $set: { text: over } }
      for (const write of [
        () => target.insertOne({ text: over }),
        () => target.insertMany([{ n: 2 }, { text: over }]),
        () => target.replaceOne({ _id: "b" }, { text: over }),
        () => target.updateOne({ _id: "b" }, update),
        () => target.updateMany({ text: over }, { $set: { n: 2 } }),
        () => target.findOneAndUpdate({ _id: "b" }, update),
        () =>
          target.bulkWrite([
            { insertOne: { document: { n: 2 } } },
            { updateOne: { filter: { _id: "b" }, update } },
          ]),
      ]) {
        const tooLarge = await failureOf(write())
        expect(tooLarge).toMatchObject({ code: "invalid-argument" })
        expect(tooLarge.message).toMatch(/\d+ bytes.*16777216/)
      }
      expect(commands).toEqual([])
      expect(await failureOf(target.updateOne({ _id: "b" }, update))).toMatchObject({ path: "text" })
      await users.insertOne({ _id: "growing", text: half })
      expect(await failureOf(users.updateOne({ _id: "growing" }, { $set: { email: half } }))).toMatchObject({
        code: "invalid-argument",
        message: expect.stringContaining("16 MiB"),
      })
      expect(await users.count({ n: 1 })).toBe(0)
    })

    test("a cursor that somebody kills", async () => {
      const users = await open({ clientOptions: { monitorCommands: true } })
      const numbers = users.collection<{ n: number }>("numbers")
      await numbers.insertMany(Array.from({ length: 30 }, (_, n) => ({ n })))
      const client = users.unwrap<MongoClient>()
      const killed: Promise<unknown>[] = []
      client.on("commandSucceeded", ({ commandName, reply }) => {
        const id = (reply as { cursor?: { id: unknown } }).cursor?.id
        if (commandName === "find")
          killed.push(admin.db(database).command({ killCursors: "numbers", cursors: [id] }))
      })
      const reading = async () => {
        for await (const _ of numbers.find({}, { batchSize: 5 })) await Promise.all(killed)
      }
      const error = await failureOf(reading())
      expect(error).toMatchObject({ code: "unavailable", retryable: true })
      expect(error.message).toContain("cursor")
    })

    test("a wrong type names its path", async () => {
      const users = (await open()).collection<Record<string, unknown>>("typed")
      await users.insertOne({ _id: "t", text: secret, deep: { list: secret } })
      expect(await failureOf(users.updateOne({ _id: "t" }, { $inc: { text: 1 } } as never))).toMatchObject({
        code: "invalid-argument",
        path: "text",
      })
      expect(
        await failureOf(users.updateOne({ _id: "t" }, { $push: { "deep.list": 1 } } as never)),
      ).toMatchObject({ code: "invalid-argument", path: "deep.list" })
      expect(
        await failureOf(users.updateOne({ _id: "t" }, { $set: { "text.a": 1 } } as never)),
      ).toMatchObject({ code: "invalid-argument", path: "text.a" })
    })

    test("a field that the SDK keeps for itself is refused, and its connection lives on", async () => {
      const things = (await open()).collection<Record<string, unknown>>("reserved")
      for (const document of [{ _bsontype: "ObjectId" }, { a: [{ _bsontype: "Long" }] }]) {
        for (const insert of [() => things.insertOne(document), () => things.insertMany([{}, document])]) {
          const error = await failureOf(insert())
          expect(error).toMatchObject({ code: "invalid-argument" })
          expect(error.message).toContain("_bsontype")
        }
      }
      expect(await things.count({})).toBe(0)
    })

    test("a client that its owner closes", async () => {
      const client = await new MongoClient(uri).connect()
      const users = (await connect(mongodb({ client, database }))).collection(Users)
      await client.close()
      expect(await failureOf(users.findOne({}))).toMatchObject({ code: "closed", retryable: false })
    })

    test("a cursor whose client is closed half-way ends with closed, not as if it had come to its end", async () => {
      const client = await new MongoClient(uri).connect()
      for (const close of [(store: DocumentStore) => store.close(), () => client.close()]) {
        const store = await connect(mongodb(close.length === 1 ? { uri, database } : { client, database }))
        const numbers = store.collection<{ n: number }>("half-way")
        await numbers.deleteMany({})
        await numbers.insertMany(Array.from({ length: 50 }, (_, n) => ({ n })))
        let seen = 0
        const reading = (async () => {
          for await (const _ of numbers.find({}, { batchSize: 10 })) if (++seen === 5) await close(store)
        })()
        expect(await failureOf(reading)).toMatchObject({ code: "closed", operation: "find", details: {} })
        expect(seen).toBe(10)
      }
    })

    test("what is under way when the store closes is closed; a write says that it may have been done", async ({
      skip,
    }) => {
      if (!hasFailPoints) skip("no fail points")
      const store = await open()
      const things = store.collection<{ n: number }>("under-way")
      await things.insertOne({ n: 1 })
      await failPoint("alwaysOn", {
        failCommands: ["insert", "update", "find", "aggregate"],
        blockConnection: true,
        blockTimeMS: 400,
      })
      const documents = [{ n: 1 }, { n: 2 }]
      const writes = [
        things.insertOne({ n: 1 }),
        things.insertMany(documents),
        things.updateMany({}, { $inc: { n: 1 } }),
        things.bulkWrite(documents.map((document) => ({ insertOne: { document } }))),
      ].map(failureOf)
      const reads = [things.find({}).toArray(), things.count({}), things.distinct("n")].map(failureOf)
      await new Promise((resolve) => setTimeout(resolve, 100))
      await store.close()
      for (const error of await Promise.all(reads))
        expect(error).toMatchObject({ code: "closed", retryable: false, details: {} })
      for (const error of await Promise.all(writes)) {
        expect(error).toMatchObject({ code: "closed", retryable: false })
        expect(error.details["unknown"]).toBeTruthy()
      }
    })
  })
})
