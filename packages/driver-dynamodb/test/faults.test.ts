import { DeleteItemCommand, type WriteRequest } from "@aws-sdk/client-dynamodb"
import { NoSQLError } from "@nosql/contracts"
import { connect, type Document, type DocumentStore, defineCollection } from "@nosql/core"
import { dynamodb } from "@nosql/driver-dynamodb"
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest"
import { type MeddledClient, meddledClient, sdkError } from "./meddled-client.ts"

const endpoint = inject("dynamodbEndpoint")
const tablePrefix = `faults-${process.pid}-`
const Users = defineCollection<{ email?: string; n?: number }>("users", {
  indexes: [{ keys: { email: 1 }, unique: true }],
})

async function failureOf(work: Promise<unknown>): Promise<NoSQLError> {
  const error: unknown = await work.then(
    () => new Error("nothing failed"),
    (reason: unknown) => reason,
  )
  if (!NoSQLError.isInstance(error)) throw error
  return error
}

describe.skipIf(endpoint === "")("faults", () => {
  let watched: MeddledClient
  let store: DocumentStore
  let other: DocumentStore
  const things = () => store.collection<Document>("things")

  beforeAll(async () => {
    watched = meddledClient(endpoint)
    store = await connect(dynamodb({ client: watched.client, tablePrefix, maxAttempts: 4 }), {
      scans: "allow",
    })
    other = await connect(dynamodb({ endpoint, tablePrefix }), { scans: "allow" })
    await store.collection(Users).createCollection()
    await store.collection(Users).count({})
    await things().createCollection()
    await things().count({})
  })
  afterEach(async () => {
    watched.reset()
    await other.collection("things").deleteMany({})
    await other.collection(Users).deleteMany({})
  })
  afterAll(async () => {
    for (const name of (await other?.listCollections()) ?? []) await other.dropCollection(name)
    await other?.close()
    await store?.close()
    watched?.client.destroy()
  })

  test("what a batch leaves unprocessed is sent again until it is done", async () => {
    watched.meddle(async ({ name, input }, send) => {
      const [[table, puts] = []] = Object.entries(
        (input["RequestItems"] ?? {}) as Record<string, WriteRequest[]>,
      )
      if (name !== "BatchWriteItem" || table === undefined || puts === undefined) return send()
      const some = puts.slice(0, 10)
      await send({ RequestItems: { [table]: some } })
      return { UnprocessedItems: puts.length > 10 ? { [table]: puts.slice(10) } : {} }
    })
    await things().insertMany(Array.from({ length: 60 }, (_, n) => ({ n })))
    expect(watched.sent.filter((name) => name === "BatchWriteItem")).toHaveLength(7)
    expect(await other.collection("things").count({})).toBe(60)
  })

  test("what stays unprocessed is told, by index, beside what was done", async () => {
    watched.meddle(async ({ name, input, count }, send) =>
      name === "BatchWriteItem" && count > 2 ? { UnprocessedItems: input["RequestItems"] } : send(),
    )
    const error = await failureOf(things().insertMany(Array.from({ length: 75 }, (_, n) => ({ n }))))
    expect(error.code).toBe("resource-exhausted")
    const { done, failed } = error.details as { done: number[]; failed: number[] }
    expect(done).toHaveLength(50)
    expect(failed).toHaveLength(25)
    expect(await other.collection("things").count({})).toBe(50)
  })

  test("a process that ends between two batches leaves what was done, and nothing half", async () => {
    watched.meddle(async ({ name, count }, send) => {
      // Nothing comes back any more from the third on, as when the process is killed there.
      if (name === "BatchWriteItem" && count > 2) throw sdkError("AccessDeniedException")
      return send()
    })
    const error = await failureOf(things().insertMany(Array.from({ length: 300 }, (_, n) => ({ n, m: n }))))
    expect(error.code).toBe("permission-denied")
    const { done, notTried } = error.details as { done: number[]; notTried: number[] }
    const left = await other.collection<{ n: number; m: number }>("things").find({}).toArray()
    expect(left.map(({ n }) => n).sort((a, b) => a - b)).toEqual(done)
    expect(left.every(({ n, m }) => n === m)).toBe(true)
    expect(notTried.length).toBeGreaterThan(0)
  })

  test.each([
    "ProvisionedThroughputExceededException",
    "ThrottlingException",
    "TransactionConflictException",
  ])("%s is waited out", async (fault) => {
    watched.meddle(async ({ name, count }, send) => {
      if (name === "PutItem" && count <= 2) throw sdkError(fault)
      return send()
    })
    await things().insertOne({ _id: "a" })
    expect(watched.sent).toEqual(["PutItem", "PutItem", "PutItem"])
  })

  test("throttling that does not end is an error in time", async () => {
    watched.meddle(async ({ name }, send) => {
      if (name === "PutItem") throw sdkError("ThrottlingException")
      return send()
    })
    const error = await failureOf(things().insertOne({ _id: "a" }))
    expect(error).toMatchObject({ code: "resource-exhausted", retryable: true })
    expect(watched.sent).toHaveLength(4)
  })

  test("a cancelled transaction that met another one is sent again", async () => {
    watched.meddle(async ({ name, count }, send) => {
      if (name === "TransactWriteItems" && count === 1)
        throw sdkError("TransactionCanceledException", {
          CancellationReasons: [{ Code: "None" }, { Code: "TransactionConflict" }],
        })
      return send()
    })
    await store.collection(Users).insertOne({ _id: "a", email: "a" })
    expect(watched.sent).toEqual(["TransactWriteItems", "TransactWriteItems"])
  })

  /** Does the first request of the name, and loses its answer. */
  function loseAnswer(lost: string) {
    watched.meddle(async ({ name, count }, send) => {
      const output = await send()
      if (name === lost && count === 1) throw sdkError("TimeoutError")
      return output
    })
  }

  test("an insert whose answer was lost is known again by its revision", async () => {
    loseAnswer("PutItem")
    await things().insertOne({ _id: "a", n: 1 })
    expect(watched.sent).toEqual(["PutItem", "PutItem"])
    await expect(things().insertOne({ _id: "a" })).rejects.toMatchObject({ code: "already-exists" })
  })

  test("a transaction whose answer was lost is repeated under its token", async () => {
    loseAnswer("TransactWriteItems")
    await store.collection(Users).insertOne({ _id: "a", email: "a" })
    const tokens = watched.inputs.map(({ ClientRequestToken }) => ClientRequestToken)
    expect(tokens).toHaveLength(2)
    expect(new Set(tokens).size).toBe(1)
    expect(await other.collection(Users).count({})).toBe(1)
  })

  test("a batch whose answer was lost is completed one by one, on condition", async () => {
    loseAnswer("BatchWriteItem")
    await things().insertMany(Array.from({ length: 5 }, (_, n) => ({ n })))
    expect(watched.sent.filter((name) => name === "PutItem")).toHaveLength(5)
    expect(await other.collection("things").count({})).toBe(5)
  })

  test("an $inc whose answer was lost is looked for, not repeated", async () => {
    await other.collection<Document>("things").insertOne({ _id: "a", n: 1 })
    loseAnswer("UpdateItem")
    const result = await things().updateOne({ _id: "a" }, { $inc: { n: 1 } })
    expect(result).toMatchObject({ matched: 1, modified: 1 })
    expect(watched.sent).toEqual(["UpdateItem", "GetItem"])
    expect(await things().get("a")).toMatchObject({ n: 2 })
  })

  test("an $inc whose answer was lost and that another writer followed may have been done", async () => {
    await other.collection<Document>("things").insertOne({ _id: "a", n: 1 })
    watched.meddle(async ({ name }, send) => {
      const output = await send()
      if (name !== "UpdateItem") return output
      await other.collection<Document>("things").updateOne({ _id: "a" }, { $set: { m: 1 } })
      throw sdkError("TimeoutError")
    })
    const error = await failureOf(things().updateOne({ _id: "a" }, { $inc: { n: 1 } }))
    expect(error).toMatchObject({ code: "timeout", retryable: false, details: { unknown: true } })
    watched.meddle(undefined)
    expect(await things().get("a")).toMatchObject({ n: 2, m: 1 })
  })

  test("a $max whose answer was lost is looked for; a replacement that inserts cannot tell whether it did", async () => {
    await other.collection<Document>("things").insertOne({ _id: "a", n: 1 })
    loseAnswer("UpdateItem")
    expect(await things().updateOne({ _id: "a" }, { $max: { n: 5 } })).toMatchObject({
      matched: 1,
      modified: 1,
    })
    expect(watched.sent).toEqual(["UpdateItem", "GetItem"])
    loseAnswer("PutItem")
    const error = await failureOf(things().replaceOne({ _id: "b" }, { n: 1 }, { upsert: true }))
    expect(error).toMatchObject({ code: "timeout", retryable: false, details: { unknown: true } })
    expect(await things().get("b")).toEqual({ _id: "b", n: 1 })
  })

  test("explain tells the requests where the table may not be described", async () => {
    watched.meddle(async ({ name }, send) => {
      if (name === "DescribeTable") throw sdkError("AccessDeniedException")
      return send()
    })
    const { server } = await things().explain({ n: 1 }, { verbosity: "server" })
    expect(server).toEqual({
      requests: [expect.objectContaining({ operation: "Scan", consistency: "strong" })],
      cost: [expect.stringContaining("Scan: 1 read unit (strong)")],
    })
  })

  test("a removal whose answer was lost may have been done", async () => {
    await other.collection<Document>("things").insertOne({ _id: "a" })
    loseAnswer("DeleteItem")
    const error = await failureOf(things().deleteOne({ _id: "a" }))
    expect(error.details).toMatchObject({ unknown: true })
    expect(watched.sent).toEqual(["DeleteItem"])
  })

  test("a server that cannot be reached was asked in vain: nothing is unknown", async () => {
    watched.meddle(async () => {
      throw sdkError("Error", { code: "ECONNREFUSED" })
    })
    const error = await failureOf(things().updateOne({ _id: "a" }, { $inc: { n: 1 } }))
    expect(error).toMatchObject({ code: "unavailable", retryable: true, details: {} })
  })

  test("a time limit ends the waiting", async () => {
    watched.meddle(async () => {
      throw sdkError("ThrottlingException")
    })
    const began = performance.now()
    const error = await failureOf(things().insertOne({ _id: "a" }, { timeoutMs: 60 }))
    expect(["resource-exhausted", "timeout"]).toContain(error.code)
    expect(performance.now() - began).toBeLessThan(1000)
  })

  test("who waits for a table that another call makes has its own time", async () => {
    watched.meddle(async ({ name }, send) => {
      if (name === "CreateTable") await new Promise((resolve) => setTimeout(resolve, 200))
      return send()
    })
    const fresh = store.collection<Document>("made-once")
    const hurried = failureOf(fresh.insertOne({ _id: "a" }, { timeoutMs: 100 }))
    await new Promise((resolve) => setTimeout(resolve, 20))
    await fresh.insertOne({ _id: "b" })
    expect((await hurried).code).toBe("timeout")
    expect(watched.sent.filter((name) => name === "CreateTable")).toHaveLength(1)
    expect(await fresh.find({}).toArray()).toEqual([{ _id: "b" }])
  })

  describe("unique values", () => {
    const users = () => store.collection(Users)

    test("of many writers of one value one wins", async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 12 }, (_, n) => users().insertOne({ _id: `u${n}`, email: "same" })),
      )
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
      const reasons = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []))
      for (const reason of reasons)
        expect(reason).toMatchObject({
          code: "already-exists",
          details: { index: "email_1", paths: ["email"] },
        })
      expect(await users().count({})).toBe(1)
    })

    test("a value is free again behind every path that gives it back", async () => {
      const take = (_id: string) => users().insertOne({ _id, email: "e" })
      await take("insert")
      await users().updateOne({ _id: "insert" }, { $set: { email: "f" } })
      await take("update")
      await users().replaceOne({ _id: "update" }, { email: "g" })
      await take("replace")
      await users().updateOne({ _id: "replace" }, { $unset: { email: true } })
      await take("unset")
      await users().deleteOne({ _id: "unset" })
      await take("delete")
      await users().findOneAndDelete({ _id: "delete" })
      await take("findOneAndDelete")
      await users().deleteMany({ email: "e" })
      await take("deleteMany")
      await users().bulkWrite([
        { deleteOne: { filter: { _id: "deleteMany" } } },
        { insertOne: { document: { _id: "bulk", email: "e" } } },
      ])
      await users().updateOne({ _id: "upsert" }, { $set: { email: "h" } }, { upsert: true })
      await expect(users().updateOne({ _id: "upsert" }, { $set: { email: "e" } })).rejects.toMatchObject({
        code: "already-exists",
      })
      expect(await users().count({ email: "e" })).toBe(1)
    })

    test("a document that DynamoDB's own sweep removed holds nothing", async () => {
      await users().insertOne({ _id: "swept", email: "e" })
      const Key = { _nosql_pk: { S: "d#swept" } }
      await watched.client.send(new DeleteItemCommand({ TableName: `${tablePrefix}users`, Key }))
      await users().insertOne({ _id: "next", email: "e" })
      await expect(users().insertOne({ _id: "third", email: "e" })).rejects.toMatchObject({
        code: "already-exists",
      })
    })
  })
})
