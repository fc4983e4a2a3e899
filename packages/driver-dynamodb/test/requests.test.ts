import type { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import { type Collection, connect, type Document, type DocumentStore, defineCollection } from "@nosql/core"
import { dynamodb } from "@nosql/driver-dynamodb"
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest"
import { watchedClient } from "./watched-client.ts"

const endpoint = inject("dynamodbEndpoint")
const Things = defineCollection<Document>("things", {
  indexes: [
    { keys: { s: 1, n: -1 } },
    { keys: { email: 1 }, unique: true },
    { keys: { n: 1 }, hash: [], shards: 4 },
  ],
})

/** What really goes to the server: how many requests a read is, and of which kind. */
describe.skipIf(endpoint === "")("requests of reads on a real server", () => {
  const sent: { readonly name: string; readonly input: object }[] = []
  let client: DynamoDBClient
  let store: DocumentStore
  let things: Collection<Document>

  beforeAll(async () => {
    client = watchedClient(endpoint, (name, input) => sent.push({ name, input }))
    store = await connect(dynamodb({ client, tablePrefix: `requests-${process.pid}-` }), { scans: "allow" })
    things = store.collection(Things)
    await things.insertMany(
      Array.from({ length: 250 }, (_, i) => ({
        _id: `n${i}`,
        s: `s${i % 5}`,
        n: i,
        email: `${i}@x`,
        text: "x".repeat(100),
      })),
    )
  })
  beforeEach(() => {
    sent.length = 0
  })
  afterAll(async () => {
    await store?.dropCollection("things")
    await store?.close()
    client?.destroy()
  })
  const names = () => sent.map(({ name }) => name)

  test.each<[string, () => Promise<unknown>, string[]]>([
    ["get", () => things.get("n1"), ["GetItem"]],
    ["findOne by _id and more", () => things.findOne({ _id: "n1", s: "s1" }), ["GetItem"]],
    ["exists by _id", () => things.exists({ _id: "n1" }), ["GetItem"]],
    [
      "getMany of 100",
      () => things.getMany(Array.from({ length: 100 }, (_, i) => `n${i}`)),
      ["BatchGetItem"],
    ],
    [
      "getMany of 250",
      () => things.getMany(Array.from({ length: 250 }, (_, i) => `n${i}`)),
      ["BatchGetItem", "BatchGetItem", "BatchGetItem"],
    ],
    ["find by an index", () => things.find({ s: "s1" }).toArray(), ["Query"]],
    [
      "find by an index, in its order, with a limit",
      () => things.find({ s: "s1" }, { sort: { n: -1 }, limit: 5 }).toArray(),
      ["Query"],
    ],
    [
      "find by an index, the other way",
      () => things.find({ s: "s1", n: { $lt: 100 } }, { sort: { n: 1 }, limit: 5 }).toArray(),
      ["Query"],
    ],
    ["find by two values", () => things.find({ s: { $in: ["s1", "s2"] } }).toArray(), ["Query", "Query"]],
    ["a page by an index", () => things.query().where("s", "s1").sortBy("n").page({ size: 5 }), ["Query"]],
    [
      "a whole collection in order: a Query a shard",
      () => things.find({}, { sort: { n: 1 }, limit: 3 }).toArray(),
      ["Query", "Query", "Query", "Query"],
    ],
    ["count by an index", () => things.count({ s: "s1" }), ["Query"]],
    ["count of everything", () => things.count({}), ["Scan"]],
    ["a unique value, eventually", () => things.findOne({ email: "7@x" }), ["Query"]],
    [
      "a unique value, strongly",
      () => things.findOne({ email: "7@x" }, { consistency: "strong" }),
      ["GetItem", "GetItem"],
    ],
    ["find everything", () => things.find({}).toArray(), ["Scan"]],
    ["find some of everything", () => things.find({}, { limit: 5 }).toArray(), ["Scan"]],
    ["a page of everything", () => things.page({}, { size: 5 }), ["Scan"]],
    ["nothing", () => things.find({ s: { $in: [] } }).toArray(), []],
    ["no documents", () => things.find({}, { limit: 0 }).toArray(), []],
  ])("%s", async (_, run, expected) => {
    await run()
    expect(names()).toEqual(expected)
  })

  test("a plan that says key or index never scans", async () => {
    const filters = [
      { _id: "n1" },
      { s: "s1" },
      { s: "s1", n: { $gt: 5 } },
      { $or: [{ _id: "n1" }, { s: "s2", n: 2 }] },
      { n: { $gte: 240 } },
    ]
    for (const filter of filters) {
      const { access } = await things.explain(filter)
      await things.find(filter).toArray()
      expect(access).not.toBe("scan")
    }
    expect(names()).not.toContain("Scan")
  })

  test("pages are as large as what is wanted, and end", async () => {
    const seen: unknown[] = []
    let after: string | undefined
    do {
      const page = await things
        .query()
        .where("s", "s3")
        .sortBy("n")
        .page({ size: 20, ...(after === undefined ? {} : { after }) })
      seen.push(...page.items.map(({ n }) => n))
      after = page.next
    } while (after !== undefined)
    expect(seen).toEqual(Array.from({ length: 50 }, (_, i) => i * 5 + 3))
    expect(sent.map(({ input }) => (input as { Limit?: number }).Limit)).toEqual([21, 21, 21])
  })

  test("pages of everything by the table's own position give each document once", async () => {
    const seen = new Set<unknown>()
    let after: string | undefined
    let count = 0
    do {
      const page = await things.page(
        { n: { $gte: 10 } },
        { size: 40, ...(after === undefined ? {} : { after }) },
      )
      for (const { _id } of page.items) seen.add(_id)
      count += page.items.length
      after = page.next
    } while (after !== undefined)
    expect([count, seen.size]).toEqual([240, 240])
  })

  test("a projection is DynamoDB's at the top level", async () => {
    expect(await things.find({ s: "s1", n: 1 }, { projection: { n: 1 } }).toArray()).toEqual([
      { _id: "n1", n: 1 },
    ])
    expect(sent[0]?.input).toMatchObject({ ProjectionExpression: expect.any(String) })
  })

  test("explain with the server's sizes tells requests and prices, no values, and reads nothing", async () => {
    const { native: _, ...told } = await things.explain(
      { email: { $startsWith: "1" }, text: "secret" },
      { verbosity: "server" },
    )
    expect(names()).toEqual(["DescribeTable"])
    expect(told).toMatchObject({
      access: "scan",
      remaining: [],
      reasons: [
        expect.stringContaining('declare { keys: { "text": 1, "email": 1 } }'),
        expect.stringContaining("Scan, strong"),
      ],
      server: {
        requests: [
          {
            operation: "Scan",
            filter: 'attribute_exists("_id") AND begins_with("email", <S>) AND "text" = <S>',
            consistency: "strong",
          },
        ],
        cost: [
          "Scan: 1 read unit (strong) for each 4 KB of the whole table that is read, what the filter drops included; a page is 1 MB at most, 256 units",
        ],
        sizes: [
          {
            name: `requests-${process.pid}-things`,
            items: expect.any(Number),
            readUnits: expect.any(Number),
          },
        ],
      },
    })
    expect(JSON.stringify(told)).not.toContain("secret")
  })

  test("explain names the index, and its size", async () => {
    const { server } = await things.explain({ s: "s1" }, { verbosity: "server" })
    expect(server).toMatchObject({
      requests: [{ operation: "Query", index: "s_1_n_-1", consistency: "eventual" }],
      cost: [
        expect.stringContaining('0.5 read units (eventual) for each 4 KB of the part of index "s_1_n_-1"'),
      ],
      sizes: [{}, { name: "s_1_n_-1" }],
    })
  })
})
