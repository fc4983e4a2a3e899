import type { Firestore } from "@google-cloud/firestore"
import { connect, type DocumentStore, defineCollection, NoSQLError } from "@nosql/core"
import { firestore } from "@nosql/driver-firestore"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"
import { emulatorClient } from "./emulator-client.ts"

const emulatorHost = inject("firestoreHost")
const projectId = `demo-writes-${process.pid}`

interface Account {
  readonly email?: string
  readonly n?: number
  readonly until?: Date
}

const email = { keys: { email: 1 }, unique: true } as const

describe.skipIf(emulatorHost === "")("writes on the emulator", () => {
  let raw: Firestore
  let store: DocumentStore
  const warnings: string[] = []

  beforeAll(async () => {
    raw = emulatorClient(projectId, emulatorHost)
    const logger = { warn: (_fields: object, message: string) => warnings.push(message) }
    store = await connect(firestore({ client: raw }), { scans: "allow", logger })
  })
  afterAll(async () => {
    await store?.close()
    await raw?.terminate()
  })

  const sentinels = async (collection: string) =>
    (await raw.collection(`${collection}__nosql_unique`).get()).docs

  test("5,000 documents are inserted, changed, removed and dropped", { timeout: 120_000 }, async () => {
    const many = store.collection<{ n: number }>("many")
    const documents = Array.from({ length: 5000 }, (_, n) => ({ _id: `d${n}`, n }))
    expect((await many.insertMany(documents)).ids).toHaveLength(5000)
    expect(await many.count({})).toBe(5000)
    expect(await many.updateMany({ n: { $lt: 4900 } }, { $mul: { n: -1 } })).toMatchObject({ modified: 4899 })
    await many.updateMany({ n: { $lt: 0 } }, { $mul: { n: -1 } })
    expect(await many.deleteMany({ n: { $lt: 4900 } })).toMatchObject({ deleted: 4900 })
    expect(await many.count({})).toBe(100)
    await many.insertMany(documents.slice(0, 4900))
    expect(await store.dropCollection("many")).toBe(true)
    expect(await many.count({})).toBe(0)
    expect(await store.dropCollection("many")).toBe(false)
    const told = warnings.filter((message) => message.includes("ramp"))
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('writes to "many" come faster than the 500 a second')
  })

  test("the ramp-up is kept to where that is asked for, and ends with the time of the call", async () => {
    const slow = await connect(firestore({ client: raw, rampUp: "wait" }))
    const documents = Array.from({ length: 1100 }, (_, n) => ({ _id: `d${n}`, n }))
    const begun = performance.now()
    await slow.collection<{ n: number }>("slow").insertMany(documents.slice(0, 1000))
    expect(performance.now() - begun).toBeGreaterThan(900)
    const late = slow.collection<{ n: number }>("late")
    const error = await failureOf(late.insertMany(documents, { timeoutMs: 900 }))
    expect(error).toMatchObject({
      code: "timeout",
      retryable: false,
      details: { failed: [500], unknown: [] },
    })
    expect(error.details["done"]).toHaveLength(500)
    expect(error.details["notTried"]).toHaveLength(599)
    expect(await late.count({})).toBe(500)
    await slow.close()
  })

  test("of many, one that is there is found out, in order or not", async () => {
    const some = store.collection<{ n: number }>("some")
    await some.insertOne({ _id: "d70", n: 0 })
    const documents = Array.from({ length: 100 }, (_, n) => ({ _id: `d${n}`, n }))
    const ordered = await failureOf(some.insertMany(documents))
    expect(ordered).toMatchObject({ code: "already-exists" })
    expect(ordered.details["done"]).toHaveLength(70)
    expect(await some.count({})).toBe(71)
    const rest = await failureOf(some.insertMany(documents.slice(60), { ordered: false }))
    expect(rest.details["done"]).toHaveLength(29)
    expect(rest.details["failed"]).toHaveLength(11)
    expect(await some.count({})).toBe(100)
  })

  describe("unique indexes", () => {
    test("of many writers at a time one has the value", async () => {
      const accounts = store.collection(defineCollection<Account>("racing", { indexes: [email] }))
      await accounts.insertOne({ _id: "other" })
      const inserts = Array.from({ length: 8 }, (_, i) => accounts.insertOne({ _id: `i${i}`, email: "a@x" }))
      const outcomes = await Promise.allSettled(inserts)
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
      for (const outcome of outcomes) {
        if (outcome.status === "rejected")
          expect(outcome.reason).toMatchObject({ code: "already-exists", details: { index: "email_1" } })
      }
      expect(await accounts.count({ email: "a@x" })).toBe(1)
      expect(await sentinels("racing")).toHaveLength(1)
    })

    test("what stands for a value goes with the value, the document and the index", async () => {
      const accounts = store.collection(defineCollection<Account>("kept", { indexes: [email] }))
      await accounts.insertMany([{ _id: "a", email: "a@x" }, { _id: "b", email: "b@x" }, { _id: "c" }])
      expect(await sentinels("kept")).toHaveLength(2)
      await accounts.updateOne({ _id: "a" }, { $set: { email: "z@x", n: 1 } })
      await accounts.insertOne({ _id: "d", email: "a@x" })
      await accounts.replaceOne({ _id: "b" }, { n: 1 })
      expect(await sentinels("kept")).toHaveLength(2)
      await accounts.deleteMany({ _id: { $in: ["a", "d"] } })
      expect(await sentinels("kept")).toHaveLength(0)
      await accounts.insertOne({ _id: "e", email: "a@x" })
      await accounts.dropIndex("email_1")
      expect(await sentinels("kept")).toHaveLength(0)
      await accounts.insertOne({ _id: "f", email: "a@x" })
    })

    test("another store that was not told of the index keeps it, too", async () => {
      await store
        .collection(defineCollection<Account>("told", { indexes: [email] }))
        .insertOne({ email: "a@x" })
      const other = await connect(firestore({ projectId, emulatorHost }))
      const error = await failureOf(other.collection<Account>("told").insertOne({ email: "a@x" }))
      expect(error).toMatchObject({ code: "already-exists", details: { index: "email_1", paths: ["email"] } })
      await other.close()
    })

    test("made over documents that are there: they have their values, or share one and nothing is made", async () => {
      const accounts = store.collection<Account>("existing")
      await accounts.insertMany([{ _id: "a", email: "a@x" }, { _id: "b", email: "b@x" }, { _id: "c" }])
      await accounts.createIndex(email)
      expect(await sentinels("existing")).toHaveLength(2)
      expect(await failureOf(accounts.insertOne({ email: "b@x" }))).toMatchObject({ code: "already-exists" })
      await accounts.dropIndex("email_1")
      await accounts.insertOne({ email: "b@x" })
      const error = await failureOf(accounts.createIndex(email))
      expect(error).toMatchObject({ code: "already-exists", details: { index: "email_1" } })
      expect(await accounts.listIndexes()).toEqual([])
      expect(await sentinels("existing")).toHaveLength(0)
    })

    test("a value whose owner somebody removed or changed without the driver is free", async () => {
      const accounts = store.collection(defineCollection<Account>("swept", { indexes: [email] }))
      await accounts.insertMany([
        { _id: "a", email: "a@x" },
        { _id: "b", email: "b@x" },
      ])
      await raw.doc("swept/a").delete()
      await raw.doc("swept/b").update({ email: "other" })
      await accounts.insertMany([
        { _id: "c", email: "a@x" },
        { _id: "d", email: "b@x" },
      ])
      expect(await accounts.count({})).toBe(3)
    })

    test("an expired owner gives its value back, and what stands for it may be swept with it", async () => {
      const ttl = { field: "until", afterSeconds: 60 } as const
      const accounts = store.collection(defineCollection<Account>("expiring", { indexes: [email], ttl }))
      const until = new Date(Date.now() + 60_000)
      await accounts.insertOne({ _id: "a", email: "a@x", until })
      const end = until.getTime() + 60_000
      const expiry = async () => {
        const [sentinel] = await sentinels("expiring")
        const stored = (await raw.doc("expiring/a").get()).get("_nosql_expires") as { toMillis(): number }
        const kept = sentinel?.get("expiresAt") as { toMillis(): number } | undefined
        return [kept?.toMillis(), stored.toMillis()]
      }
      expect(await expiry()).toEqual([end, end])
      expect(await accounts.get("a")).toEqual({ _id: "a", email: "a@x", until })
      const past = new Date(Date.now() - 90_000)
      await accounts.updateOne({ _id: "a" }, { $set: { until: past } })
      expect(await expiry()).toEqual([past.getTime() + 60_000, past.getTime() + 60_000])
      await accounts.insertOne({ _id: "b", email: "a@x" })
      expect(await accounts.count({})).toBe(1)
      expect((await raw.doc("expiring/a").get()).exists).toBe(false)
    })
  })

  test("concurrent updates of one document all count", { timeout: 60_000 }, async () => {
    const counters = store.collection<{ n: number }>("counters")
    await counters.insertOne({ _id: "a", n: 0 })
    await Promise.all(Array.from({ length: 6 }, () => counters.updateOne({ _id: "a" }, { $inc: { n: 1 } })))
    expect(await counters.get("a")).toEqual({ _id: "a", n: 6 })
  })

  test("too large, too late, ill-named: refused before anything is sent", async () => {
    const things = store.collection<Record<string, unknown>>("refused")
    const large = await failureOf(things.insertOne({ text: "x".repeat(1_048_576) }))
    expect(large).toMatchObject({ code: "invalid-argument", operation: "insertOne" })
    expect(large.message).toMatch(/1048576 \(https:\/\/firebase/)
    expect(await failureOf(things.insertOne({ at: new Date(Date.UTC(10_000, 0, 1)) }))).toMatchObject({
      code: "invalid-argument",
    })
    for (const _id of ["a/b", ".", "..", "__a__", "x".repeat(1501)])
      expect(await failureOf(things.insertOne({ _id }))).toMatchObject({ code: "invalid-argument" })
    expect(await things.count({})).toBe(0)
    // As large as it may be.
    await things.insertOne({ _id: "a", text: "x".repeat(1_048_300) })
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
