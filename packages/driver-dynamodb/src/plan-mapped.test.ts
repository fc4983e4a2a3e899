import type { Value } from "@nosql/contracts"
import {
  and,
  type CollectionInfo,
  compare,
  exists,
  type FilterNode,
  fold,
  hasType,
  isIn,
  matchAll,
  mod,
  not,
  or,
  type Query,
  queryOf,
  startsWith,
} from "@nosql/core/driver"
import { describe, expect, test } from "vitest"
import { keysOf, things } from "../test/indexes.ts"
import { lintRequest } from "../test/lint-request.ts"
import type { DynamoRead, PagesRead } from "./dynamo-read.ts"
import type { MappedIndex, MappedTable } from "./mapped-table.ts"
import { mappedPageOrder, planMapped } from "./plan-mapped.ts"

const orders: MappedTable = {
  table: "Orders",
  partition: { name: "pk", type: "S" },
  sort: { name: "sk", type: "N" },
  indexes: [],
}
const byName: MappedTable = {
  table: "Names",
  partition: { name: "pk", type: "S" },
  sort: { name: "sk", type: "S" },
  indexes: [],
}
const users: MappedTable = { table: "Users", partition: { name: "id", type: "S" }, indexes: [] }
const eq = (path: string, value: Value) => compare("eq", [path], value)
function plan(
  filter: FilterNode,
  options: Omit<Partial<Query>, "filter"> = {},
  table = orders,
  collection = things,
) {
  const planned = planMapped(queryOf(filter, options), table, collection)
  for (const { operation, input } of pagesOf(planned.native)) lintRequest(operation, input, [table])
  return planned
}

function pagesOf(read: DynamoRead): readonly PagesRead[] {
  if (read.kind === "several") return read.reads.flatMap(pagesOf)
  if (read.kind === "settled") return [read.read]
  return read.kind === "pages" ? [read] : []
}

const input = (...args: Parameters<typeof plan>) => {
  const { native } = plan(...args)
  return "input" in native ? native.input : native
}
const inPartition = {
  TableName: "Orders",
  KeyConditionExpression: "#0 = :0",
  ExpressionAttributeNames: { "#0": "pk" },
  ExpressionAttributeValues: { ":0": { S: "a" } },
  ConsistentRead: true,
}

