import type { WriteRequest } from "@aws-sdk/client-dynamodb"
import { type Collection, connect, type Document, type DocumentStore, defineCollection } from "@nosql/core"
import { dynamodb } from "@nosql/driver-dynamodb"
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest"
import { type MeddledClient, meddledClient, sdkError } from "./meddled-client.ts"

const endpoint = inject("dynamodbEndpoint")
const tablePrefix = `ordered-${process.pid}-`
const Named = defineCollection<Document>("named", { indexes: [{ keys: { name: 1 } }] })
const tooLong = "x".repeat(3000)
/** Beside the store's own attributes it is an item of more than 400 KB. */
const tooLarge = "y".repeat(400 * 1024 - 80)

const many = (count: number, make: (n: number) => Document = () => ({})) =>
  Array.from({ length: count }, (_, n) => ({ n, name: "a", ...make(n) }))
const upTo = (end: number, from = 0) => Array.from({ length: end - from }, (_, i) => from + i)

/** What stands there of an insert of many that failed. */
describe.skipIf(endpoint === "")("inserts that stop", () => {
  let watched: MeddledClient
  let store: DocumentStore
  let named: Collection<Document>

  beforeAll(async () => {
    watched = meddledClient(endpoint)
    store = await connect(dynamodb({ client: watched.client, tablePrefix, maxAttempts: 2 }), {
      scans: "allow",
    })
    named = store.collection(Named)
    await named.createCollection()
    await named.count({})
  })
  afterEach(async () => {
    watched.reset()
    await named.deleteMany({})
  })
  afterAll(async () => {
    await store?.dropCollection("named")
    await store?.close()
    watched?.client.destroy()
  })

  const outcomeOf = async (run: Promise<unknown>) => {
    const error = (await run.catch((reason: unknown) => reason)) as { message: string; details: Document }
    const { done, failed, unknown, notTried } = error.details as Record<string, number[]>
    watched.meddle(undefined)
    const stored = (await named.find({}).toArray()).map(({ n }) => n as number).sort((a, b) => a - b)
    return { message: error.message, done, failed, unknown, notTried, stored }
  }

  test.each([
    [1, 3],
    [27, 300],
    [260, 300],
  ])("in order, nothing behind number %i of %i, whose key is too long", async (refused, count) => {
    const documents = many(count, (n) => (n === refused ? { name: tooLong } : {}))
    const expected = {
      done: upTo(refused),
      stored: upTo(refused),
      failed: [refused],
      unknown: [],
      notTried: upTo(count, refused + 1),
    }
    expect(await outcomeOf(named.insertMany(documents))).toMatchObject(expected)
    await named.deleteMany({})
    const inserts = documents.map((document) => ({ insertOne: { document } }))
    const last = { updateOne: { filter: { n: 0 }, update: { $set: { hit: true } } } }
    expect(await outcomeOf(named.bulkWrite([...inserts, last]))).toMatchObject({
      ...expected,
      notTried: upTo(count + 1, refused + 1),
    })
    await named.deleteMany({})
    const given = documents.map((document, n) => ({ _id: `id${n}`, ...document }))
    expect(await outcomeOf(named.insertMany(given))).toMatchObject(expected)
  })

  test("unordered, all but the refused ones", async () => {
    const documents = many(300, (n) => (n === 3 || n === 130 ? { name: tooLong } : {}))
    const others = upTo(300).filter((n) => n !== 3 && n !== 130)
    expect(await outcomeOf(named.insertMany(documents, { ordered: false }))).toMatchObject({
      done: others,
      stored: others,
      failed: [3, 130],
      notTried: [],
    })
  })

  test.each([
    ["new ids", () => ({})],
    ["given ids", (n: number) => ({ _id: `id${n}` })],
  ])("an item that is larger with what the store adds is refused with the size: %s", async (_, idOf) => {
    const documents = many(30, (n) => ({ ...idOf(n), ...(n === 27 ? { text: tooLarge } : {}) }))
    const outcome = await outcomeOf(named.insertMany(documents))
    expect(outcome).toMatchObject({ done: upTo(27), stored: upTo(27), failed: [27], notTried: [28, 29] })
    expect(outcome.message).toContain("about 401 KB")
  })

  test("one that grows too large is refused with the size, and stays as it was", async () => {
    await named.insertOne({ _id: "a", n: 1 })
    const update = named.updateOne({ _id: "a" }, { $set: { text: `${tooLarge}${"y".repeat(40)}` } })
    await expect(update).rejects.toMatchObject({ code: "invalid-argument" })
    await expect(update).rejects.toThrow("about 401 KB")
    expect(await named.get("a")).toEqual({ _id: "a", n: 1 })
  })

  test.each([
    ["BatchWriteItem", () => ({})],
    ["TransactWriteItems", (n: number) => ({ _id: `id${n}` })],
  ])("a %s that DynamoDB does not take goes one by one", async (request, idOf) => {
    watched.meddle(async ({ name, input }, send) => {
      const refused = name === request || (input["Item"] as Document | undefined)?.["bad"] !== undefined
      if (refused) throw sdkError("ValidationException")
      return send()
    })
    const documents = many(10, (n) => ({ ...idOf(n), ...(n === 4 ? { bad: true } : {}) }))
    expect(await outcomeOf(named.insertMany(documents))).toMatchObject({
      done: upTo(4),
      stored: upTo(4),
      failed: [4],
      notTried: upTo(10, 5),
    })
  })

  test("no batch is begun more than seven behind one that is under way, and what was done is told", async () => {
    watched.meddle(async ({ name, input }, send) => {
      const [puts = []] = Object.values((input["RequestItems"] ?? {}) as Record<string, WriteRequest[]>)
      const first = puts.some(({ PutRequest }) => PutRequest?.Item?.["n"]?.N === "0")
      return name === "BatchWriteItem" && first ? { UnprocessedItems: input["RequestItems"] } : send()
    })
    const outcome = await outcomeOf(named.insertMany(many(500)))
    expect(outcome).toMatchObject({ failed: upTo(25), unknown: [], notTried: upTo(500, 200) })
    expect(outcome.done).toEqual(upTo(200, 25))
    expect(outcome.stored).toEqual(outcome.done)
  })

  test("what a lost batch holds is known, or told to be unknown", async () => {
    watched.meddle(async ({ name, count }, send) => {
      if (name === "PutItem" && count > 3) throw sdkError("AccessDeniedException")
      const output = await send()
      if (name === "BatchWriteItem") throw sdkError("TimeoutError")
      return output
    })
    const outcome = await outcomeOf(named.insertMany(many(10)))
    expect(outcome).toMatchObject({ done: upTo(3), failed: [3], unknown: upTo(10, 4), notTried: [] })
  })
})
