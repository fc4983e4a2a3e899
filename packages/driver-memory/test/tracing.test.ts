import { tracingChannel } from "node:diagnostics_channel"
import type { Collection, DocumentStore, OperationReport } from "@nosql/contracts"
import { connect, defineCollection, NoSQLError } from "@nosql/core"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { memory } from "../src/index.ts"

interface User {
  name: string
  age: number
  friend?: string
}

/** What stands in every document, filter and update here, and may stand in no report. */
const secret = "ada@example.com"

const Users = defineCollection<User>("users", { indexes: [{ keys: { name: 1 } }] })

/** A call of each operation on the documents `{ age: 1 } … { age: 4 }`, and what is told of it. */
const calls: Record<
  string,
  readonly [call: (users: Collection<User>) => Promise<unknown>, told: Partial<OperationReport>]
> = {
  insertOne: [(users) => users.insertOne({ name: secret, age: 9 }), { counts: { inserted: 1 } }],
  insertMany: [
    (users) =>
      users.insertMany([
        { name: secret, age: 9 },
        { name: secret, age: 9 },
      ]),
    { counts: { inserted: 2 } },
  ],
  get: [(users) => users.get("1"), { access: "key", counts: { returned: 1 } }],
  getMany: [(users) => users.getMany(["1", "2", "none"]), { access: "key", counts: { returned: 2 } }],
  findOne: [
    (users) => users.findOne({ name: secret }),
    { access: "index", index: "name_1", counts: { returned: 1 } },
  ],
  find: [
    (users) => users.find({ age: { $gte: 2 } }, { scans: "allow" }).toArray(),
    { access: "scan", reasons: [expect.any(String)] as string[], counts: { returned: 3 } },
  ],
  count: [(users) => users.count({ name: secret }), { access: "index", index: "name_1" }],
  estimatedCount: [(users) => users.estimatedCount(), {}],
  exists: [(users) => users.exists({ name: secret }), { access: "index", index: "name_1" }],
  distinct: [(users) => users.distinct("name"), {}],
  page: [(users) => users.page({ name: secret }, { size: 2 }), { access: "index", counts: { returned: 2 } }],
  updateOne: [
    (users) => users.updateOne({ _id: "1" }, { $set: { name: `${secret}.uk` } }),
    { access: "key", counts: { matched: 1, modified: 1 } },
  ],
  updateMany: [
    (users) => users.updateMany({ name: secret }, { $inc: { age: 1 } }),
    { access: "index", counts: { matched: 4, modified: 4 } },
  ],
  replaceOne: [
    (users) => users.replaceOne({ _id: "9" }, { name: secret, age: 9 }, { upsert: true }),
    { counts: { matched: 0, modified: 0, inserted: 1 } },
  ],
  deleteOne: [(users) => users.deleteOne({ _id: "1" }), { access: "key", counts: { deleted: 1 } }],
  deleteMany: [(users) => users.deleteMany({ name: secret }), { access: "index", counts: { deleted: 4 } }],
  findOneAndUpdate: [
    (users) => users.findOneAndUpdate({ _id: "1" }, { $set: { name: secret } }),
    { access: "key", counts: { returned: 1 } },
  ],
  findOneAndReplace: [
    (users) => users.findOneAndReplace({ _id: "none" }, { name: secret, age: 1 }),
    { access: "key", counts: { returned: 0 } },
  ],
  findOneAndDelete: [
    (users) => users.findOneAndDelete({ _id: "1" }),
    { access: "key", counts: { returned: 1 } },
  ],
  bulkWrite: [
    (users) =>
      users.bulkWrite([
        { insertOne: { document: { name: secret, age: 5 } } },
        { updateOne: { filter: { _id: "1" }, update: { $set: { name: `${secret}.uk` } } } },
        { deleteOne: { filter: { _id: "2" } } },
      ]),
    { counts: { inserted: 1, matched: 1, modified: 1, deleted: 1 } },
  ],
  explain: [(users) => users.explain({ name: secret }), {}],
  createIndex: [(users) => users.createIndex({ keys: { age: 1 } }), {}],
  listIndexes: [(users) => users.listIndexes(), {}],
  dropIndex: [(users) => users.dropIndex("name_1"), {}],
  ensureIndexes: [(users) => users.ensureIndexes(), {}],
  createCollection: [(users) => users.createCollection(), {}],
}

