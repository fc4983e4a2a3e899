import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb"
import { type Collection, connect, type Document, type DocumentStore, defineCollection } from "@nosql/core"
import { backfillIndexes, dynamodb } from "@nosql/driver-dynamodb"
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest"
import type { Attributes } from "../src/value-codec.ts"
import { type MeddledClient, meddledClient } from "./meddled-client.ts"

const endpoint = inject("dynamodbEndpoint")
const tablePrefix = `others-${process.pid}-`
const Things = defineCollection<Document>("things", {
  indexes: [{ keys: { kind: 1 } }, { keys: { email: 1 }, unique: true }],
})
const Plain = defineCollection<Document>("plain", {})

/** Documents that another program put into a table of ours, without a revision or a place in an index. */
describe.skipIf(endpoint === "")("items that others wrote", () => {
  let watched: MeddledClient
  let raw: DynamoDBClient
  let store: DocumentStore
  let things: Collection<Document>
  let plain: Collection<Document>
  const keyOf = (id: string) => ({ _nosql_pk: { S: `d#${id}` } })
  const put = (table: string, id: string, fields: Attributes) =>
    raw.send(
      new PutItemCommand({
        TableName: tablePrefix + table,
        Item: { ...keyOf(id), _id: { S: id }, ...fields },
      }),
    )
  const item = async (table: string, id: string) =>
    (await raw.send(new GetItemCommand({ TableName: tablePrefix + table, Key: keyOf(id) }))).Item
  /** Another program is quicker, once, than the driver's next write. */
  const overtake = (table: string, id: string, expression: string, values: Attributes) => {
    let done = false
    watched.meddle(async ({ name }, send) => {
      if (!done && /^(UpdateItem|PutItem|DeleteItem|TransactWriteItems)$/.test(name)) {
        done = true
        await raw.send(
          new UpdateItemCommand({
            TableName: tablePrefix + table,
            Key: keyOf(id),
            UpdateExpression: expression,
            ExpressionAttributeValues: values,
          }),
        )
      }
      return send()
    })
  }

  beforeAll(async () => {
    watched = meddledClient(endpoint)
    raw = meddledClient(endpoint).client
    store = await connect(dynamodb({ client: watched.client, tablePrefix }), { scans: "allow" })
    things = store.collection(Things)
    plain = store.collection(Plain)
    await things.createCollection()
    await plain.createCollection()
  })
  beforeEach(async () => {
    watched.reset()
    const fields: Attributes = {
      n: { N: "1" },
      list: { L: [{ N: "1" }] },
      set: { NS: ["1", "2"] },
      map: { M: { a: { BOOL: true } } },
      bytes: { B: new Uint8Array([1, 2]) },
      none: { NULL: true },
    }
    await put("things", "a", { ...fields, email: { S: "a@x" } })
    await put("plain", "a", fields)
  })
  afterAll(async () => {
    for (const name of (await store?.listCollections()) ?? []) await store.dropCollection(name)
    await store?.close()
    watched?.client.destroy()
    raw?.destroy()
  })

  test.each(["things", "plain"])(
    "in %s: an update that is read and applied writes what differs",
    async (name) => {
      const collection = name === "things" ? things : plain
      expect(
        await collection.updateOne({ _id: "a" }, { $mul: { n: 6 }, $unset: { none: true } }),
      ).toMatchObject({
        modified: 1,
      })
      const after = await item(name, "a")
      expect(after).toMatchObject({
        n: { N: "6" },
        map: { M: { a: { BOOL: true } } },
        _nosql_rev: { N: expect.anything() },
      })
      expect(after).not.toHaveProperty("none")
    },
  )

  test("its place in the indexes comes with the first write, and its unique value", async () => {
    await things.updateOne({ _id: "a" }, { $set: { email: "new@x" }, $mul: { n: 2 } })
    expect(await things.findOne({ email: "new@x" })).toMatchObject({ _id: "a", n: 2 })
    await expect(things.insertOne({ email: "new@x" })).rejects.toMatchObject({ code: "already-exists" })
    await things.deleteOne({ _id: "a" })
    expect(await item("things", "a")).toBeUndefined()
  })

  test.each<[string, (things: Collection<Document>) => Promise<unknown>]>([
    ["by its _id", (things) => things.updateOne({ _id: "a" }, { $inc: { n: 1 } })],
    ["by its _id and more", (things) => things.updateOne({ _id: "a", n: 1 }, { $inc: { n: 1 } })],
    ["found and given back", (things) => things.findOneAndUpdate({ _id: "a" }, { $inc: { n: 1 } })],
    ["of all that match", (things) => things.updateMany({ n: 1 }, { $inc: { n: 1 } })],
    ["as a whole", (things) => things.replaceOne({ _id: "a" }, { n: 2, kind: "k", email: "a@x" })],
  ])("so they do with a write of another field: %s", async (_, write) => {
    await put("things", "a", { n: { N: "1" }, kind: { S: "k" }, email: { S: "a@x" } })
    await write(things)
    expect(await things.find({ kind: "k" }).toArray()).toEqual([{ _id: "a", n: 2, kind: "k", email: "a@x" }])
    await expect(things.insertOne({ email: "a@x" })).rejects.toMatchObject({ code: "already-exists" })
    watched.reset()
    expect(await things.updateOne({ _id: "a" }, { $inc: { n: 1 } })).toMatchObject({ modified: 1 })
    expect(watched.sent).toEqual(["UpdateItem"])
    await things.deleteOne({ _id: "a" })
  })

  test("one whose unique value another document holds by now is not written", async () => {
    await things.deleteOne({ _id: "a" })
    await things.insertOne({ _id: "holder", email: "twice@x" })
    await put("things", "a", { n: { N: "1" }, email: { S: "twice@x" } })
    await expect(things.updateOne({ _id: "a" }, { $inc: { n: 1 } })).rejects.toMatchObject({
      code: "already-exists",
      details: { index: "email_1" },
    })
    await things.updateOne({ _id: "a" }, { $set: { email: "own@x" } })
    expect(await things.findOne({ email: "twice@x" })).toMatchObject({ _id: "holder" })
    await expect(things.insertOne({ email: "twice@x" })).rejects.toMatchObject({ code: "already-exists" })
    await things.deleteMany({})
  })

  test("what the filter does not match is left as it is", async () => {
    expect(await things.updateOne({ _id: "a", n: 5 }, { $inc: { n: 1 } })).toMatchObject({ matched: 0 })
    expect(await item("things", "a")).not.toHaveProperty("_nosql_rev")
  })

  test("replaced and removed as they were read", async () => {
    await plain.updateOne({ n: 1 }, { $mul: { n: 2 } })
    await put("plain", "b", { n: { N: "5" } })
    expect(await plain.replaceOne({ n: 5 }, { m: 1 })).toMatchObject({ modified: 1 })
    expect(await plain.get("b")).toEqual({ _id: "b", m: 1 })
    await put("plain", "b", { n: { N: "5" } })
    expect(await plain.deleteMany({ n: 5 })).toEqual({ deleted: 1 })
    expect(await plain.get("b")).toBeNull()
  })

  test("a race that is lost is run again on what stands there then", async () => {
    overtake("plain", "a", "SET n = :n", { ":n": { N: "10" } })
    expect(await plain.updateOne({ _id: "a" }, { $mul: { n: 2 } })).toMatchObject({ modified: 1 })
    expect(watched.sent).toEqual(["GetItem", "UpdateItem", "GetItem", "UpdateItem"])
    expect(await plain.get("a")).toMatchObject({ n: 20 })
  })

  test("a field that would be added and is there by now is a lost race, too", async () => {
    overtake("plain", "a", "SET added = :n", { ":n": { N: "10" } })
    await plain.updateOne({ _id: "a" }, { $mul: { n: 2, added: 2 } })
    expect(await plain.get("a")).toMatchObject({ n: 2, added: 20 })
  })

  test("a field that nobody knew of stays", async () => {
    overtake("plain", "a", "SET unseen = :n", { ":n": { N: "10" } })
    await plain.updateOne({ _id: "a" }, { $mul: { n: 2 } })
    expect(await plain.get("a")).toMatchObject({ n: 2, unseen: 10 })
  })

  test("what no longer matches is not removed", async () => {
    overtake("plain", "a", "SET n = :n", { ":n": { N: "10" } })
    expect(await plain.deleteMany({ n: 1 })).toEqual({ deleted: 0 })
    expect(await plain.get("a")).toMatchObject({ n: 10 })
  })

  test("a backfill gives it its place in an index", async () => {
    const name = "later"
    const Later = defineCollection<Document>(name, { indexes: [{ keys: { kind: 1 } }] })
    await store.collection(name).createCollection()
    await put(name, "a", { kind: { S: "x" } })
    // Under `auto` it runs the first pass itself.
    await store.collection(Later).ensureIndexes()
    const { _nosql_rev, _nosql_kind_1_h } = (await item(name, "a")) ?? {}
    expect([_nosql_rev?.N, _nosql_kind_1_h?.B]).toEqual([expect.anything(), expect.anything()])
    expect(await backfillIndexes({ endpoint, tablePrefix }, name)).toMatchObject({ mended: 0 })
  })

  test("a backfill names the document that it cannot mend", async () => {
    const name = "refused"
    const Indexed = defineCollection<Document>(name, { indexes: [{ keys: { kind: 1 } }] })
    await store.collection(name).createCollection()
    await store.collection(Indexed).ensureIndexes()
    await put(name, "fits", { kind: { S: "x" } })
    await put(name, "long", { kind: { S: "x".repeat(3000) } })
    const run = backfillIndexes({ endpoint, tablePrefix }, name)
    await expect(run).rejects.toMatchObject({
      code: "invalid-argument",
      path: "kind",
      details: { id: "long" },
    })
    const fields = Array.from({ length: 200 }, (_, n) => [`f${n}`, { N: "1" }] as const)
    await put(name, "long", Object.fromEntries(fields))
    const wide = await backfillIndexes({ endpoint, tablePrefix }, name).catch((error: unknown) => error)
    expect(wide).toMatchObject({ code: "failed-precondition", details: { id: "long" } })
    await put(name, "long", {})
    expect(await backfillIndexes({ endpoint, tablePrefix }, name)).toMatchObject({ seen: 2 })
  })
})