describe("planMapped", () => {
  test("an _id, or the whole key, is one GetItem", () => {
    const Key = { pk: { S: "a" }, sk: { N: "1" } }
    const expected = { TableName: "Orders", Key, ConsistentRead: true }
    expect(input(eq("_id", "a|1"))).toEqual(expected)
    expect(input(and([eq("pk", "a"), eq("sk", 1)]))).toEqual(expected)
    expect(input(eq("id", "x"), { consistency: "eventual" }, users)).toEqual({
      TableName: "Users",
      Key: { id: { S: "x" } },
      ConsistentRead: false,
    })
  })

  test("several are a BatchGetItem; ids of no document are left out", () => {
    expect(plan(isIn(["_id"], ["a|1", "a|01", "b|2"])).native).toEqual({
      kind: "items",
      table: "Orders",
      ids: ["a|1", "b|2"],
      options: { ConsistentRead: true },
    })
    expect(plan(and([eq("pk", "a"), isIn(["sk"], [1, 2, "x"])])).native).toMatchObject({
      ids: ["a|1", "a|2"],
    })
    expect(plan(eq("_id", "a")).native).toEqual({ kind: "none" })
  })

  test("an equality on the partition key is a Query", () => {
    expect(input(eq("pk", "a"))).toEqual(inPartition)
    expect(plan(eq("pk", "a"))).toMatchObject({ access: "key", remaining: {} })
    expect(plan(eq("pk", 5)).native).toEqual({ kind: "none" })
  })

  test.each<[string, FilterNode, MappedTable, string]>([
    ["a bound", compare("gt", ["sk"], 3), orders, "#0 = :0 AND #1 > :1"],
    [
      "two, included",
      and([compare("gte", ["sk"], 3), compare("lte", ["sk"], 5)]),
      orders,
      "#0 = :0 AND #1 BETWEEN :1 AND :2",
    ],
    ["a prefix", startsWith(["sk"], "x"), byName, "#0 = :0 AND begins_with(#1, :1)"],
  ])("the sort key takes %s", (_, filter, table, expected) => {
    const query = plan(fold(and([eq("pk", "a"), filter])), {}, table)
    expect(query.native).toMatchObject({ input: { KeyConditionExpression: expected } })
    expect(query.remaining).toEqual({})
  })

  test("what else is asked of the keys stays in this process, other fields go along", () => {
    const odd = mod(["sk"], 2, 1)
    const query = plan(
      and([eq("pk", "a"), compare("gte", ["sk"], 3), compare("lt", ["sk"], 9), odd, eq("x", 1)]),
    )
    expect(query.native).toMatchObject({
      input: { KeyConditionExpression: "#0 = :0 AND #1 BETWEEN :1 AND :2", FilterExpression: "#2 = :3" },
    })
    expect(query.remaining).toEqual({ filter: and([compare("lt", ["sk"], 9), odd]) })
  })

  test("bounds between which nothing lies are no request", () => {
    const query = and([eq("pk", "a"), compare("gt", ["sk"], 3), compare("lt", ["sk"], 2)])
    expect(plan(query)).toMatchObject({ native: { kind: "none" }, remaining: {} })
  })

  test("several partitions are a Query each, merged in the order of the sort key", () => {
    const { access, native, remaining } = plan(isIn(["pk"], ["a", "b", 5]), { sort: keysOf("sk"), limit: 2 })
    expect({ access, remaining }).toEqual({ access: "key", remaining: { limit: 2 } })
    expect(native).toMatchObject({ kind: "several", sort: keysOf("sk"), overlapping: false, take: 2 })
    expect(pagesOf(native).map(({ input }) => input)).toEqual(
      ["a", "b"].map((head) => ({
        ...inPartition,
        ExpressionAttributeValues: { ":0": { S: head } },
        Limit: 2,
      })),
    )
  })

  test("alternatives of partitions are the Queries of each, a document once", () => {
    const filter = or([eq("pk", "a"), and([eq("pk", "b"), compare("gt", ["sk"], 3)]), eq("_id", "c|1")])
    const { access, native } = plan(filter)
    expect(access).toBe("key")
    expect(native).toMatchObject({
      kind: "several",
      overlapping: true,
      reads: [{ kind: "pages" }, { kind: "pages" }, { kind: "item" }],
    })
    expect(plan(or([eq("pk", "a"), eq("x", 1)])).access).toBe("scan")
  })

  test("a bound of another kind than the key's is none", () => {
    const query = plan(and([eq("pk", "a"), compare("gt", ["sk"], "x")]))
    expect(query.native).toMatchObject({ input: { KeyConditionExpression: "#0 = :0" } })
    expect(query.remaining).toEqual({ filter: compare("gt", ["sk"], "x") })
  })

  test("the order of the sort key, both ways, and from a position", () => {
    expect(input(eq("pk", "a"), { sort: keysOf("sk- x"), limit: 3 })).toEqual({
      ...inPartition,
      ScanIndexForward: false,
      Limit: 3,
    })
    expect(plan(eq("pk", "a"), { sort: keysOf("x") }).remaining).toEqual({ sort: keysOf("x") })
    const page = { sort: keysOf("sk _id"), after: [4, "a|4"], limit: 3 }
    const behind = {
      ...inPartition,
      KeyConditionExpression: "#0 = :0 AND #1 > :1",
      ExpressionAttributeNames: { "#0": "pk", "#1": "sk" },
      ExpressionAttributeValues: { ":0": { S: "a" }, ":1": { N: "4" } },
      Limit: 3,
    }
    expect(input(eq("pk", "a"), page)).toEqual(behind)
    // The position is the narrower bound.
    expect(input(and([eq("pk", "a"), compare("gt", ["sk"], 3)]), page)).toEqual(behind)
    expect(plan(and([eq("pk", "a"), compare("lte", ["sk"], 9)]), page)).toMatchObject({
      native: {
        kind: "settled",
        read: { input: { KeyConditionExpression: "#0 = :0 AND #1 BETWEEN :1 AND :2", Limit: 4 } },
        after: [4, "a|4"],
        take: 3,
      },
      remaining: { limit: 3 },
    })
    expect(plan(eq("pk", "a"), { ...page, after: [null, "x"] }).remaining).toEqual({
      ...page,
      after: [null, "x"],
    })
    expect(mappedPageOrder(eq("pk", "a"), orders, things)).toEqual(keysOf("sk"))
  })

  test("a projection reads the keys in place of _id, and is finished here", () => {
    const projection = { kind: "include", paths: [["x"]], id: true } as const
    expect(input(eq("_id", "a|1"), { projection })).toMatchObject({
      ProjectionExpression: "#0, #1, #2",
      ExpressionAttributeNames: { "#0": "pk", "#1": "sk", "#2": "x" },
    })
    expect(plan(eq("_id", "a|1"), { projection }).remaining).toEqual({ projection })
  })

  test("else a Scan, of which _id is no attribute", () => {
    const range = compare("gt", ["_id"], "a|1")
    const scan = plan(and([range, compare("gt", ["pk"], "a")]))
    expect(scan).toMatchObject({ access: "scan", remaining: { filter: range } })
    expect(scan.native).toMatchObject({
      operation: "Scan",
      input: { TableName: "Orders", FilterExpression: "#0 > :0", ExpressionAttributeNames: { "#0": "pk" } },
    })
    expect(input(matchAll, { after: ["a|1"], limit: 2 })).toEqual({
      TableName: "Orders",
      ConsistentRead: true,
      Limit: 2,
      ExclusiveStartKey: { pk: { S: "a" }, sk: { N: "1" } },
    })
    expect(mappedPageOrder(matchAll, orders, things)).toEqual([])
  })
})