/** Methods that run nothing themselves: `query` makes a builder, `loadMany` reads through the other collection. */
const silent = ["constructor", "query", "loadMany"]

let store: DocumentStore
let users: Collection<User>
let seen: [event: string, report: OperationReport][]
let stop: () => void

beforeEach(async () => {
  store = await connect(memory())
  users = store.collection(Users)
  await users.insertMany([1, 2, 3, 4].map((age) => ({ _id: String(age), name: secret, age })))
  seen = []
  const channel = tracingChannel<unknown, OperationReport>("nosql:operation")
  const tell = (event: string) => (report: unknown) =>
    void seen.push([event, { ...(report as OperationReport) }])
  const [ended, failed] = [tell("ended"), tell("failed")]
  channel.asyncEnd.subscribe(ended)
  channel.error.subscribe(failed)
  stop = () => {
    channel.asyncEnd.unsubscribe(ended)
    channel.error.unsubscribe(failed)
  }
})

afterEach(async () => {
  stop()
  await store.close()
})

describe("the tracing channel", () => {
  test("every method of a collection is listed here", () => {
    const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(users))
    expect(methods.filter((method) => !silent.includes(method)).sort()).toEqual(Object.keys(calls).sort())
  })

  for (const [operation, [call, told]] of Object.entries(calls)) {
    test(`${operation} is told once, without a value`, async () => {
      await call(users)
      expect(seen).toHaveLength(1)
      expect(seen[0]).toEqual([
        "ended",
        expect.objectContaining({
          operation,
          collection: "users",
          backend: "memory",
          durationMs: expect.any(Number),
          ...told,
        }),
      ])
      expect(JSON.stringify(seen)).not.toContain(secret)
    })
  }

  test("operations of the store are told, too", async () => {
    await store.listCollections()
    await store.health()
    await store.dropCollection("users")
    expect(seen.map(([, { operation, collection }]) => [operation, collection])).toEqual([
      ["listCollections", undefined],
      ["health", undefined],
      ["dropCollection", "users"],
    ])
  })

  test("connect and close are told, each once", async () => {
    const other = await connect(memory())
    await other.close()
    await other.close()
    const refused = { ...memory(), connect: () => Promise.reject(new NoSQLError("unavailable", secret)) }
    await expect(connect(refused)).rejects.toThrow()
    expect(seen.map(([event, { operation, backend, code }]) => [event, operation, backend, code])).toEqual([
      ["ended", "connect", "memory", undefined],
      ["ended", "close", "memory", undefined],
      ["failed", "connect", "memory", "unavailable"],
      ["ended", "connect", "memory", "unavailable"],
    ])
    expect(JSON.stringify(seen)).not.toContain(secret)
  })

  test("a failure is told by its code", async () => {
    await expect(users.insertOne({ _id: "1", name: secret, age: 1 })).rejects.toThrow()
    await expect(users.updateOne({ _id: "1" }, { name: secret } as never)).rejects.toThrow()
    await expect(users.find({ age: 1 }, { scans: "refuse" }).toArray()).rejects.toThrow()
    expect(seen.map(([event, { operation, code }]) => [event, operation, code])).toEqual([
      ["failed", "insertOne", "already-exists"],
      ["ended", "insertOne", "already-exists"],
      ["failed", "updateOne", "invalid-argument"],
      ["ended", "updateOne", "invalid-argument"],
      ["failed", "find", "failed-precondition"],
      ["ended", "find", "failed-precondition"],
    ])
    expect(JSON.stringify(seen)).not.toContain(secret)
  })

  test("loadMany is told as the getMany of the collection that it reads", async () => {
    await users.loadMany([{ friend: "1" }, { friend: "2" }], "friend", users)
    expect(seen.map(([, { operation, counts }]) => [operation, counts])).toEqual([
      ["getMany", { returned: 2 }],
    ])
  })
})
