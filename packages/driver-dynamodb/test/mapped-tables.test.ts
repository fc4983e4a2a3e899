import {
  CreateTableCommand,
  DeleteTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb"
import { type Collection, connect, type Document, type DocumentStore, defineCollection } from "@nosql/core"
import { backfillIndexes, dynamodb } from "@nosql/driver-dynamodb"
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest"
import type { MappedTable } from "../src/mapped-table.ts"
import type { Attributes } from "../src/value-codec.ts"
import { requestLint } from "./linted-client.ts"
import { type MeddledClient, meddledClient, sdkError } from "./meddled-client.ts"
import { tableOfOthers } from "./table-of-others.ts"

const endpoint = inject("dynamodbEndpoint")
const Orders = `Orders-${process.pid}`
const Users = `Users-${process.pid}`
const Shop = `Shop-${process.pid}`
const shopTable: MappedTable = {
  table: Shop,
  partition: { name: "pk", type: "S" },
  sort: { name: "sk", type: "N" },
  indexes: [
    {
      name: "byStatus",
      kind: "global",
      partition: { name: "status", type: "S" },
      sort: { name: "at", type: "N" },
      projects: "all",
    },
    { name: "byOwner", kind: "global", partition: { name: "owner", type: "S" }, projects: ["title"] },
    {
      name: "byTotal",
      kind: "local",
      partition: { name: "pk", type: "S" },
      sort: { name: "total", type: "N" },
      projects: "all",
    },
  ],
}
let lint: (name: string, input: object) => void
const tables = {
  orders: { table: Orders, keys: { partition: "pk", sort: "sk" } },
  users: { table: Users, keys: { partition: "email" } },
  shop: {
    table: Shop,
    keys: { partition: "pk", sort: "sk" },
    indexes: {
      byStatus: { partition: "status", sort: "at" },
      byOwner: { partition: "owner" },
      byTotal: { partition: "pk", sort: "total" },
    },
  },
  noIndex: { table: Shop, keys: { partition: "pk", sort: "sk" }, indexes: { byKind: { partition: "kind" } } },
  wrongIndex: {
    table: Shop,
    keys: { partition: "pk", sort: "sk" },
    indexes: { byStatus: { partition: "at" } },
  },
  wrong: { table: Users, keys: { partition: "pk" } },
  nowhere: { table: `Nowhere-${process.pid}`, keys: { partition: "pk" } },
}

/** Tables that another program has made and goes on writing. */
describe.skipIf(endpoint === "")("mapped tables", () => {
  let watched: MeddledClient
  let raw: DynamoDBClient
  let store: DocumentStore
  let orders: Collection<Document>
  let users: Collection<Document>
  const put = (pk: string, sk: number, fields: Attributes = {}) =>
    raw.send(
      new PutItemCommand({ TableName: Orders, Item: { pk: { S: pk }, sk: { N: `${sk}` }, ...fields } }),
    )
  const item = async (pk: string, sk: number) =>
    (await raw.send(new GetItemCommand({ TableName: Orders, Key: { pk: { S: pk }, sk: { N: `${sk}` } } })))
      .Item

  beforeAll(async () => {
    watched = meddledClient(endpoint, (name, input) => lint(name, input))
    raw = meddledClient(endpoint).client
    const hash = (AttributeName: string) => ({ AttributeName, KeyType: "HASH" }) as const
    await raw.send(
      new CreateTableCommand({
        TableName: Orders,
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [hash("pk"), { AttributeName: "sk", KeyType: "RANGE" }],
        AttributeDefinitions: [
          { AttributeName: "pk", AttributeType: "S" },
          { AttributeName: "sk", AttributeType: "N" },
        ],
      }),
    )
    await raw.send(
      new CreateTableCommand({
        TableName: Users,
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [hash("email")],
        AttributeDefinitions: [{ AttributeName: "email", AttributeType: "S" }],
      }),
    )
    await raw.send(new CreateTableCommand(tableOfOthers(shopTable)))
    store = await connect(dynamodb({ client: watched.client, tablePrefix: "ignored-", tables }), {
      scans: "allow",
    })
    orders = store.collection("orders")
    users = store.collection("users")
    for (let n = 0; n < 25; n++) await put("many", n, { even: { BOOL: n % 2 === 0 } })
    await orders.count({})
  })
  beforeEach(async () => {
    await put("a|b", 1, { n: { N: "1" }, set: { SS: ["x", "y"] }, _id: { S: "another's" } })
    watched.reset()
  })
  afterAll(async () => {
    for (const TableName of [Orders, Users, Shop]) await raw?.send(new DeleteTableCommand({ TableName }))
    await store?.close()
    watched?.client.destroy()
    raw?.destroy()
  })

  test("get, getMany and queries go by the table's keys", async () => {
    expect(await orders.get("a\\|b|1")).toMatchObject({ _id: "a\\|b|1", pk: "a|b", sk: 1, n: 1 })
    expect(await orders.findOne({ pk: "many", sk: 3 })).toEqual({
      _id: "many|3",
      pk: "many",
      sk: 3,
      even: false,
    })
    expect(
      (await orders.getMany(["many|2", "none", "many|1"])).map((found) => found?.["sk"] ?? null),
    ).toEqual([2, null, 1])
    const filter = { pk: "many", sk: { $gte: 3, $lt: 9 }, even: true }
    const found = await orders.find(filter, { sort: { sk: -1 } }).toArray()
    expect(found.map(({ sk }) => sk)).toEqual([8, 6, 4])
    expect(await orders.count({ pk: "many", even: true })).toBe(13)
    expect(watched.sent).toEqual(["GetItem", "GetItem", "BatchGetItem", "Query", "Query"])
    expect(await orders.find({ pk: "many", sk: 2 }, { projection: { even: 1 } }).toArray()).toEqual([
      { _id: "many|2", even: true },
    ])
    expect(await orders.find({ _id: { $gt: "many|9" } }).toArray()).toEqual([])
    expect(await orders.find({ even: { $exists: false } }).toArray()).toHaveLength(1)
  })

  test.each<[string, Document, Record<string, 1 | -1> | undefined]>([
    ["of a partition", { pk: "many" }, undefined],
    ["of a partition, backwards", { pk: "many" }, { sk: -1 }],
    ["of a part of it", { pk: "many", sk: { $gte: 5 } }, { sk: 1 }],
    ["of the table", {}, undefined],
    ["of ids", { _id: { $in: ["many|1", "many|2", "many|3", "many|4", "many|5"] } }, undefined],
  ])("pages %s go on where they ended", async (_, filter, sort) => {
    const seen: unknown[] = []
    let after: string | null | undefined
    do {
      const page = await orders.page(filter, {
        size: 4,
        ...(sort === undefined ? {} : { sort }),
        ...(typeof after === "string" ? { after } : {}),
      })
      seen.push(...page.items.map(({ _id }) => _id))
      after = page.next
    } while (typeof after === "string")
    expect(new Set(seen).size).toBe(seen.length)
    expect([...seen].sort()).toEqual(
      (await orders.find(filter).toArray()).map(({ _id }) => _id as string).sort(),
    )
  })

  test("an insert makes its _id of the keys, adds nothing, and overwrites nothing", async () => {
    expect(await orders.insertOne({ pk: "new", sk: 7, at: 5 })).toBe("new|7")
    expect(await item("new", 7)).toEqual({ pk: { S: "new" }, sk: { N: "7" }, at: { N: "5" } })
    await expect(orders.insertOne({ pk: "new", sk: 7 })).rejects.toMatchObject({ code: "already-exists" })
    expect(
      await orders.insertMany([
        { pk: "new", sk: 8 },
        { _id: "new|9", pk: "new", sk: 9 },
      ]),
    ).toEqual({ ids: ["new|8", "new|9"] })
    expect(await users.insertOne({ email: "a@x" })).toBe("a@x")
    expect(await orders.deleteMany({ pk: "new" })).toEqual({ deleted: 3 })
  })

  test.each<[string, Document, string]>([
    ["a key is missing", { pk: "a" }, "sk"],
    ["a key has another kind", { pk: "a", sk: "1" }, "sk"],
    ["the _id says another key", { _id: "a|2", pk: "a", sk: 1 }, "_id"],
    ["there is a date in it", { pk: "a", sk: 1, x: { at: new Date(0) } }, "x.at"],
  ])("an insert is refused where %s", async (_, document, path) => {
    await expect(orders.insertOne(document)).rejects.toMatchObject({ code: "invalid-argument", path })
    expect(watched.sent).toEqual([])
  })

  test("an update is conditioned on what was read, and writes what differs", async () => {
    expect(await orders.updateOne({ _id: "a\\|b|1" }, { $inc: { n: 1 }, $set: { more: [1] } })).toMatchObject(
      { modified: 1 },
    )
    expect(watched.inputs.at(-1)).toEqual({
      TableName: Orders,
      Key: { pk: { S: "a|b" }, sk: { N: "1" } },
      ConditionExpression: expect.stringContaining("attribute_not_exists"),
      UpdateExpression: expect.stringMatching(/^SET #\d = :\d, #\d = :\d$/),
      ExpressionAttributeNames: expect.anything(),
      ExpressionAttributeValues: expect.anything(),
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    })
    expect(await item("a|b", 1)).toEqual({
      pk: { S: "a|b" },
      sk: { N: "1" },
      _id: { S: "another's" },
      n: { N: "2" },
      set: { SS: ["x", "y"] },
      more: { L: [{ N: "1" }] },
    })
  })

  test("a lost race is run again", async () => {
    let quicker = 0
    watched.meddle(async ({ name }, send) => {
      if (name === "UpdateItem" && quicker++ === 0)
        await raw.send(
          new UpdateItemCommand({
            TableName: Orders,
            Key: { pk: { S: "a|b" }, sk: { N: "1" } },
            UpdateExpression: "SET n = :n",
            ExpressionAttributeValues: { ":n": { N: "10" } },
          }),
        )
      return send()
    })
    await orders.updateOne({ pk: "a|b", sk: 1 }, { $inc: { n: 1 } })
    expect((await item("a|b", 1))?.["n"]).toEqual({ N: "11" })
    expect(quicker).toBe(2)
  })

  test("a write whose answer was lost is known again by what stands there", async () => {
    let lost = 0
    watched.meddle(async ({ name }, send) => {
      const output = await send()
      if (/^(Update|Put)Item$/.test(name) && lost++ === 0) throw sdkError("TimeoutError")
      return output
    })
    await orders.insertOne({ pk: "lost", sk: 1, n: 1 })
    lost = 0
    await orders.updateOne({ pk: "lost", sk: 1 }, { $inc: { n: 1 } })
    expect((await item("lost", 1))?.["n"]).toEqual({ N: "2" })
  })

  test("replaced and removed; keys cannot be changed", async () => {
    await orders.replaceOne({ pk: "a|b", sk: 1 }, { pk: "a|b", sk: 1, x: null })
    expect(await item("a|b", 1)).toEqual({
      pk: { S: "a|b" },
      sk: { N: "1" },
      _id: { S: "another's" },
      x: { NULL: true },
    })
    await expect(orders.updateOne({ pk: "a|b" }, { $set: { sk: 2 } })).rejects.toMatchObject({
      code: "invalid-argument",
      path: "sk",
    })
    await expect(orders.replaceOne({ pk: "a|b" }, { x: 1 })).rejects.toMatchObject({
      code: "invalid-argument",
      path: "pk",
    })
    expect(await orders.deleteOne({ pk: "a|b", x: null })).toEqual({ deleted: 1 })
    expect(await item("a|b", 1)).toBeUndefined()
  })

  test("an upsert inserts what has the keys", async () => {
    const { upsertedId } = await orders.updateOne({ pk: "up", sk: 1 }, { $set: { n: 1 } }, { upsert: true })
    expect(upsertedId).toBe("up|1")
    expect(await item("up", 1)).toEqual({ pk: { S: "up" }, sk: { N: "1" }, n: { N: "1" } })
  })

  test("the table is neither made, nor changed, nor dropped", async () => {
    const refused = { code: "failed-precondition", message: expect.stringContaining("another program's") }
    await expect(store.dropCollection("orders")).rejects.toMatchObject(refused)
    await expect(orders.createCollection()).rejects.toMatchObject(refused)
    const unique = defineCollection<Document>("orders", { indexes: [{ keys: { n: 1 }, unique: true }] })
    await expect(store.collection(unique).find({}).toArray()).rejects.toMatchObject(refused)
    const ttl = defineCollection<Document>("orders", { ttl: { field: "at" } })
    await expect(store.collection(ttl).insertOne({ pk: "a", sk: 1 })).rejects.toMatchObject(refused)
    const plain = defineCollection<Document>("orders", { indexes: [{ keys: { n: 1 } }] })
    expect(await store.collection(plain).find({ n: 1 }).toArray()).toHaveLength(2)
    await expect(backfillIndexes({ client: raw, tables }, "orders")).rejects.toMatchObject(refused)
    expect(await store.listCollections()).toEqual(expect.arrayContaining(["orders"]))
    expect(watched.sent.filter((name) => /Create|UpdateT|Delete/.test(name))).toEqual([])
  })

  test("a table with other keys, or none, is told before anything is done", async () => {
    await expect(store.collection("wrong").get("x")).rejects.toMatchObject({
      code: "failed-precondition",
      message: expect.stringContaining('{"partition":"email"}'),
    })
    await expect(store.collection("nowhere").insertOne({ pk: "x" })).rejects.toMatchObject({
      code: "failed-precondition",
      message: expect.stringContaining("is not there"),
    })
  })

  describe("by the table's own indexes", () => {
    let shop: Collection<Document>
    const documents = Array.from({ length: 30 }, (_, i) => ({
      pk: `p${i % 3}`,
      sk: i,
      status: i % 2 === 0 ? "new" : "old",
      ...(i % 10 === 9 ? {} : { at: Math.floor(i / 4) }),
      owner: `o${i % 5}`,
      title: `t${i}`,
      total: 100 - i,
    }))
    const idsOf = (found: readonly Document[]) => found.map(({ _id }) => _id)
    const wanted = (is: (document: Document) => boolean) =>
      documents.filter(is).map(({ pk, sk }) => `${pk}|${sk}`)

    beforeAll(async () => {
      shop = store.collection("shop")
      await shop.insertMany(documents)
    })

    test("the index that the filter names is queried, in its order, and what lacks its key is not looked for in it", async () => {
      watched.reset()
      const found = await shop
        .find({ status: "new", at: { $gte: 2, $lte: 5 } }, { sort: { at: -1 } })
        .toArray()
      expect(watched.inputs.map((input) => input["IndexName"])).toEqual(["byStatus"])
      expect(found.map(({ at }) => at)).toEqual([5, 5, 4, 4, 3, 3, 2, 2])
      expect(await shop.count({ status: "new", at: { $exists: true } })).toBe(15)
      expect(watched.sent).toEqual(["Query", "Query"])
      const old = await shop.find({ status: "old" }).toArray()
      expect(idsOf(old).sort()).toEqual(wanted(({ status }) => status === "old").sort())
      expect(watched.sent.at(-1)).toBe("Scan")
    })

    test.each<[string, Document, Record<string, 1 | -1> | undefined, string[]]>([
      ["an index", { status: "new", at: { $gt: 0 } }, { at: 1 }, ["Query"]],
      ["an index, backwards", { status: "new", at: { $gt: 0, $lt: 6 } }, { at: -1 }, ["Query"]],
      ["an index without a sort", { status: "new", at: { $exists: true } }, undefined, ["Query"]],
      [
        "several partitions of it",
        { status: { $in: ["new", "old"] }, at: { $gte: 1 } },
        { at: 1 },
        ["Query"],
      ],
      ["several partitions of the table", { pk: { $in: ["p0", "p2"] } }, { sk: -1 }, ["Query"]],
      ["a local index", { pk: "p1" }, { total: 1 }, ["Query", "Scan"]],
      ["a local index that holds all", { pk: "p1", total: { $gt: 0 } }, { total: 1 }, ["Query"]],
      ["alternatives", { $or: [{ pk: "p1" }, { status: "new", at: 3 }] }, { sk: 1 }, ["Query"]],
    ])("pages by %s hold everything once, in order", async (_, filter, sort, requests) => {
      const all = await store
        .collection("shop")
        .find(filter, sort === undefined ? {} : { sort })
        .toArray()
      watched.reset()
      const seen: Document[] = []
      let after: string | null | undefined
      do {
        const page = await shop.page(filter, {
          size: 3,
          ...(sort === undefined ? {} : { sort }),
          ...(typeof after === "string" ? { after } : {}),
        })
        seen.push(...page.items)
        after = page.next
      } while (typeof after === "string")
      expect(requests).toEqual(expect.arrayContaining([...new Set(watched.sent)]))
      expect(idsOf(seen).sort()).toEqual(idsOf(all).sort())
      for (const [path, direction] of Object.entries(sort ?? {})) {
        const values = seen.map((document) => document[path] as number)
        expect(values).toEqual([...values].sort((a, b) => (a - b) * direction))
      }
    })

    test("ties of the index's key come by _id", async () => {
      const { items } = await shop.page({ status: "new", at: { $gte: 1 } }, { size: 4, sort: { at: 1 } })
      expect(items.map(({ at, _id }) => [at, _id])).toEqual([
        [1, "p0|6"],
        [1, "p1|4"],
        [2, "p1|10"],
        [2, "p2|8"],
      ])
    })

    test("one that projects some attributes serves what needs no other", async () => {
      watched.reset()
      const found = await shop.find({ owner: "o1" }, { projection: { title: 1 } }).toArray()
      expect(found.map(({ title }) => title).sort()).toEqual(["t1", "t11", "t16", "t21", "t26", "t6"])
      expect(Object.keys(found[0] ?? {}).sort()).toEqual(["_id", "title"])
      expect(watched.inputs.map((input) => input["IndexName"])).toEqual(["byOwner"])
      expect(
        await shop.find({ owner: "o1", total: { $gt: 90 } }, { projection: { title: 1 } }).toArray(),
      ).toHaveLength(2)
      expect(watched.sent.at(-1)).toBe("Scan")
    })

    test("what is found by an index is written on what the table holds", async () => {
      watched.reset()
      expect(await shop.updateMany({ status: "new", at: 7 }, { $set: { status: "old" } })).toEqual({
        matched: 1,
        modified: 1,
      })
      expect(watched.sent).toEqual(["Query", "UpdateItem"])
      expect(
        await shop.updateOne({ status: "old", at: 7, sk: 28 }, { $set: { status: "new" } }),
      ).toMatchObject({
        modified: 1,
      })
    })

    test("a value that no index takes as a key is refused with its path", async () => {
      watched.reset()
      await expect(shop.insertOne({ pk: "x", sk: 1, status: null })).rejects.toMatchObject({
        code: "invalid-argument",
        path: "status",
      })
      await expect(shop.updateOne({ _id: "p0|0" }, { $set: { at: "late" } })).rejects.toMatchObject({
        code: "invalid-argument",
        path: "at",
      })
      expect(watched.sent).toEqual(["GetItem"])
    })

    test("they are listed; one that is not there, or has other keys, is told", async () => {
      expect((await shop.listIndexes()).map(({ name }) => name)).toEqual(["byStatus", "byOwner", "byTotal"])
      await expect(store.collection("noIndex").find({}).toArray()).rejects.toMatchObject({
        code: "failed-precondition",
        message: expect.stringContaining('has no index "byKind"'),
      })
      await expect(store.collection("wrongIndex").find({}).toArray()).rejects.toMatchObject({
        code: "failed-precondition",
        message: expect.stringContaining('{"partition":"status","sort":"at"}'),
      })
    })
  })
})
// Behind the cases, so that its test comes last.
lint = requestLint(endpoint, [
  { table: Orders, partition: { name: "pk", type: "S" }, sort: { name: "sk", type: "N" }, indexes: [] },
  { table: Users, partition: { name: "email", type: "S" }, indexes: [] },
  shopTable,
])
