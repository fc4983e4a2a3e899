import { connect, type DocumentStore, defineCollection, NoSQLError } from "@nosql/core"
import { firestore } from "@nosql/driver-firestore"
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest"
import { grpcStatus } from "../src/grpc-status.ts"
import { type WatchedClient, watchedClient } from "./watched-client.ts"

const emulatorHost = inject("firestoreHost")
const projectId = `demo-faults-${process.pid}`
const { deadlineExceeded, resourceExhausted, aborted, internal, unavailable } = grpcStatus
const { invalidArgument, outOfRange, permissionDenied, unauthenticated } = grpcStatus

interface Thing {
  readonly n: number
  readonly list?: readonly number[]
}

const Things = defineCollection<Thing>("things", { fields: { n: "number" } })

describe.skipIf(emulatorHost === "")("failures on their way", () => {
  let watched: WatchedClient
  let store: DocumentStore

  beforeAll(async () => {
    watched = watchedClient(projectId, emulatorHost)
    store = await connect(firestore({ client: watched.client }), { scans: "allow" })
  })
  afterAll(async () => {
    await store?.close()
    await watched?.client.terminate()
  })
  beforeEach(async () => {
    const things = store.collection(Things)
    await things.deleteMany({})
    await things.insertOne({ _id: "a", n: 0, list: [] })
    watched.requests.length = 0
    watched.retryCodes.length = 0
  })
  const commits = () => watched.requests.filter((method) => method === "commit").length

  test.each([aborted, resourceExhausted])(
    "status %i: nothing was done, so every write is tried again",
    async (code) => {
      const things = store.collection(Things)
      for (const write of [
        () => things.updateOne({ _id: "a" }, { $inc: { n: 1 } }),
        () => things.updateOne({ _id: "a" }, { $push: { list: 1 } }),
        () => things.insertOne({ n: 1 }),
        () => things.insertMany([{ n: 1 }, { n: 1 }]),
        () => things.deleteMany({ n: { $lt: 9 } }),
      ]) {
        watched.fail("commit", code, { times: 2 })
        await write()
      }
      expect(await things.count({})).toBe(0)
      expect(commits()).toBe(15)
    },
  )

  test.each([unavailable, deadlineExceeded, internal])(
    "status %i before it was done: a write on condition is tried again",
    async (code) => {
      const things = store.collection(Things)
      watched.fail("commit", code)
      await things.insertOne({ _id: "b", n: 1 })
      watched.fail("commit", code)
      await things.updateOne({ _id: "a" }, { $push: { list: 1 } })
      watched.fail("commit", code)
      await things.deleteOne({ _id: "b" })
      expect(await things.find({}).toArray()).toEqual([{ _id: "a", n: 0, list: [1] }])
    },
  )

  test("a lost answer: an increment is not sent again, and says that it may have been done", async () => {
    const things = store.collection(Things)
    watched.fail("commit", unavailable, { done: true })
    const error = await failureOf(things.updateOne({ _id: "a" }, { $inc: { n: 1 } }))
    expect(error).toMatchObject({ code: "unavailable", retryable: false, details: { unknown: true } })
    expect(error.message).not.toContain("secret")
    expect(commits()).toBe(1)
    expect((await things.get("a"))?.n).toBe(1)
  })

  test("a lost answer: what its own first try stands in the way of is not another's", async () => {
    const things = store.collection(Things)
    for (const write of [
      () => things.insertOne({ _id: "b", n: 1 }),
      () => things.updateOne({ _id: "a" }, { $push: { list: 1 } }),
      () => things.deleteOne({ _id: "b" }),
    ]) {
      watched.fail("commit", unavailable, { done: true })
      expect(await failureOf(write())).toMatchObject({
        code: "unavailable",
        details: { unknown: expect.anything() },
      })
    }
    expect(await things.find({}).toArray()).toEqual([{ _id: "a", n: 0, list: [1] }])
  })

  test.each([permissionDenied, unauthenticated])(
    "a lost answer: status %i to the second try says nothing of the first",
    async (code) => {
      const things = store.collection(Things)
      watched.fail("commit", unavailable, { done: true })
      watched.fail("commit", code)
      expect(await failureOf(things.insertOne({ _id: "b", n: 1 }))).toMatchObject({
        code: "unavailable",
        retryable: false,
        details: { unknown: true },
      })
      expect(await things.get("b")).not.toBeNull()
    },
  )

  test.each([invalidArgument, outOfRange])(
    "a lost answer: status %i to the second try would have been that to the first",
    async (code) => {
      const things = store.collection(Things)
      watched.fail("commit", unavailable)
      watched.fail("commit", code)
      const error = await failureOf(things.insertOne({ _id: "b", n: 1 }))
      expect(error).toMatchObject({ code: "invalid-argument", details: {} })
      expect(await things.get("b")).toBeNull()
    },
  )

  test("of many, those whose answer was lost are unknown", async () => {
    const things = store.collection(Things)
    watched.fail("commit", unavailable, { done: true })
    const error = await failureOf(things.insertMany([{ n: 1 }, { n: 2 }]))
    expect(error.details).toMatchObject({ done: [], failed: [], unknown: [0, 1], notTried: [] })
    expect(await things.count({})).toBe(3)
  })

  test("the SDK never repeats a commit by itself", async () => {
    const things = store.collection(Things)
    await things.updateOne({ _id: "a" }, { $inc: { n: 1 } })
    await things.updateOne({ _id: "a" }, { $push: { list: 1 } })
    await things.insertMany([{ n: 1 }, { n: 2 }])
    await things.deleteMany({})
    expect(watched.retryCodes).toEqual([[], [], [], []])
  })

  test("reads are tried again", async () => {
    const things = store.collection(Things)
    for (const code of [aborted, resourceExhausted, unavailable, deadlineExceeded]) {
      watched.fail("batchGetDocuments", code)
      expect(await things.get("a")).not.toBeNull()
      watched.fail("runQuery", code)
      expect(await things.find({ n: 0 }).toArray()).toHaveLength(1)
    }
  })

  test("all of it ends with the time of the call", async () => {
    const things = store.collection(Things)
    watched.fail("commit", aborted, { times: 50 })
    const begin = performance.now()
    const error = await failureOf(things.updateOne({ _id: "a" }, { $inc: { n: 1 } }, { timeoutMs: 300 }))
    watched.heal()
    expect(["conflict", "timeout"]).toContain(error.code)
    expect(performance.now() - begin).toBeLessThan(1500)
  })

  test("an emulator that is not there is named", { timeout: 60_000 }, async () => {
    const error = await failureOf(connect(firestore({ projectId, emulatorHost: "127.0.0.1:1" })))
    expect(error).toMatchObject({ code: "unavailable", operation: "connect", retryable: true })
    expect(error.message).toContain("127.0.0.1:1")
  })

  test("a client that its owner terminates is closed", async () => {
    const own = watchedClient(projectId, emulatorHost)
    const store = await connect(firestore({ client: own.client }))
    await own.client.terminate()
    expect(await failureOf(store.collection("things").get("a"))).toMatchObject({ code: "closed" })
  })
})

async function failureOf(work: Promise<unknown>): Promise<NoSQLError> {
  try {
    await work
  } catch (error) {
    if (NoSQLError.isInstance(error)) return error
    throw error
  }
  throw new Error("nothing failed")
}
