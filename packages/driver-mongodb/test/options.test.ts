import { createServer } from "node:net"
import { inspect } from "node:util"
import { NoSQLError } from "@nosql/contracts"
import { connect, type DocumentStore } from "@nosql/core"
import { type MongodbAddress, type MongodbOptions, mongodb } from "@nosql/driver-mongodb"
import { findMongodbWithLogin } from "@nosql/testing/servers"
import { type Document as BsonDocument, type CommandStartedEvent, MongoClient } from "mongodb"
import { afterAll, afterEach, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest"
import { clientSettings } from "../src/client-settings.ts"
import { createClient } from "../src/create-client.ts"
import { documentdbDriverDifferences } from "./server-differences.ts"

const uri = inject("mongodbUri")
const database = `options-${process.pid}`
const password = "hunter2/@:%"

async function failureOf(options: MongodbOptions): Promise<NoSQLError> {
  const error: unknown = await connect(mongodb(options)).then(
    async (store) => {
      await store.close()
      return new Error("it connected")
    },
    (reason: unknown) => reason,
  )
  if (!NoSQLError.isInstance(error)) throw error
  const told = [error.message, inspect(error, { depth: 20 }), JSON.stringify(error), error.stack].join("\n")
  for (const secret of [password, encodeURIComponent(password)]) expect(told).not.toContain(secret)
  expect(error).toMatchObject({ operation: "connect", backend: "mongodb" })
  return error
}

// What the client holds of each option is tested beside `clientSettings`; here it shows in what is sent and in what happens.
describe.skipIf(uri === "")("options on a real server", () => {
  const stores: DocumentStore[] = []
  const commands: CommandStartedEvent[] = []

  async function open(options: MongodbAddress = {}): Promise<DocumentStore> {
    const store = await connect(
      mongodb({ uri, database, clientOptions: { monitorCommands: true }, ...options }),
    )
    stores.push(store)
    store.unwrap<MongoClient>().on("commandStarted", (event) => commands.push(event))
    return store
  }

  /** What was sent of a command. */
  async function sent(store: DocumentStore, name: string): Promise<BsonDocument> {
    commands.length = 0
    const things = store.collection<{ n: number }>("things")
    if (name === "insert") await things.insertOne({ n: 1 })
    else await things.findOne({})
    return commands.find(({ commandName }) => commandName === name)?.command ?? {}
  }

  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close()
  })
  afterAll(async () => {
    if (uri === "") return
    const client = await new MongoClient(uri).connect()
    for (const name of [database, `${database}-path`]) await client.db(name).dropDatabase()
    await client.close()
  })

  test("writeConcernW is in every write", async () => {
    expect(await sent(await open(), "insert")).toMatchObject({ writeConcern: { w: "majority" } })
    expect(await sent(await open({ writeConcernW: 1 }), "insert")).toMatchObject({ writeConcern: { w: 1 } })
    const joined = uri.includes("?") ? `${uri}&w=1` : `${uri}?w=1`
    expect(await sent(await open({ uri: joined }), "insert")).toMatchObject({ writeConcern: { w: 1 } })
  })

  test("readPreference is in every read", async () => {
    expect(await sent(await open(), "find")).toMatchObject({ $readPreference: { mode: "primaryPreferred" } })
    expect(await sent(await open({ readPreference: "nearest" }), "find")).toMatchObject({
      $readPreference: { mode: "nearest" },
    })
  })

  test("retryWrites numbers the writes, so that the server knows a repeated one", async () => {
    expect(await sent(await open(), "insert")).toHaveProperty("txnNumber")
    expect(await sent(await open({ retryWrites: false }), "insert")).not.toHaveProperty("txnNumber")
  })

  test("database, stated or in the URI's path", async () => {
    expect(await sent(await open(), "find")).toMatchObject({ $db: database })
    const path = uri.replace(/\/(?=\?|$)/, `/${database}-path`)
    const fromPath = await connect(mongodb({ uri: path, clientOptions: { monitorCommands: true } }))
    stores.push(fromPath)
    fromPath.unwrap<MongoClient>().on("commandStarted", (event) => commands.push(event))
    expect(await sent(fromPath, "find")).toMatchObject({ $db: `${database}-path` })
  })

  test("maxPoolSize bounds the connections, minPoolSize keeps some open", async () => {
    const small = await open({ maxPoolSize: 2 })
    const things = small.collection<{ n: number }>("things")
    let opened = 0
    small.unwrap<MongoClient>().on("connectionReady", () => opened++)
    await Promise.all(Array.from({ length: 20 }, () => things.findOne({})))
    expect(opened).toBeLessThanOrEqual(2)

    // Connections open in the background from the first moment on, so they are counted on a client that is watched before.
    const kept = createClient(clientSettings({ uri, minPoolSize: 3, maxPoolSize: 5 }))
    onTestFinished(() => kept.close())
    const ready = new Set<unknown>()
    kept.on("connectionReady", ({ connectionId }) => ready.add(connectionId))
    await kept.connect()
    await expect.poll(() => ready.size, { timeout: 5000 }).toBe(3)
  })

  test("the SDK's own options arrive: the server knows the application's name", async () => {
    const store = await open({ clientOptions: { appName: "options-test", monitorCommands: true } })
    expect(store.unwrap<MongoClient>().options.appName).toBe("options-test")
  })

  test("a client that waits to be connected is connected, and left open", async () => {
    const client = new MongoClient(uri)
    const store = await connect(mongodb({ client, database }))
    await store.collection("things").count({})
    await store.close()
    expect(await client.db(database).command({ ping: 1 })).toMatchObject({ ok: 1 })
    await client.close()
  })
})

