import { defineCollection } from "@nosql/core"
import { memory } from "@nosql/driver-memory"
import { describe, expect, test } from "vitest"
import { DocumentStore, NoSQLModule } from "../src/index.ts"
import { fakeHost } from "./fake-host.ts"

interface Session {
  user: string
  expiresAt: Date
}

const Sessions = defineCollection<Session>("sessions", {
  indexes: [{ keys: { user: 1 }, unique: true }],
  ttl: { field: "expiresAt" },
})

class SessionRepository {
  static readonly storeName = "analytics"
  readonly collection = Sessions
}

class NamedOnly {
  readonly collection = "sessions"
}

const config = {
  backends: [
    { name: "main", primary: true, driver: memory() },
    { name: "analytics", driver: memory() },
  ],
}
const host = fakeHost()
const indexes = ["expiresAt_1_ttl", "user_1"]

describe("the indexes of the scope", () => {
  test("are made at boot, TTL included, each in its own store, and reported", async () => {
    const app = await NoSQLModule.configure(config, { host })
      .scope(SessionRepository, NamedOnly, Sessions, DocumentStore.named("analytics").collection(Sessions))
      .boot()
    const reports = app.provisioned.map(({ created, existing, ...rest }) => ({
      ...rest,
      all: [...created, ...existing].sort(),
    }))
    expect(reports).toEqual([
      { store: "analytics", collection: "sessions", differing: [], missing: [], all: indexes },
      { store: "main", collection: "sessions", differing: [], missing: [], all: indexes },
      { store: "analytics", collection: "sessions", differing: [], missing: [], all: indexes },
    ])
    const there = await app.resolve(DocumentStore.named("analytics")).collection("sessions").listIndexes()
    expect(there.map(({ name }) => name).sort()).toEqual(indexes)
    await app.close()
  })

  test("are left to the first use with enableTtl: false, or where nothing is described", async () => {
    const app = await NoSQLModule.configure(config, { host, enableTtl: false }).scope(Sessions).boot()
    expect(app.provisioned).toEqual([])
    expect(await app.resolve(DocumentStore).listCollections()).toEqual([])
    await app.close()
    const none = await NoSQLModule.configure(config, { host }).scope(NamedOnly).boot()
    expect(none.provisioned).toEqual([])
    await none.close()
  })

  test("are only compared under provision: check", async () => {
    const app = await NoSQLModule.configure(
      { ...config, provision: "check" },
      { host, logger: { warn: () => {} } },
    )
      .scope(Sessions)
      .boot()
    const [report] = app.provisioned
    expect(report).toMatchObject({ created: [], existing: [] })
    expect([...(report?.missing ?? [])].sort()).toEqual(indexes)
    await app.close()
    const never = await NoSQLModule.configure({ ...config, provision: "never" }, { host })
      .scope(Sessions)
      .boot()
    expect(never.provisioned).toEqual([
      { store: "main", collection: "sessions", created: [], existing: [], differing: [], missing: [] },
    ])
    await never.close()
  })

  test("that cannot be made end the boot: the error names collection and store, and the stores are closed", async () => {
    const closed: string[] = []
    const broken = {
      ...memory(),
      async connect() {
        const store = await memory().connect()
        store.createIndexes = () => Promise.reject(new Error("no room for an index"))
        store.close = async () => void closed.push("closed")
        return store
      },
    }
    await expect(
      NoSQLModule.configure({ driver: broken }, { host }).scope(Sessions).boot(),
    ).rejects.toMatchObject({
      operation: "boot",
      collection: "sessions",
      message: 'boot: the indexes of "sessions" in the store "default" (memory): no room for an index',
    })
    expect(closed).toEqual(["closed"])
  })
})

describe("the settings of all stores arrive at each", () => {
  test("scans: refuse", async () => {
    const app = await NoSQLModule.configure({ driver: memory(), scans: "refuse" }, { host }).boot()
    const things = app.resolve(DocumentStore).collection(Sessions)
    await things.insertOne({ user: "a", expiresAt: new Date(Date.now() + 60_000) })
    await expect(
      things.find({ expiresAt: { $gt: new Date() }, user: { $ne: "b" } }).toArray(),
    ).resolves.toHaveLength(1)
    await app.close()
  })

  test("maxBufferedDocuments", async () => {
    const app = await NoSQLModule.configure({ driver: memory(), maxBufferedDocuments: 1 }, { host }).boot()
    const things = app.resolve(DocumentStore).collection<{ n: number }>("things")
    await things.insertMany([{ n: 1 }, { n: 2 }, { n: 3 }])
    await expect(things.distinct("n")).rejects.toMatchObject({ code: "resource-exhausted" })
    await app.close()
  })

  test("cursorSecret: a cursor of another secret is refused", async () => {
    const cursorOf = async (cursorSecret: string, after?: string) => {
      const app = await NoSQLModule.configure({ driver: memory(), cursorSecret }, { host }).boot()
      const things = app.resolve(DocumentStore).collection<{ n: number }>("things")
      await things.insertMany([{ n: 1 }, { n: 2 }, { n: 3 }])
      try {
        return (await things.page({}, { size: 1, sort: { n: 1 }, ...(after === undefined ? {} : { after }) }))
          .next
      } finally {
        await app.close()
      }
    }
    const next = await cursorOf("first secret")
    expect(await cursorOf("first secret", next)).toEqual(expect.any(String))
    await expect(cursorOf("second secret", next)).rejects.toMatchObject({ code: "invalid-argument" })
  })
})
