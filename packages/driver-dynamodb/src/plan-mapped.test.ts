import type { Value } from "@nosql/contracts"
import {
  and,
  compare,
  type FilterNode,
  fold,
  isIn,
  matchAll,
  mod,
  type Query,
  queryOf,
  startsWith,
} from "@nosql/core/driver"
import { describe, expect, test } from "vitest"
import { keysOf } from "../test/indexes.ts"
import type { MappedTable } from "./mapped-table.ts"
import { mappedPageOrder, planMapped } from "./plan-mapped.ts"

const orders: MappedTable = {
  table: "Orders",
  partition: { name: "pk", type: "S" },
  sort: { name: "sk", type: "N" },
}
const byName: MappedTable = {
  table: "Names",
  partition: { name: "pk", type: "S" },
  sort: { name: "sk", type: "S" },
}
const users: MappedTable = { table: "Users", partition: { name: "id", type: "S" } }
const eq = (path: string, value: Value) => compare("eq", [path], value)
const plan = (filter: FilterNode, options: Omit<Partial<Query>, "filter"> = {}, table = orders) =>
  planMapped(queryOf(filter, options), table)
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
      and([eq("pk", "a"), compare("gt", ["sk"], 3), compare("lt", ["sk"], 9), odd, eq("x", 1)]),
    )
    expect(query.native).toMatchObject({
      input: { KeyConditionExpression: "#0 = :0 AND #1 > :1", FilterExpression: "#2 = :2" },
    })
    expect(query.remaining).toEqual({ filter: and([compare("lt", ["sk"], 9), odd]) })
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
    expect(input(eq("pk", "a"), { sort: keysOf("sk _id"), after: [4, "a|4"], limit: 3 })).toEqual({
      ...inPartition,
      Limit: 3,
      ExclusiveStartKey: { pk: { S: "a" }, sk: { N: "4" } },
    })
    const bounded = plan(and([eq("pk", "a"), compare("gt", ["sk"], 3)]), { sort: keysOf("sk"), after: [4] })
    expect(bounded.remaining).toEqual({ sort: keysOf("sk"), after: [4] })
    expect(mappedPageOrder(eq("pk", "a"), orders)).toEqual(keysOf("sk"))
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
    expect(mappedPageOrder(matchAll, orders)).toEqual([])
  })
})
