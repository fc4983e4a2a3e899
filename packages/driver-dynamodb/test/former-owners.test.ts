import { DeleteItemCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb"
import { connect, type Document, type DocumentStore, defineCollection } from "@nosql/core"
import { backfillIndexes, dynamodb, finishIndexes } from "@nosql/driver-dynamodb"
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from "vitest"
import { closeAll } from "./close-all.ts"
import { meddledClient } from "./meddled-client.ts"

const endpoint = inject("dynamodbEndpoint")
const tablePrefix = `former-${process.pid}-`
const at = { endpoint, tablePrefix }

describe.skipIf(endpoint === "")("unique values of documents that expired or vanished", () => {
  let raw: DynamoDBClient
  const stores: DocumentStore[] = []
  const open = async () => {
    const store = await connect(dynamodb(at), { scans: "allow" })
    stores.push(store)
    return store
  }
  const later = (seconds: number) => {
    vi.useFakeTimers({ toFake: ["Date"] })
    vi.setSystemTime(Date.now() + seconds * 1000)
  }
  const soon = () => new Date(Date.now() + 3_600_000)

  beforeAll(() => {
    raw = meddledClient(endpoint).client
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  afterAll(async () => {
    await closeAll(stores)
    raw?.destroy()
  })

  const Taken = (name: string, ...keys: readonly string[]) =>
    defineCollection<Document>(name, {
      ttl: { field: "at" },
      indexes: keys.map((key) => ({ keys: { [key]: 1 }, unique: true })),
    })
  const past = () => new Date(Date.now() - 1000)

  test("an expired document is not in the way of a unique index", async () => {
    const name = "expired-build"
    const store = (await open()).collection(Taken(name))
    await store.insertMany([
      { _id: "dead", u: "v", at: past() },
      { _id: "live", u: "v" },
    ])
    const unique = (await open()).collection(Taken(name, "u"))
    await unique.insertOne({ _id: "other", u: "w" })
    await expect(unique.insertOne({ u: "v" })).rejects.toMatchObject({ code: "already-exists" })
    later(61)
    expect(await finishIndexes(at, name)).toMatchObject({ mended: 0 })
    expect(await unique.findOne({ u: "v" })).toEqual({ _id: "live", u: "v" })
  })

  test("nor of one that it held a value of", async () => {
    const name = "expired-held"
    const store = (await open()).collection(Taken(name, "u"))
    await store.insertOne({ _id: "dead", u: "v", at: soon() })
    const plain = await open()
    later(2 * 3600)
    await store.insertOne({ _id: "live", u: "v" })
    expect(await backfillIndexes(at, name)).toMatchObject({ mended: 0 })
    await expect(store.insertOne({ u: "v" })).rejects.toMatchObject({ code: "already-exists" })
    await plain.collection(name).deleteOne({ _id: "dead" })
    await expect(store.insertOne({ u: "v" })).rejects.toMatchObject({ code: "already-exists" })
  })

  test.each(["expired", "vanished"])("a holder that is %s gives back several values at once", async (how) => {
    const name = `several-${how}`
    const store = (await open()).collection(Taken(name, "u", "w"))
    await store.insertOne({ _id: "dead", u: "v", w: "v", at: soon() })
    later(2 * 3600)
    if (how === "vanished") {
      const Key = { _nosql_pk: { S: "d#dead" } }
      await raw.send(new DeleteItemCommand({ TableName: tablePrefix + name, Key }))
    }
    await store.insertOne({ _id: "live", u: "v", w: "v" })
    await expect(store.insertOne({ w: "v" })).rejects.toMatchObject({ code: "already-exists" })
  })
})
