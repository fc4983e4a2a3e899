import type { Value } from "@nosql/contracts"
import {
  and,
  compare,
  type FilterNode,
  isIn,
  matchAll,
  matchNone,
  mod,
  not,
  or,
  type Query,
  queryOf,
  startsWith,
} from "@nosql/core/driver"
import { describe, expect, test } from "vitest"
import { indexOf, keysOf, stateOf, things } from "../test/indexes.ts"
import { lintRequest } from "../test/lint-request.ts"
import type { DynamoRead, PagesRead } from "./dynamo-read.ts"
import { encodeKind, encodePart, encodePrefix, encodeTuple } from "./encode-tuple.ts"
import { partitionKey, shardKey, uniqueKeyOf } from "./index-key.ts"
import { bytesBehind } from "./key-bytes.ts"
import { pageOrder, planCount, planQuery } from "./plan-query.ts"
import { missingTable } from "./table-state.ts"

const byStatus = indexOf("status_1_at_-1", "status at- _id-")
const byEmail = indexOf("email_1", "email", { unique: true })
const byTime = indexOf("at_1", "at _id", { hash: [], shards: 2 })
const state = stateOf(byStatus, byEmail, byTime)
const eq = (path: string, value: Value) => compare("eq", path.split("."), value)

function planOf(filter: FilterNode, options: Omit<Partial<Query>, "filter"> = {}, known = state) {
  const plan = planQuery(things, queryOf(filter, options), known)
  for (const { operation, input } of pagesOf(plan.native)) lintRequest(operation, input)
  return plan
}

function pagesOf(read: DynamoRead): readonly PagesRead[] {
  if (read.kind === "several") return read.reads.flatMap(pagesOf)
  return read.kind === "pages" ? [read] : []
}

describe("a limit that no page reaches", () => {
  test.each<[string, FilterNode, Omit<Partial<Query>, "filter">]>([
    ["a scan", matchAll, {}],
    ["a filtered scan", eq("c", 1), {}],
    ["an index", eq("status", "a"), {}],
    [
      "an index in order, from a position on",
      eq("status", "a"),
      { sort: keysOf("at- _id-"), after: [1, "a"] },
    ],
    ["shards", compare("gt", ["at"], 1), { sort: keysOf("at") }],
  ])("is not sent: %s", (_, filter, options) => {
    for (const limit of [1024 * 1024 + 1, 3e9, Number.MAX_SAFE_INTEGER]) {
      const { native } = planOf(filter, { ...options, skip: 5, limit })
      for (const { input } of pagesOf(native)) expect(input).not.toHaveProperty("Limit")
    }
    const small = pagesOf(planOf(filter, { ...options, limit: 1000 }).native)
    for (const { input } of small) expect(input.Limit).toBeGreaterThanOrEqual(1000)
  })
})

describe("by the table's key", () => {
  test("an _id is one GetItem, and strong", () => {
    expect(planOf(eq("_id", "a"))).toEqual({
      access: "key",
      native: {
        kind: "item",
        input: { TableName: "t", Key: { _nosql_pk: { S: "d#a" } }, ConsistentRead: true },
      },
      remaining: {},
      reasons: ["_id is given: one GetItem, strong, 1 read unit for 4 KB of each document"],
    })
  })

  test("what else the filter asks is core's, and so is what comes behind it", () => {
    const projection = { kind: "include", paths: [["b"]], id: true } as const
    expect(planOf(and([eq("_id", "a"), eq("c.d", 1)]), { skip: 1, limit: 2, projection })).toMatchObject({
      native: {
        input: {
          ProjectionExpression: "#0, #1, #2",
          ExpressionAttributeNames: { "#0": "_id", "#1": "b", "#2": "c" },
        },
      },
      remaining: { filter: eq("c.d", 1), skip: 1, limit: 2, projection },
    })
  })

  test("eventual reads cost half", () => {
    const { native, reasons } = planOf(eq("_id", "a"), { consistency: "eventual" })
    expect(native).toMatchObject({ input: { ConsistentRead: false } })
    expect(reasons.join()).toContain("half a read unit")
  })

  test("several _ids are BatchGetItem; a sort by _id and a position in it are done by the ids", () => {
    expect(planOf(isIn(["_id"], ["b", "a", "c"]), { sort: keysOf("_id-"), after: ["c"] })).toEqual({
      access: "key",
      native: { kind: "items", table: "t", ids: ["b", "a"], options: { ConsistentRead: true } },
      remaining: {},
      reasons: ["2 _ids are given: BatchGetItem, 1 request, strong, 1 read unit for 4 KB of each document"],
    })
  })

  test("a sort by _id goes by code point", () => {
    const ids = ["\u{1F600}", "\uFF5E", "z"]
    expect(planOf(isIn(["_id"], ids), { sort: keysOf("_id") }).native).toMatchObject({
      ids: ["z", "\uFF5E", "\u{1F600}"],
    })
  })

  test("another sort is left, with what comes behind it", () => {
    const sort = keysOf("b _id")
    expect(planOf(isIn(["_id"], ["b", "a"]), { sort, after: [1, "x"], limit: 5 }).remaining).toEqual({
      sort,
      after: [1, "x"],
      limit: 5,
    })
  })

  test("what no document can have as _id is not asked for", () => {
    expect(planOf(isIn(["_id"], ["", "x".repeat(513)])).native).toEqual({ kind: "none" })
    expect(planOf(matchNone).native).toEqual({ kind: "none" })
  })
})

