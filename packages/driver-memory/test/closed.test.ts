import type { Collection, Document, DocumentStore } from "@nosql/contracts"
import { connect, NoSQLError } from "@nosql/core"
import { restricted } from "@nosql/testing"
import { expect, test } from "vitest"
import { memory } from "../src/index.ts"

const filter = { n: 1 }
const update = { $inc: { n: 1 } }

/** A right call of everything that reaches for the store. */
const collectionCalls: Record<string, (things: Collection<Document>) => unknown> = {
  insertOne: (things) => things.insertOne({}),
  insertMany: (things) => things.insertMany([{}]),
  get: (things) => things.get("a"),
  getMany: (things) => things.getMany(["a"]),
  findOne: (things) => things.findOne(filter),
  find: (things) => things.find(filter).toArray(),
  query: (things) => things.query().where("n", 1).first(),
  count: (things) => things.count(filter),
  estimatedCount: (things) => things.estimatedCount(),
  exists: (things) => things.exists(filter),
  distinct: (things) => things.distinct("n"),
  page: (things) => things.page(filter),
  loadMany: (things) => things.loadMany([{ n: "a" }], "n", things),
  updateOne: (things) => things.updateOne(filter, update),
  updateMany: (things) => things.updateMany(filter, update),
  replaceOne: (things) => things.replaceOne(filter, {}),
  deleteOne: (things) => things.deleteOne(filter),
  deleteMany: (things) => things.deleteMany(filter),
  findOneAndUpdate: (things) => things.findOneAndUpdate(filter, update),
  findOneAndReplace: (things) => things.findOneAndReplace(filter, {}),
  findOneAndDelete: (things) => things.findOneAndDelete(filter),
  bulkWrite: (things) => things.bulkWrite([{ deleteOne: { filter } }]),
  explain: (things) => things.explain(filter),
  createIndex: (things) => things.createIndex({ keys: { n: 1 } }),
  listIndexes: (things) => things.listIndexes(),
  dropIndex: (things) => things.dropIndex("n_1"),
  ensureIndexes: (things) => things.ensureIndexes(),
  createCollection: (things) => things.createCollection(),
}

const storeCalls: Record<string, (store: DocumentStore) => unknown> = {
  listCollections: (store) => store.listCollections(),
  dropCollection: (store) => store.dropCollection("things"),
  unwrap: (store) => store.unwrap(),
}

/** What a closed store still answers. */
const answered = ["constructor", "isOpen", "collection", "health", "close"]

const store = await connect(memory())
const things = store.collection("things")
await things.insertOne({ _id: "a", n: 1 })
await store.close()

const methodsOf = (of: object) => Object.getOwnPropertyNames(Object.getPrototypeOf(of))

test("every method is listed here", () => {
  expect(Object.keys(collectionCalls).sort()).toEqual(
    methodsOf(things)
      .filter((name) => name !== "constructor")
      .sort(),
  )
  expect(Object.keys(storeCalls).sort()).toEqual(
    methodsOf(store)
      .filter((name) => !answered.includes(name))
      .sort(),
  )
})

test.each([
  ...Object.entries(collectionCalls).map(([name, call]) => [name, () => call(things)] as const),
  ...Object.entries(storeCalls).map(([name, call]) => [name, () => call(store)] as const),
])("%s of a closed store is refused as closed", async (_, call) => {
  const error: unknown = await (async () => call())().catch((reason: unknown) => reason)
  if (!NoSQLError.isInstance(error)) throw error ?? new Error("it was not refused")
  expect(error.code).toBe("closed")
  expect(error.retryable).toBe(false)
})

test("it says so without I/O, is down, and may be closed again", async () => {
  expect(store.isOpen).toBe(false)
  expect(await store.health()).toMatchObject({ status: "down", reason: "health: the store was closed" })
  await store.close()
  await store[Symbol.asyncDispose]()
  // A handle taken from a closed store is as one taken before.
  await expect(store.collection("things").get("a")).rejects.toMatchObject({ code: "closed" })
})

test("each connect has its own data, and is open until it is closed", async () => {
  const again = await connect(memory())
  expect(again).toMatchObject({ isOpen: true, database: undefined })
  expect(await again.listCollections()).toEqual([])
  await again.close()
})

test("a cursor that was half-way ends with closed, not as if it had come to its end", async () => {
  const store = await connect(restricted(memory()))
  const numbers = store.collection("numbers")
  await numbers.insertMany([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }])
  const seen: unknown[] = []
  const reading = (async () => {
    for await (const { n } of numbers.find({})) {
      seen.push(n)
      if (seen.length === 1) await store.close()
    }
  })()
  await expect(reading).rejects.toMatchObject({ code: "closed", operation: "find" })
  expect(seen).toHaveLength(2) // the batch that had been read
})