describe("servers that cannot be reached", () => {
  const user = `u:${encodeURIComponent(password)}@`

  test.each<[string, MongodbAddress, RegExp]>([
    ["nothing listens", { uri: `mongodb://${user}127.0.0.1:1/db` }, /ECONNREFUSED/],
    ["no such host", { uri: `mongodb://${user}db.invalid/db` }, /host name/],
    ["no such SRV record", { uri: `mongodb+srv://${user}db.invalid/db` }, /host name/],
  ])("%s", async (_, options, text) => {
    const started = performance.now()
    const error = await failureOf({ ...options, serverSelectionTimeoutMs: 400 })
    expect(error).toMatchObject({ code: "unavailable", retryable: true })
    expect(error.message).toMatch(text)
    expect(performance.now() - started).toBeLessThan(4000)
  })

  test("serverSelectionTimeoutMs is how long it is tried", async () => {
    for (const serverSelectionTimeoutMs of [200, 1200]) {
      const started = performance.now()
      await failureOf({ uri: "mongodb://127.0.0.1:1", serverSelectionTimeoutMs })
      const took = performance.now() - started
      expect(took).toBeGreaterThanOrEqual(serverSelectionTimeoutMs - 50)
      expect(took).toBeLessThan(serverSelectionTimeoutMs + 900)
    }
  })

  test("connectTimeoutMs is how long a silent host may take", async () => {
    const sockets = new Set<{ destroy(): void }>()
    const silent = createServer((socket) => sockets.add(socket)).listen(0, "127.0.0.1")
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy()
      silent.close()
    })
    await new Promise((resolve) => silent.once("listening", resolve))
    const { port } = silent.address() as { port: number }
    const address = { uri: `mongodb://${user}127.0.0.1:${port}/db`, serverSelectionTimeoutMs: 700 }
    // Longer than the selection: the reason is not known when its time is up.
    expect((await failureOf({ ...address, connectTimeoutMs: 5000 })).message).toContain(
      "serverSelectionTimeoutMs",
    )
    const error = await failureOf({ ...address, connectTimeoutMs: 150 })
    expect(error).toMatchObject({ code: "unavailable", retryable: true })
    expect(error.message).toContain("connectTimeoutMs")
  })

  test.skipIf(uri === "")("TLS where the server has none", async () => {
    const error = await failureOf({ uri, clientOptions: { tls: true }, serverSelectionTimeoutMs: 1500 })
    expect(error.code).toBe("unavailable")
  })

  test.skipIf(uri === "")("a replica set of another name", async () => {
    const error = await failureOf({
      uri: uri.replace(/\?.*/, "?replicaSet=other"),
      serverSelectionTimeoutMs: 500,
    })
    expect(error).toMatchObject({ code: "unavailable" })
    expect(error.message).toContain("replicaSet")
  })
})

describe.skipIf(uri === "")("a server that wants a login", () => {
  const login = { user: "ada", password }
  let server: Awaited<ReturnType<typeof findMongodbWithLogin>>
  const withUser = (address: string, user: string, secret: string) =>
    address.replace("//", `//${user}:${encodeURIComponent(secret)}@`)

  beforeAll(async () => {
    server = await findMongodbWithLogin(login)
    if (server === undefined)
      console.warn("\n!!! SKIPPED: logins. No server with a login could be started.\n")
  })
  afterAll(async () => server?.stop())

  async function opens(options: MongodbAddress): Promise<void> {
    const store = await connect(mongodb({ database, minPoolSize: 0, ...options }))
    await store.collection("things").insertOne({ n: 1 })
    await store.close()
  }

  test("the right password opens: in the URI, or as `auth` with a database in the path", async (context) => {
    if (server === undefined) return context.skip()
    await opens({ uri: withUser(server.address, login.user, password) })
    await opens({ uri: withUser(server.address, login.user, password), authSource: "admin" })
    const path = server.address.replace("/?", "/shop?")
    await opens({ uri: path, clientOptions: { auth: { username: login.user, password } } })
  })

  test("a wrong one and an unknown user are refused", async (context) => {
    if (server === undefined) return context.skip()
    const { address } = server
    const wrong = await failureOf({ uri: withUser(address, login.user, `${password}!`), database })
    expect(wrong).toMatchObject({ code: "unauthenticated", retryable: false })
    expect(wrong.message).toMatch(/password/)
    expect(await failureOf({ uri: withUser(address, "eve", password), database })).toMatchObject({
      code: "unauthenticated",
    })
  })

  const elsewhere = "authSource: a user of another database is refused"
  const differs = inject("mongodbEngine") === "documentdb" && documentdbDriverDifferences.includes(elsewhere)
  const unlessDifferent = differs ? test.fails : test
  unlessDifferent(elsewhere, async (context) => {
    if (server === undefined) return context.skip()
    const address = withUser(server.address, login.user, password)
    const refused = { code: "unauthenticated" }
    expect(await failureOf({ uri: address, authSource: "elsewhere", database })).toMatchObject(refused)
    // The path says where the user is known, as in MongoDB's own tools.
    expect(await failureOf({ uri: address.replace("/?", "/elsewhere?") })).toMatchObject(refused)
  })

  test("without a login nothing can be read", async (context) => {
    if (server === undefined) return context.skip()
    const store = await connect(mongodb({ uri: server.address, database, minPoolSize: 0 }))
    const error = (await store
      .collection("things")
      .findOne({})
      .catch((reason: unknown) => reason)) as NoSQLError
    expect(["permission-denied", "unauthenticated"]).toContain(error.code)
    await store.close()
  })
})