const query = { TableName: "t", IndexName: "status_1_at_-1" }
const hash = { "#0": "_nosql_status_1_at_-1_h" }
const both = { ...hash, "#1": "_nosql_status_1_at_-1_r" }
const newOnes = { ":0": { B: partitionKey(["new"]) } }

describe("by an index", () => {
  test("an equality is one Query, eventual, in the index's order", () => {
    expect(planOf(eq("status", "new"), { sort: keysOf("at- _id-"), limit: 20 })).toEqual({
      access: "index",
      index: "status_1_at_-1",
      eventual: true,
      native: {
        kind: "pages",
        operation: "Query",
        input: {
          ...query,
          KeyConditionExpression: "#0 = :0",
          ExpressionAttributeNames: hash,
          ExpressionAttributeValues: newOnes,
          Limit: 20,
        },
        filtered: false,
        take: 20,
      },
      remaining: { limit: 20 },
      reasons: ['index "status_1_at_-1" serves the query: 1 Query, eventual, half a read unit for 4 KB read'],
    })
  })

  test.each<[string, FilterNode, string, object]>([
    [
      "a range",
      compare("gt", ["at"], 5),
      "#0 = :0 AND #1 BETWEEN :1 AND :2",
      { ":1": { B: encodeKind("number", -1) }, ":2": { B: encodePart(5, -1) } },
    ],
    [
      "a prefix",
      startsWith(["at"], "x"),
      "#0 = :0 AND begins_with(#1, :1)",
      { ":1": { B: encodePrefix("x", -1) } },
    ],
    ["a second equality", eq("at", 5), "#0 = :0 AND begins_with(#1, :1)", { ":1": { B: encodePart(5, -1) } }],
    [
      "two ranges",
      and([compare("gte", ["at"], 1), compare("lt", ["at"], 5)]),
      "#0 = :0 AND #1 BETWEEN :1 AND :2",
      { ":1": { B: bytesBehind(encodePart(5, -1)) }, ":2": { B: bytesBehind(encodePart(1, -1)) } },
    ],
  ])("%s on the next key is part of the key condition", (_, filter, KeyConditionExpression, values) => {
    const { native, remaining } = planOf(
      and([eq("status", "new"), ...(filter.kind === "and" ? filter.filters : [filter])]),
    )
    expect(native).toMatchObject({
      input: {
        KeyConditionExpression,
        ExpressionAttributeNames: both,
        ExpressionAttributeValues: { ...newOnes, ...values },
      },
    })
    expect(native).not.toHaveProperty("input.FilterExpression")
    expect(remaining).toEqual({})
  })

  test("the other way round it is read backwards", () => {
    expect(planOf(eq("status", "new"), { sort: keysOf("at") }).native).toMatchObject({
      input: { ScanIndexForward: false },
    })
  })

  test("a page goes on behind its position, by the key condition", () => {
    const { native, remaining } = planOf(eq("status", "new"), { sort: keysOf("at- _id-"), after: [5, "x"] })
    expect(native).toMatchObject({
      input: {
        KeyConditionExpression: "#0 = :0 AND #1 >= :1",
        ExpressionAttributeValues: { ":1": { B: bytesBehind(encodeTuple([5, "x"], [-1, -1])) } },
      },
    })
    expect(remaining).toEqual({})
  })

  test("the rest of the filter is DynamoDB's as far as it goes; pages then begin small and grow", () => {
    const { native, remaining } = planOf(and([eq("status", "new"), eq("b", 1), mod(["c"], 2, 1)]), {
      limit: 3,
    })
    expect(native).toMatchObject({
      filtered: true,
      input: { FilterExpression: "#1 = :1 AND attribute_type(#2, :2)", Limit: 50 },
    })
    expect(native).not.toHaveProperty("take")
    expect(remaining).toEqual({ filter: mod(["c"], 2, 1), limit: 3 })
  })

  test("another sort is left to core, and all is read", () => {
    const { native, remaining, reasons } = planOf(eq("status", "new"), { sort: keysOf("b"), limit: 3 })
    expect(native).not.toHaveProperty("input.Limit")
    expect(remaining).toEqual({ sort: keysOf("b"), limit: 3 })
    expect(reasons.join()).toContain("sorted in this process")
  })

  test("a projection goes down; core cuts off what is read for merging and below the top level", () => {
    const include = (...paths: string[]) =>
      ({ kind: "include", paths: paths.map((path) => path.split(".")), id: true }) as const
    const options = (...paths: string[]) => ({ sort: keysOf("at-"), projection: include(...paths) })
    const plan = planOf(eq("status", "new"), options("at", "b"))
    expect(plan.native).toMatchObject({
      input: {
        ProjectionExpression: "#1, #2, #3",
        ExpressionAttributeNames: { "#1": "_id", "#2": "at", "#3": "b" },
      },
    })
    expect(plan.remaining).toEqual({})
    expect(planOf(eq("status", "new"), options("b")).remaining).toEqual({ projection: include("b") })
    expect(planOf(eq("status", "new"), options("at", "b.c")).remaining).toEqual({
      projection: include("at", "b.c"),
    })
    const exclude = { ...include("b"), kind: "exclude" } as const
    const excluded = planOf(eq("status", "new"), { projection: exclude })
    expect(excluded.native).not.toHaveProperty("input.ProjectionExpression")
    expect(excluded.remaining).toEqual({ projection: exclude })
  })

  test("$in is a Query for each value, merged in order", () => {
    const { native } = planOf(isIn(["status"], ["new", "old"]), { sort: keysOf("at- _id-"), limit: 3 })
    expect(native).toMatchObject({
      kind: "several",
      overlapping: false,
      sort: keysOf("at- _id-"),
      take: 3,
      reads: [{}, {}],
    })
  })

  test("a whole collection in order is a Query for each shard", () => {
    const { native, index } = planOf(matchAll, { sort: keysOf("at _id"), limit: 10 })
    expect(index).toBe("at_1")
    const hashes = pagesOf(native).map(({ input }) => input.ExpressionAttributeValues?.[":0"])
    expect(hashes).toEqual([{ B: shardKey(0) }, { B: shardKey(1) }])
  })

  test("too many values for as many queries are a scan", () => {
    const many = isIn(
      ["status"],
      Array.from({ length: 101 }, (_, i) => `s${i}`),
    )
    expect(planOf(many).access).toBe("scan")
  })

  test("a bound that no key is as long as is cut", () => {
    const { native } = planOf(and([eq("status", "new"), compare("lt", ["at"], "x".repeat(5000))]))
    expect(native).toMatchObject({ input: { ExpressionAttributeValues: { ":1": { B: { length: 1024 } } } } })
    expect(planOf(eq("status", "x".repeat(5000))).native).toEqual({ kind: "none" })
  })

  test("a hint chooses among indexes", () => {
    const filter = and([eq("status", "new"), eq("email", "x")])
    expect(planOf(filter).index).toBe("status_1_at_-1")
    expect(planOf(filter, { hint: "email_1" }).index).toBe("email_1")
    expect(planOf(filter, { hint: "other" })).toMatchObject({
      access: "scan",
      reasons: [expect.stringContaining('the hint "other"'), expect.anything()],
    })
  })

  test("whole objects have no place of their own: more is found, and the filter asks again", () => {
    const { native } = planOf(eq("status", { a: 1 }))
    expect(native).toMatchObject({
      input: { KeyConditionExpression: "#0 = :0", FilterExpression: "#1 = :1" },
    })
  })
})

