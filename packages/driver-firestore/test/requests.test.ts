import { type Collection, connect, type Document, type DocumentStore, defineCollection } from "@nosql/core"
import { firestore } from "@nosql/driver-firestore"
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest"
import { type WatchedClient, watchedClient } from "./watched-client.ts"

const emulatorHost = inject("firestoreHost")
const Counters = defineCollection<{ n: number; tags: readonly string[] }>("counters", {
  fields: { n: "number", tags: "array" },
})
const Unique = defineCollection<{ email: string }>("unique", {
  indexes: [{ keys: { email: 1 }, unique: true }],
})

/** What really goes over the wire: how many requests a write is. */
describe.skipIf(emulatorHost === "")("requests of writes", () => {
  let watched: WatchedClient
  let store: DocumentStore

  beforeAll(async () => {
    watched = watchedClient(`demo-requests-${process.pid}`, emulatorHost)
    store = await connect(firestore({ client: watched.client }), { scans: "allow" })
    await store.collection("things").insertMany([{ _id: "a", n: 1 }])
    await store.collection(Counters).insertMany([{ _id: "a", n: 1, tags: [] }])
    await store.collection(Unique).insertMany([
      { _id: "a", email: "a" },
      { _id: "b", email: "b" },
    ])
  })
  beforeEach(() => {
    watched.requests.length = 0
  })
  afterAll(async () => {
    await store?.close()
    await watched?.client.terminate()
  })

  test.each<[string, (things: Collection<Document>) => Promise<unknown>, string[]]>([
    ["insertOne", (things) => things.insertOne({ n: 2 }), ["commit"]],
    [
      "insertMany of 1,000",
      (things) => things.insertMany(Array.from({ length: 1000 }, () => ({}))),
      ["commit", "commit"],
    ],
    ["a top-level $set by _id", (things) => things.updateOne({ _id: "a" }, { $set: { m: 1 } }), ["commit"]],
    [
      "of a document that is not there",
      (things) => things.updateOne({ _id: "x" }, { $set: { m: 1 } }),
      ["commit"],
    ],
    ["deleteOne by _id", (things) => things.deleteOne({ _id: "x" }), ["commit"]],
    [
      "an $inc of what is not declared: read, then write on condition",
      (things) => things.updateOne({ _id: "a" }, { $inc: { n: 1 } }),
      ["batchGetDocuments", "commit"],
    ],
    [
      "findOneAndUpdate by _id",
      (things) => things.findOneAndUpdate({ _id: "a" }, { $set: { n: 3 } }),
      ["batchGetDocuments", "commit"],
    ],
    [
      "an upsert that inserts: tried blindly, then inserted",
      (things) => things.updateOne({ _id: "new" }, { $set: { n: 1 } }, { upsert: true }),
      ["commit", "commit"],
    ],
    [
      "deleteMany of a thousand: a commit for each 500",
      (things) => things.deleteMany({ n: { $exists: false } }),
      ["runQuery", "commit", "commit"],
    ],
  ])("%s", async (_, run, expected) => {
    await run(store.collection("things"))
    const { requests } = watched
    // How many pages the read is, is the reader's.
    expect(requests.filter((method, i) => method !== "runQuery" || requests[i - 1] !== "runQuery")).toEqual(
      expected,
    )
  })

  test.each<[string, (counters: Collection<{ n: number; tags: readonly string[] }>) => Promise<unknown>]>([
    ["$inc of a declared number", (counters) => counters.updateOne({ _id: "a" }, { $inc: { n: 1 } })],
    [
      "$addToSet of a declared array",
      (counters) => counters.updateOne({ _id: "a" }, { $addToSet: { tags: "x" } }),
    ],
    ["$pull from a declared array", (counters) => counters.updateOne({ _id: "a" }, { $pull: { tags: "x" } })],
  ])("%s is blind", async (_, run) => {
    await run(store.collection(Counters))
    expect(watched.requests).toEqual(["commit"])
  })

  test.each<[string, (users: Collection<{ email: string }>) => Promise<unknown>, string[]]>([
    ["an insert", (users) => users.insertOne({ _id: "c", email: "c" }), ["commit"]],
    [
      "a change of the value",
      (users) => users.updateOne({ _id: "a" }, { $set: { email: "z" } }),
      ["batchGetDocuments", "commit"],
    ],
    ["a removal", (users) => users.deleteOne({ _id: "c" }), ["batchGetDocuments", "commit"]],
  ])("with a unique index, %s is one commit, its sentinel's write included", async (_, run, expected) => {
    await run(store.collection(Unique))
    expect(watched.requests).toEqual(expected)
  })
})
