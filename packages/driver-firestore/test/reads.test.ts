import { type Collection, connect, type Document, type DocumentStore, defineCollection } from "@nosql/core"
import { firestore } from "@nosql/driver-firestore"
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest"
import { type WatchedClient, watchedClient } from "./watched-client.ts"

const emulatorHost = inject("firestoreHost")
const Things = defineCollection<{ n: number; group: number }>("things", {
  fields: { n: "number", group: "number" },
  indexes: [{ keys: { group: 1, n: -1 } }],
})
const numbers = Array.from({ length: 60 }, (_, n) => n)

describe.skipIf(emulatorHost === "")("requests of reads", () => {
  let watched: WatchedClient
  let store: DocumentStore
  let things: Collection<Document>

  beforeAll(async () => {
    watched = watchedClient(`demo-reads-${process.pid}`, emulatorHost)
    store = await connect(firestore({ client: watched.client }), { scans: "allow" })
    things = store.collection(Things) as unknown as Collection<Document>
    await things.insertMany(numbers.map((n) => ({ _id: `t${n}`, n, group: n % 2 })))
  })
  beforeEach(() => {
    watched.requests.length = 0
  })
  afterAll(async () => {
    await store?.close()
    await watched?.client.terminate()
  })

  const ids = numbers.map((n) => `t${n}`)
  test.each<[string, () => Promise<unknown>, string[]]>([
    ["get", () => things.get("t1"), ["batchGetDocuments"]],
    ["getMany", () => things.getMany(ids), ["batchGetDocuments"]],
    ["nothing can be found", () => things.find({ _id: "a/b" }).toArray(), []],
    ["an equality", () => things.find({ group: 1 }).toArray(), ["runQuery"]],
    [
      "a sort with its index",
      () => things.find({ group: 1 }, { sort: { n: -1 }, limit: 2 }).toArray(),
      ["runQuery"],
    ],
    ["$in of 60 values", () => things.find({ n: { $in: numbers } }).toArray(), ["runQuery", "runQuery"]],
    ["a count", () => things.count({ group: 1 }), ["runAggregationQuery"]],
    ["a page", () => things.page({ group: 1 }, { size: 5, sort: { n: -1 } }), ["runQuery"]],
    [
      "a first page is enough",
      () => things.find({ n: { $mod: [7, 3] } }, { limit: 1 }).toArray(),
      ["runQuery"],
    ],
  ])("%s", async (_, read, requests) => {
    await read()
    expect(watched.requests).toEqual(requests)
  })

  test("a complement is counted by two counts of one moment", async () => {
    expect(await things.count({ maybe: { $ne: 1 } })).toBe(60)
    expect(watched.requests.filter((name) => name === "runAggregationQuery").length).toBe(2)
  })

  test("several queries are one answer in the sort's order, each document once", async () => {
    const filter = { $or: [{ group: 1 }, { n: { $gte: 50 } }] }
    const found = await things.find(filter, { sort: { n: -1 }, limit: 12 }).toArray()
    expect(found.map(({ n }) => n)).toEqual([59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 47])
  })

  test("what is read page by page is whole", async () => {
    const found = await things.find({ n: { $mod: [1, 0] } }, { limit: 55 }).toArray()
    expect(new Set(found.map(({ _id }) => _id)).size).toBe(55)
  })

  test("what is selected need not hold the key of the sort", async () => {
    const selected = await things
      .find({ n: { $nin: [null] } }, { sort: { n: 1, _id: 1 }, limit: 1, projection: { _id: 1 } })
      .toArray()
    expect(selected).toEqual([{ _id: "t0" }])
  })

  test("a read that selects fields goes on from page to page, by a key that it does not show", async () => {
    const read = things.find({ n: { $gte: 0 } }, { sort: { n: 1 }, projection: { group: 1 }, batchSize: 25 })
    expect(await read.toArray()).toEqual(numbers.map((n) => ({ _id: `t${n}`, group: n % 2 })))
    expect(watched.requests.length).toBeGreaterThan(1)
  })

  test("a read is repeated while the server is away, and its error is ours", async () => {
    watched.fail("runAggregationQuery", 14, { times: 2 })
    expect(await things.count({ group: 1 })).toBe(30)
    watched.fail("batchGetDocuments", 8, { times: 1 })
    expect(await things.get("t1")).toMatchObject({ n: 1 })
    watched.fail("runAggregationQuery", 7)
    await expect(things.count({ group: 1 })).rejects.toMatchObject({ code: "permission-denied" })
    watched.heal()
  })

  test("an iteration that ends early, or is aborted, leaves the store as it was", async () => {
    for await (const thing of things.find({}, { batchSize: 5 })) {
      expect(thing).toHaveProperty("n")
      break
    }
    const controller = new AbortController()
    const read = (async () => {
      for await (const _ of things.find({}, { batchSize: 5, signal: controller.signal })) controller.abort()
    })()
    await expect(read).rejects.toMatchObject({ code: "aborted" })
    expect(await things.count({})).toBe(60)
  })
})