describe("strongly", () => {
  test("a unique index's sentinels name the documents", () => {
    expect(planOf(and([eq("email", "x"), eq("b", 1)]), { consistency: "strong" })).toMatchObject({
      access: "index",
      index: "email_1",
      native: { kind: "owners", table: "t", sentinels: [uniqueKeyOf(["x"], byEmail)] },
      remaining: { filter: and([eq("email", "x"), eq("b", 1)]) },
    })
  })

  test("null may be missing, which has no sentinel; other indexes lag behind: the table is read", () => {
    expect(planOf(eq("email", null), { consistency: "strong" }).access).toBe("scan")
    expect(planOf(eq("status", "new"), { consistency: "strong" }).reasons[0]).toBe(
      'consistency "strong" avoids index "status_1_at_-1", which is read eventually',
    )
  })
})

describe("alternatives", () => {
  test("each by its own way, a document once", () => {
    const filter = or([eq("_id", "a"), and([eq("status", "new"), eq("b", 1)])])
    const plan = planOf(filter, { limit: 5 })
    expect(plan).toMatchObject({
      access: "index",
      eventual: true,
      native: {
        kind: "several",
        overlapping: true,
        sort: [],
        take: 5,
        reads: [{ kind: "item" }, { kind: "pages" }],
      },
      remaining: { limit: 5 },
    })
    expect(planCount(things, queryOf(filter), state)).toBeUndefined()
  })

  test("in a sort's order where each has it, else sorted by core", () => {
    const inOrder = or([eq("status", "new"), and([eq("status", "old"), eq("b", 1)])])
    expect(planOf(inOrder, { sort: keysOf("at- _id-") }).remaining).toEqual({})
    const other = planOf(inOrder, { sort: keysOf("b"), after: [1] })
    expect(other.remaining).toEqual({ sort: keysOf("b"), after: [1] })
    expect(other.native).toMatchObject({ sort: [] })
  })

  test("one that nothing serves makes it a scan", () => {
    expect(planOf(or([eq("status", "new"), eq("b", 1)])).access).toBe("scan")
  })
})

