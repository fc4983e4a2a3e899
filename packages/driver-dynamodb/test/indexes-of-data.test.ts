import { DynamoDBClient, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb"
import { connect, type Document, type DocumentStore, defineCollection } from "@nosql/core"
import { backfillIndexes, dynamodb, finishIndexes, toCreateTableInput } from "@nosql/driver-dynamodb"
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from "vitest"
import { closeAll } from "./close-all.ts"

const endpoint = inject("dynamodbEndpoint")
const tablePrefix = `indexes-${process.pid}-`
const at = { endpoint, tablePrefix }
const byKind = { keys: { kind: 1 } } as const

const things = (n: number): Document[] =>
  Array.from({ length: n }, (_, i) => ({ _id: `t${i}`, kind: i % 2, n: i }))

/** An index is added to a table with data while the application runs. */
describe.skipIf(endpoint === "")("indexes of a table with data", () => {
  let raw: DynamoDBClient
  const stores: DocumentStore[] = []
  const open = async (provision: "auto" | "check" = "check") => {
    const store = await connect(dynamodb(at), { scans: "allow", provision })
    stores.push(store)
    return store
  }
  /** As if so many seconds had gone by; DynamoDB Local and its like check no clock. */
  const later = (seconds: number) => {
    vi.useFakeTimers({ toFake: ["Date"] })
    vi.setSystemTime(Date.now() + seconds * 1000)
  }
  const access = async (store: DocumentStore, name: string) =>
    (await store.collection(defineCollection<Document>(name, { indexes: [byKind] })).explain({ kind: 1 }))
      .access
  /** A document as a writer stores it that knows of no index. */
  const putOld = (table: string, id: string, kind: number) =>
    raw.send(
      new PutItemCommand({
        TableName: tablePrefix + table,
        Item: {
          _nosql_pk: { S: `d#${id}` },
          _nosql_rev: { N: "1" },
          _id: { S: id },
          kind: { N: String(kind) },
        },
      }),
    )

  beforeAll(() => {
    const credentials = { accessKeyId: "local", secretAccessKey: "local" }
    raw = new DynamoDBClient({ endpoint, region: "us-east-1", credentials })
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  afterAll(async () => {
    await closeAll(stores)
    raw?.destroy()
  })

  test("the operator's two steps: queries go by it only behind a pass that found nothing to mend", async () => {
    const name = "steps"
    const store = await open()
    await store.collection(name).createCollection()
    await store.collection<Document>(name).insertMany(things(40))
    await store.collection<Document>(name).createIndex(byKind)
    expect(await store.collection(name).listIndexes()).toMatchObject([{ name: "kind_1", building: true }])
    expect(await access(store, name)).toBe("scan")
    expect(await backfillIndexes(at, name)).toEqual({ seen: 40, mended: 40 })
    await expect(finishIndexes(at, name)).rejects.toMatchObject({ code: "failed-precondition" })
    await putOld(name, "old", 1)
    later(61)
    const fresh = await open()
    expect(await access(fresh, name)).toBe("scan")
    const passes: number[] = []
    expect(await finishIndexes(at, name, { onProgress: ({ mended }) => passes.push(mended) })).toMatchObject({
      seen: 41,
    })
    expect(passes).toEqual([1, 0])
    const ready = await open()
    expect(await access(ready, name)).toBe("index")
    expect(await ready.collection<Document>(name).count({ kind: 1 })).toBe(21)
    const Declared = defineCollection<Document>(name, { indexes: [byKind] })
    expect(await ready.collection(Declared).find({ kind: 1 }).toArray()).toHaveLength(21)
    expect(await ready.collection(name).listIndexes()).not.toMatchObject([{ building: true }])
  })

  test("a writer that does not know an index keeps it from being ready", async () => {
    const name = "writers"
    const store = await open()
    await store.collection(name).createCollection()
    await store.collection<Document>(name).insertMany(things(5))
    await store.collection<Document>(name).createIndex(byKind)
    later(61)
    let written = 0
    const client = new DynamoDBClient({
      endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    })
    // Before each pass looks.
    client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName === "ScanCommand") await putOld(name, `old${written++}`, 1)
          return next(args)
        },
      { step: "initialize" },
    )
    await expect(finishIndexes({ client, tablePrefix }, name)).rejects.toThrow(
      "still written without their indexes",
    )
    client.destroy()
    expect(await access(await open(), name)).toBe("scan")
  })

  test("a store whose declaration lacks the index keeps it: the definitions are read from the table", async () => {
    const name = "others"
    const store = await open()
    await store.collection(name).createCollection()
    await store.collection<Document>(name).insertOne({ _id: "a", kind: 1 })
    await store.collection<Document>(name).createIndex({ keys: { email: 1 }, unique: true })
    const other = await open()
    await other.collection<Document>(name).insertOne({ _id: "b", email: "e" })
    await expect(store.collection<Document>(name).insertOne({ email: "e" })).rejects.toMatchObject({
      code: "already-exists",
    })
  })

  test("a pass that was ended goes on where it was", async () => {
    const name = "resumed"
    const store = await open()
    await store.collection(name).createCollection()
    await store.collection<Document>(name).insertMany(Array.from({ length: 60 }, (_, n) => ({ kind: n })))
    await store.collection<Document>(name).createIndex(byKind)
    const ending = new AbortController()
    let seen = 0
    const build = { itemsPerSecond: 20, signal: ending.signal, onProgress: (p: { seen: number }) => end(p) }
    const end = (progress: { seen: number }) => {
      seen = progress.seen
      ending.abort()
    }
    await expect(backfillIndexes(at, name, build)).rejects.toMatchObject({ code: "aborted" })
    const began = performance.now()
    const rest = await backfillIndexes(at, name, { itemsPerSecond: 40 })
    expect(seen).toBeLessThan(60)
    // The page that was under way when it ended is looked at again.
    expect(rest.seen).toBeGreaterThanOrEqual(60 - seen)
    expect(rest.mended).toBe(60 - seen)
    expect(performance.now() - began).toBeGreaterThan(500)
  })

  test.each([2.5, 0, -1, Number.NaN, Number.POSITIVE_INFINITY, "5" as never])(
    "%s documents a second are none",
    async (itemsPerSecond) => {
      for (const run of [backfillIndexes, finishIndexes])
        await expect(run(at, "none", { itemsPerSecond })).rejects.toMatchObject({
          code: "invalid-argument",
          path: "itemsPerSecond",
        })
    },
  )

  test.each(["x y", "", "system.x", "a/b/c"])("there is no collection %j", async (name) => {
    for (const run of [backfillIndexes, finishIndexes])
      await expect(run(at, name)).rejects.toMatchObject({ code: "invalid-argument", path: "name" })
  })

  test("a pass that waits for its next second ends when it is told to", async () => {
    const name = "waiting"
    const store = await open()
    await store.collection(name).createCollection()
    await store.collection<Document>(name).insertMany(things(10))
    const ending = new AbortController()
    const began = performance.now()
    const onProgress = () => setTimeout(() => ending.abort(), 20)
    const run = backfillIndexes(at, name, { itemsPerSecond: 1, signal: ending.signal, onProgress })
    await expect(run).rejects.toMatchObject({ code: "aborted" })
    expect(performance.now() - began).toBeLessThan(900)
  })

  test("under auto the first use builds, and one behind a minute makes it ready", async () => {
    const name = "automatic"
    const Declared = defineCollection<Document>(name, { indexes: [byKind] })
    const store = await open("auto")
    await store.collection<Document>(name).insertMany(things(10))
    const building = await open("auto")
    expect(await building.collection(Declared).find({ kind: 1 }).toArray()).toHaveLength(5)
    expect(await access(building, name)).toBe("scan")
    later(61)
    const ready = await open("auto")
    expect(await ready.collection(Declared).find({ kind: 1 }).toArray()).toHaveLength(5)
    expect(await access(ready, name)).toBe("index")
  })

  test("documents that share a value let no unique index be", async () => {
    const name = "shared"
    const store = await open("auto")
    await store.collection<Document>(name).insertMany([{ email: "a" }, { email: "a" }])
    const unique = store.collection<Document>(name).createIndex({ keys: { email: 1 }, unique: true })
    await expect(unique).rejects.toMatchObject({ code: "already-exists", details: { index: "email_1" } })
    expect(await store.collection(name).listIndexes()).toEqual([])
    await store.collection<Document>(name).insertOne({ email: "a" })
  })

  test("a driver older than the definitions does not write", async () => {
    const name = "newer"
    const store = await open()
    await store.collection(defineCollection(name, { indexes: [byKind] })).createCollection()
    await raw.send(
      new UpdateItemCommand({
        TableName: tablePrefix + name,
        Key: { _nosql_pk: { S: "m#indexes" } },
        UpdateExpression: "SET #f = :f",
        ExpressionAttributeNames: { "#f": "_nosql_format" },
        ExpressionAttributeValues: { ":f": { N: "2" } },
      }),
    )
    const old = await open()
    await expect(old.collection<Document>(name).insertOne({ kind: 1 })).rejects.toThrow("upgrade this one")
  })

  test("an index that is dropped is gone, and can be made anew", async () => {
    const name = "dropped"
    const store = await open("auto")
    const Declared = defineCollection<Document>(name, { indexes: [byKind] })
    await store.collection(Declared).insertOne({ kind: 1 })
    expect(await access(store, name)).toBe("index")
    expect(await store.collection(Declared).dropIndex("kind_1")).toBe(true)
    expect(await store.collection(Declared).dropIndex("kind_1")).toBe(false)
    expect(await access(store, name)).toBe("scan")
    expect(await store.collection(Declared).count({ kind: 1 })).toBe(1)
  })
})

test("toCreateTableInput gives the table as data", () => {
  const Posts = defineCollection<Document>("posts", {
    indexes: [{ keys: { status: 1, at: -1 } }],
    ttl: { field: "at" },
  })
  expect(toCreateTableInput(Posts, { tablePrefix: "app-" })).toEqual({
    TableName: "app-posts",
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [
      { AttributeName: "_nosql_pk", AttributeType: "S" },
      { AttributeName: "_nosql_status_1_at_-1_h", AttributeType: "B" },
      { AttributeName: "_nosql_status_1_at_-1_r", AttributeType: "B" },
    ],
    KeySchema: [{ AttributeName: "_nosql_pk", KeyType: "HASH" }],
    GlobalSecondaryIndexes: [
      {
        IndexName: "status_1_at_-1",
        KeySchema: [
          { AttributeName: "_nosql_status_1_at_-1_h", KeyType: "HASH" },
          { AttributeName: "_nosql_status_1_at_-1_r", KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "ALL" },
      },
    ],
  })
})