describe("planMapped by the indexes of the mapping", () => {
  const byStatus: MappedIndex = {
    name: "byStatus",
    kind: "global",
    partition: { name: "status", type: "S" },
    sort: { name: "at", type: "N" },
    projects: "all",
  }
  const byOwner: MappedIndex = {
    name: "byOwner",
    kind: "global",
    partition: { name: "owner", type: "S" },
    projects: ["title"],
  }
  const byTotal: MappedIndex = {
    name: "byTotal",
    kind: "local",
    partition: orders.partition,
    sort: { name: "total", type: "N" },
    projects: "all",
  }
  const indexed: MappedTable = { ...orders, indexes: [byStatus, byOwner, byTotal] }
  const dated: CollectionInfo = { ...things, fields: { at: "number" } }
  const by = (filter: FilterNode, options: Omit<Partial<Query>, "filter"> = {}, collection = things) =>
    plan(filter, options, indexed, collection)
  const since = and([eq("status", "new"), compare("gte", ["at"], 5)])
  const inNew = {
    TableName: "Orders",
    IndexName: "byStatus",
    KeyConditionExpression: "#0 = :0 AND #1 >= :1",
    ExpressionAttributeNames: { "#0": "status", "#1": "at" },
    ExpressionAttributeValues: { ":0": { S: "new" }, ":1": { N: "5" } },
  }

  test("an equality on its partition and a range on its sort key are one Query, eventual, in its order", () => {
    expect(by(since, { sort: keysOf("at-"), limit: 3 })).toEqual({
      access: "index",
      index: "byStatus",
      eventual: true,
      native: {
        kind: "pages",
        operation: "Query",
        input: { ...inNew, ScanIndexForward: false, Limit: 3 },
        filtered: false,
        take: 3,
      },
      remaining: { limit: 3 },
      reasons: [
        'the table\'s index "byStatus" serves the query: 1 Query, eventual, half a read unit for 4 KB read',
      ],
    })
  })

  test("documents of one sort key have no order of their own: it is made here, a key at a time", () => {
    expect(by(since, { sort: keysOf("at _id"), limit: 3 })).toMatchObject({
      native: {
        kind: "settled",
        read: { input: { ...inNew, Limit: 4 } },
        key: ["at"],
        sort: keysOf("at _id"),
        take: 3,
      },
      remaining: { limit: 3 },
    })
    // The position itself is read again, and what shares its key.
    expect(by(since, { sort: keysOf("at _id"), after: [7, "a|1"], limit: 3 }).native).toMatchObject({
      kind: "settled",
      read: { input: { ...inNew, ExpressionAttributeValues: { ":0": { S: "new" }, ":1": { N: "7" } } } },
      after: [7, "a|1"],
    })
    expect(mappedPageOrder(since, indexed, things)).toEqual(keysOf("at"))
    expect(
      mappedPageOrder(eq("owner", "me"), { ...indexed, indexes: [{ ...byOwner, projects: "all" }] }, things),
    ).toEqual(keysOf("_id"))
  })

  test.each<[string, FilterNode, CollectionInfo]>([
    ["the filter", and([eq("status", "new"), exists(["at"])]), things],
    ["the filter's kind", and([eq("status", "new"), hasType(["at"], "number")]), things],
    ["a negation of null", and([eq("status", "new"), not(eq("at", null))]), things],
    ["the declaration", eq("status", "new"), dated],
  ])("it holds what has both keys: %s says that the sort key is there", (_, filter, collection) => {
    expect(by(filter, {}, collection)).toMatchObject({ access: "index", index: "byStatus" })
  })

  test.each<[string, FilterNode, Omit<Partial<Query>, "filter">, string]>([
    ["the sort key may be missing", eq("status", "new"), {}, "holds only what has at"],
    ["null finds what is missing", isIn(["owner"], ["me", null]), {}, "which null finds"],
    ["it does not hold all that is asked", eq("owner", "me"), {}, "not all attributes"],
    [
      "it does not hold a field of the filter",
      and([eq("owner", "me"), eq("x", 1)]),
      { projection: { kind: "include", paths: [["title"]], id: true } },
      "projects no x",
    ],
    ["it is read eventually", since, { consistency: "strong" }, "avoids index"],
    ["another is to be used", since, { hint: "other" }, "names no index"],
    [
      "no index is known",
      eq("kind", "a"),
      { sort: keysOf("at") },
      'the partition key "kind" and the sort key "at"',
    ],
  ])("a Scan where %s, and it says so", (_, filter, options, reason) => {
    const { access, reasons } = by(filter, options)
    expect(access).toBe("scan")
    expect(reasons[0]).toContain(reason)
  })

  test("one that projects some attributes serves what needs no other", () => {
    const projection = { kind: "include", paths: [["title"]], id: true } as const
    expect(by(eq("owner", "me"), { projection })).toMatchObject({
      index: "byOwner",
      native: {
        input: {
          KeyConditionExpression: "#0 = :0",
          ProjectionExpression: "#1, #2, #3",
          ExpressionAttributeNames: { "#0": "owner", "#1": "pk", "#2": "sk", "#3": "title" },
        },
      },
    })
  })

  test("several values are a Query each, in order together; alternatives go each by its own", () => {
    const { native } = by(and([isIn(["status"], ["new", "old"]), compare("gt", ["at"], 5)]), {
      sort: keysOf("at _id"),
      limit: 3,
    })
    expect(native).toMatchObject({
      kind: "several",
      sort: keysOf("at _id"),
      take: 3,
      reads: [{ kind: "settled" }, { kind: "settled" }],
    })
    expect(by(or([since, eq("pk", "a")]))).toMatchObject({
      access: "index",
      index: "byStatus",
      eventual: true,
    })
    expect(pagesOf(by(and([eq("status", "new"), isIn(["at"], [1, 2])])).native)).toHaveLength(2)
  })

  test("a local index is read strongly; the table itself where an index does no more", () => {
    const filter = and([eq("pk", "a"), compare("gt", ["total"], 5)])
    expect(by(filter, { consistency: "strong" })).toMatchObject({
      access: "index",
      index: "byTotal",
      native: {
        input: { IndexName: "byTotal", KeyConditionExpression: "#0 = :0 AND #1 > :1", ConsistentRead: true },
      },
    })
    expect(by(filter)).not.toHaveProperty("eventual")
    expect(by(and([eq("pk", "a"), exists(["total"])]))).toMatchObject({ access: "key" })
  })
})
