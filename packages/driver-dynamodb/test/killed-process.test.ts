import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb"
import { type Collection, connect, type Document, type DocumentStore, defineCollection } from "@nosql/core"
import { backfillIndexes, dynamodb } from "@nosql/driver-dynamodb"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"
import type { Job } from "./killed-child.ts"
import { type Death, runAndKill } from "./killing-proxy.ts"

const endpoint = inject("dynamodbEndpoint")
const tablePrefix = `killed-${process.pid}-`
const unique = { keys: { email: 1 }, unique: true } as const

/** A process is killed in the middle of many writes: what stands there then is whole, and the same work done again ends it. */
describe.skipIf(endpoint === "")("a killed process", () => {
  let raw: DynamoDBClient
  let store: DocumentStore
  const kill = (collection: string, work: Job["work"], count: number, death: Death) =>
    runAndKill(endpoint, { tablePrefix, collection, work, count }, death)
  const documentOf = (n: number): Document => ({ _id: `k${n}`, n, email: `${n}@x`, parts: [n, { n }] })
  const make = async (name: string, indexes: readonly (typeof unique)[]): Promise<Collection<Document>> => {
    const collection = store.collection(defineCollection<Document>(name, { indexes: [...indexes] }))
    await collection.createCollection()
    return collection
  }
  /** The items that hold unique values, by their owners. */
  const owners = async (name: string) => {
    const { Items = [] } = await raw.send(
      new ScanCommand({ TableName: tablePrefix + name, ConsistentRead: true }),
    )
    return Items.flatMap((item) => item["_nosql_owner"]?.S ?? []).sort()
  }
  /** Each document as it was to be written, and a value held for each and for none else. */
  const expectWhole = async (collection: Collection<Document>, name: string) => {
    const found = await collection.find({}, { consistency: "strong" }).toArray()
    for (const document of found) expect(document).toEqual(documentOf(document["n"] as number))
    expect(await owners(name)).toEqual(found.map(({ _id }) => _id as string).sort())
    return found.map(({ n }) => n as number).sort((a, b) => a - b)
  }

  beforeAll(async () => {
    const credentials = { accessKeyId: "local", secretAccessKey: "local" }
    raw = new DynamoDBClient({ endpoint, region: "us-east-1", credentials })
    store = await connect(dynamodb({ endpoint, tablePrefix }), { scans: "allow", provision: "check" })
  })
  afterAll(async () => {
    for (const name of (await store?.listCollections()) ?? []) await store.dropCollection(name)
    await store?.close()
    raw?.destroy()
  })

  test("ordered: the first windows are there, whole, with their unique values; the rest is inserted as if nothing had been", async () => {
    const name = "ordered"
    const collection = await make(name, [unique])
    const { signal, answered } = await kill(name, "ordered", 200, {
      operation: "TransactWriteItems",
      request: 3,
    })
    expect(signal).toBe("SIGKILL")
    expect(answered.filter((operation) => operation === "TransactWriteItems")).toHaveLength(2)
    // A document and its value are two of the 100 items of a transaction.
    const standing = await expectWhole(collection, name)
    expect(standing).toEqual(Array.from({ length: 100 }, (_, n) => n))
    const all = Array.from({ length: 200 }, (_, n) => documentOf(n))
    await expect(collection.insertMany(all)).rejects.toMatchObject({
      code: "already-exists",
      details: { done: [] },
    })
    await collection.insertMany(all.slice(standing.length))
    expect(await expectWhole(collection, name)).toHaveLength(200)
  })

  test("unordered: what stands is whole, and the same call again inserts the others", async () => {
    const name = "unordered"
    const collection = await make(name, [unique])
    const { signal } = await kill(name, "unordered", 120, { operation: "TransactWriteItems", request: 50 })
    expect(signal).toBe("SIGKILL")
    const standing = await expectWhole(collection, name)
    expect(standing).toHaveLength(49)
    const all = Array.from({ length: 120 }, (_, n) => documentOf(n))
    const again = await collection.insertMany(all, { ordered: false }).catch((error: unknown) => error)
    expect(again).toMatchObject({ code: "already-exists" })
    const { failed } = (again as { details: { failed: number[] } }).details
    expect([...failed].sort((a, b) => a - b)).toEqual(standing)
    expect(await expectWhole(collection, name)).toHaveLength(120)
  })

  test("ids made by the store: batches of 25, each document whole", async () => {
    const name = "generated"
    const collection = await make(name, [])
    const { signal, answered } = await kill(name, "generated", 500, {
      operation: "BatchWriteItem",
      request: 7,
    })
    expect(signal).toBe("SIGKILL")
    expect(answered.filter((operation) => operation === "BatchWriteItem")).toHaveLength(6)
    const found = await collection.find({}).toArray()
    expect(found).toHaveLength(150)
    for (const { _id, ...fields } of found) {
      const { _id: __, ...expected } = documentOf(fields["n"] as number)
      expect(fields).toEqual(expected)
    }
  })

  test("a backfill goes on behind the last page that it had ended, and a value that its document holds is no obstacle", async () => {
    const name = "backfill"
    const collection = await make(name, [])
    await collection.insertMany(Array.from({ length: 120 }, (_, n) => documentOf(n)))
    await store.collection<Document>(name).createIndex({ keys: { n: 1 } })
    await store.collection<Document>(name).createIndex(unique)
    expect(await owners(name)).toEqual([])
    const { signal } = await kill(name, "backfill", 0, { operation: "TransactWriteItems", request: 60 })
    expect(signal).toBe("SIGKILL")
    expect(await owners(name)).toHaveLength(59)
    const rest = await backfillIndexes({ endpoint, tablePrefix }, name)
    // The page in the middle of which it died is looked at again, and none before it.
    expect(rest.mended).toBe(61)
    expect(rest.seen).toBeGreaterThanOrEqual(61)
    expect(rest.seen).toBeLessThan(120)
    expect(await expectWhole(store.collection<Document>(name), name)).toHaveLength(120)
    expect(await backfillIndexes({ endpoint, tablePrefix }, name)).toEqual({ seen: 120, mended: 0 })
  })
})
