import { inspect } from "node:util"
import { defineCollection } from "@nosql/core"
import { provideServer } from "@nosql/testing/servers"
import { MongoClient } from "mongodb"
import { afterAll, describe, expect, test } from "vitest"
import { DocumentStore, NoSQLModule } from "../src/index.ts"
import { errorOf } from "./problems-of.ts"

interface Event {
  kind: string
  at: Date
}

const Events = defineCollection<Event>("events", {
  fields: { kind: "string", at: "date" },
  indexes: [{ keys: { kind: 1 } }],
  ttl: { field: "at", afterSeconds: 3600 },
})

class EventRepository {
  static readonly storeName = "analytics"
  readonly collection = Events
  readonly store: DocumentStore
  constructor(store: DocumentStore) {
    this.store = store
  }
  add(kind: string): Promise<string> {
    return this.store.collection(Events).insertOne({ kind, at: new Date() })
  }
}

const server = await provideServer("mongodb", describeVersion)
const main = `di-main-${process.pid}`
const analytics = `di-analytics-${process.pid}`

afterAll(async () => {
  await drop()
  await server?.stop()
}, 60_000)

async function describeVersion(address: string): Promise<string> {
  const client = new MongoClient(address, { serverSelectionTimeoutMS: 10_000 })
  try {
    return String((await client.db("admin").command({ buildInfo: 1 }))["version"])
  } finally {
    await client.close()
  }
}

async function drop(): Promise<void> {
  if (server === undefined) return
  const client = new MongoClient(server.address)
  await client.db(main).dropDatabase()
  await client.db(analytics).dropDatabase()
  await client.close()
}

/** Nothing in code: everything comes from the environment, and the driver is loaded by its name. */
function module(more: Readonly<Record<string, string>> = {}) {
  const env = {
    LEX_NOSQL__MONGODB__URI: server?.address,
    LEX_NOSQL__MONGODB__MIN_POOL_SIZE: "0",
    LEX_NOSQL__MONGODB__MAX_POOL_SIZE: "3",
    LEX_NOSQL__MONGODB__READ_PREFERENCE: "nearest",
    LEX_NOSQL__BACKENDS__0__NAME: "main",
    LEX_NOSQL__BACKENDS__0__PRIMARY: "true",
    LEX_NOSQL__BACKENDS__0__MONGODB__DATABASE: main,
    LEX_NOSQL__BACKENDS__1__NAME: "analytics",
    LEX_NOSQL__BACKENDS__1__MONGODB__DATABASE: analytics,
    LEX_NOSQL__BACKENDS__1__MONGODB__MAX_POOL_SIZE: "7",
    ...more,
  }
  return NoSQLModule.configure(undefined, { host: { env } }).scope(EventRepository)
}

describe.skipIf(server === undefined)("two named stores on a real server", { timeout: 60_000 }, () => {
  test("each has its own database and options; indexes are made once; health tells both", async () => {
    const app = await module().boot()
    await app.resolve(EventRepository).add("login")
    await app.resolve(DocumentStore).collection<{ a: number }>("things").insertOne({ a: 1 })
    const [primary, other] = [app.resolve(DocumentStore), app.resolve(DocumentStore.named("analytics"))]
    expect(await primary.listCollections()).toEqual(["things"])
    expect(await other.listCollections()).toEqual(["events"])
    expect([primary, other].map((store) => store.unwrap<MongoClient>().options.maxPoolSize)).toEqual([3, 7])
    expect(primary.unwrap<MongoClient>().options.readPreference.mode).toBe("nearest")
    expect(await app.health()).toMatchObject({
      status: "up",
      stores: { main: { status: "up", backend: "mongodb" }, analytics: { status: "up", backend: "mongodb" } },
    })
    expect(app.provisioned).toMatchObject([
      {
        store: "analytics",
        collection: "events",
        created: expect.arrayContaining(["kind_1"]),
        existing: [],
        differing: [],
      },
    ])
    await app.close()
    await expect(other.collection("events").count({})).rejects.toMatchObject({ code: "closed" })

    const again = await module().boot()
    expect(again.provisioned).toMatchObject([{ created: [], differing: [], missing: [] }])
    expect(await again.resolve(EventRepository).store.collection(Events).count({})).toBe(1)
    await again.close()
  })

  test("one that cannot be reached ends the boot with its name, without its password", async () => {
    const error = await errorOf(
      module({
        LEX_NOSQL__BACKENDS__1__MONGODB__URI: "mongodb://ada:hunter2@127.0.0.1:1/x",
        LEX_NOSQL__BACKENDS__1__MONGODB__SERVER_SELECTION_TIMEOUT_MS: "300",
      }).boot(),
    )
    expect(error).toMatchObject({ code: "unavailable", backend: "mongodb", retryable: true })
    expect(error.message).toMatch(/^boot: the store "analytics" \(mongodb\) did not open: /)
    expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain("hunter2")
  })
})