describe("a scan", () => {
  test("leaves out what is no document, and says which index mends it", () => {
    expect(planOf(and([eq("b", 1), compare("gt", ["c"], 2)]), { sort: keysOf("d-") })).toEqual({
      access: "scan",
      native: {
        kind: "pages",
        operation: "Scan",
        input: {
          TableName: "t",
          FilterExpression: "attribute_exists(#0) AND #1 = :0 AND #2 > :1",
          ExpressionAttributeNames: { "#0": "_id", "#1": "b", "#2": "c" },
          ExpressionAttributeValues: { ":0": { N: "1" }, ":1": { N: "2" } },
          ConsistentRead: true,
        },
        filtered: true,
      },
      remaining: { sort: keysOf("d-") },
      reasons: [
        'no ready index serves the query; declare { keys: { "b": 1, "d": -1, "c": 1 } }',
        "Scan, strong, 1 read unit for 4 KB of the whole table",
      ],
    })
  })

  test("a shard's first page is twice its share of the limit", () => {
    const spread = stateOf(indexOf("at_1", "at _id", { hash: [], shards: 8 }))
    const { native } = planOf(matchAll, { sort: keysOf("at"), limit: 20 }, spread)
    expect(pagesOf(native).map(({ input, take }) => [input.Limit, take])).toEqual(
      Array.from({ length: 8 }, () => [6, 20]),
    )
    const filtered = planOf(eq("x", 1), { sort: keysOf("at"), limit: 20 }, spread).native
    expect(pagesOf(filtered)[0]?.input.Limit).toBe(50)
  })

  test("without an equality the remedy is spread over shards", () => {
    expect(planOf(compare("gt", ["c"], 2)).reasons[0]).toContain(
      'declare { keys: { "c": 1 }, hash: [], shards: 8 }',
    )
    expect(planOf(not(eq("c", 2))).reasons[0]).toContain("no index can serve this query")
  })

  test("goes on behind an _id by the table's own position", () => {
    expect(planOf(eq("b", 1), { after: ["x"], limit: 4 })).toMatchObject({
      native: { input: { ExclusiveStartKey: { _nosql_pk: { S: "d#x" } }, Limit: 50 }, take: 4 },
      remaining: { limit: 4 },
    })
  })

  test("an index that is being built is not used", () => {
    const building = { ...stateOf(), maintained: [byStatus] }
    expect(planOf(eq("status", "x"), {}, building)).toMatchObject({
      access: "scan",
      reasons: ['index "status_1_at_-1" is being built and not yet ready', expect.anything()],
    })
  })

  test("where there is no table yet the plan is that of the declaration", () => {
    const declared = { ...things, indexes: [byStatus] }
    expect(planQuery(declared, queryOf(eq("status", "x")), missingTable("t")).index).toBe("status_1_at_-1")
  })
})

describe("counts", () => {
  test("are DynamoDB's own where it answers the whole filter", () => {
    expect(planCount(things, queryOf(eq("status", "new")), state)?.native).toMatchObject({
      input: { Select: "COUNT" },
    })
    expect(planCount(things, queryOf(isIn(["status"], ["a", "b"])), state)?.native).toMatchObject({
      reads: [{ input: { Select: "COUNT" } }, { input: { Select: "COUNT" } }],
    })
    expect(planCount(things, queryOf(eq("b", 1)), state)?.native).toMatchObject({
      operation: "Scan",
      input: { Select: "COUNT" },
    })
    expect(planCount(things, queryOf(mod(["b"], 2, 1)), state)).toBeUndefined()
    expect(planCount(things, queryOf(eq("_id", "a")), state)).toBeUndefined()
  })
})

describe("pageOrder", () => {
  test("is the index's behind what the filter fixes, by _id for ids, the table's own else", () => {
    expect(pageOrder(things, eq("status", "new"), state)).toEqual(keysOf("at- _id-"))
    expect(pageOrder(things, isIn(["_id"], ["a"]), state)).toEqual(keysOf("_id"))
    expect(pageOrder(things, or([eq("status", "new"), eq("_id", "b")]), state)).toEqual(keysOf("_id"))
    expect(pageOrder(things, eq("b", 1), state)).toEqual([])
  })
})
