import { describe, expect, test } from "vitest"
import { fold } from "../ast/fold.ts"
import { collectionInfo } from "../declaration/collection-info.ts"
import { defineCollection } from "../declaration/define-collection.ts"
import { parseFilter } from "../parse/parse-filter.ts"
import { parseSort } from "../parse/parse-sort.ts"
import { planAccess } from "./plan-access.ts"

const declared = collectionInfo(
  defineCollection("orders", {
    indexes: [
      { keys: { customer: 1, at: -1 } },
      { keys: { status: 1 } },
      { keys: { number: 1 }, unique: true },
    ],
  }),
)
const context = { operation: "test" }
const plan = (filter: object, sort: object = {}, info = declared) =>
  planAccess(info, fold(parseFilter(filter, context)), parseSort(sort, context))

describe("planAccess", () => {
  test.each([
    [{ _id: "a" }, {}, "key", undefined],
    [{ _id: { $in: ["a", "b"] }, status: "x" }, {}, "key", undefined],
    [{ _id: { $gt: "a" } }, {}, "key", undefined],
    [{ $or: [] }, {}, "key", undefined],
    [{ customer: "c" }, {}, "index", "customer_1_at_-1"],
    [{ customer: "c", status: "x" }, {}, "index", "customer_1_at_-1"],
    [{ customer: "c", status: "x", at: new Date(0) }, {}, "index", "customer_1_at_-1"],
    [{ status: { $in: ["x", "y"] } }, {}, "index", "status_1"],
    [{ status: { $gte: "x" } }, {}, "index", "status_1"],
    [{ status: { $startsWith: "x" } }, {}, "index", "status_1"],
    [{ status: { $regex: "^x[0-9]+" } }, {}, "index", "status_1"],
    [{ customer: "c", at: { $startsWith: "x" } }, {}, "index", "customer_1_at_-1"],
    [{ status: { $regex: "x" } }, {}, "scan", undefined],
    [{ status: { $regex: "^x", $options: "i" } }, {}, "scan", undefined],
    [{ status: { $regex: "^x", $options: "m" } }, {}, "scan", undefined],
    [{ status: { $contains: "x" } }, {}, "scan", undefined],
    [{ status: { $type: "string" } }, {}, "scan", undefined],
    [{ $text: { $search: "x" }, status: "y" }, {}, "index", undefined],
    [{ number: 5 }, {}, "index", "number_1"],
    [{}, { status: 1 }, "index", "status_1"],
    [{}, { status: -1 }, "index", "status_1"],
    [{}, { customer: -1, at: 1 }, "index", "customer_1_at_-1"],
    [{}, { customer: 1, at: 1 }, "scan", undefined],
    [{ at: new Date(0) }, {}, "scan", undefined],
    [{ status: { $ne: "x" } }, {}, "scan", undefined],
    [{ $or: [{ status: "x" }, { number: 1 }] }, {}, "scan", undefined],
    [{}, {}, "scan", undefined],
  ])("%j sorted by %j is %s %s", (filter, sort, access, index) => {
    expect(plan(filter, sort)).toMatchObject(index === undefined ? { access } : { access, index })
  })

  test("an equality prefix beats a range, and the order breaks ties", () => {
    expect(plan({ status: { $gt: "x" }, customer: "c" }, { at: -1 }).index).toBe("customer_1_at_-1")
  })

  test("where indexes hold elements, they serve $contains, and the remedy says so", () => {
    const withElements = (filter: object) =>
      planAccess(declared, fold(parseFilter(filter, context)), [], { elements: true })
    expect(withElements({ status: { $contains: "x" } })).toMatchObject({ access: "index", index: "status_1" })
    expect(withElements({ tags: { $all: ["a", "b"] } }).reasons.join()).toContain('{ keys: { "tags": 1 } }')
  })

  test.each([
    [{ a: 1, b: 2 }, {}, "index"],
    [{ a: 1, b: { $gt: 2 } }, {}, "index"],
    [{ a: 1, b: { $exists: true } }, {}, "index"],
    [{ a: { $in: [1, 2] }, b: { $size: 2 } }, { b: 1 }, "index"],
    [{ a: 1 }, {}, "scan"],
    [{ a: 1, b: null }, {}, "scan"],
    [{ a: { $in: [1, null] }, b: 1 }, {}, "scan"],
    [{ a: 1, b: { $ne: 1 } }, {}, "scan"],
    [{}, { a: 1 }, "scan"],
  ])(
    "where a unique index holds only what has all its keys, %j sorted by %j is %s",
    (filter, sort, access) => {
      const pairs = collectionInfo(
        defineCollection("pairs", { indexes: [{ keys: { a: 1, b: 1 }, unique: true }] }),
      )
      const node = fold(parseFilter(filter, context))
      const order = parseSort(sort, context)
      expect(planAccess(pairs, node, order, { partialUnique: true }).access).toBe(access)
      expect(planAccess(pairs, node, order).access).toBe("index")
    },
  )

  test("where alternatives have their own indexes, all of them need one", () => {
    const union = (filter: object) =>
      planAccess(declared, fold(parseFilter(filter, context)), [], { unions: true })
    expect(union({ $or: [{ status: "x" }, { number: 1, a: 2 }] })).toEqual({
      access: "index",
      reasons: [
        'each alternative has its own way: index "status_1" serves the query; index "number_1" serves the query',
      ],
    })
    expect(union({ a: 1, $or: [{ _id: "x" }, { $and: [{ _id: "y" }, { a: 2 }] }] }).access).toBe("key")
    expect(union({ $or: [{ status: "x" }, { a: 2 }] }).access).toBe("scan")
  })

  test("a collection that is only named has an unknown access", () => {
    expect(plan({ status: "x" }, {}, collectionInfo("orders")).access).toBe("unknown")
    expect(plan({ _id: "x" }, {}, collectionInfo("orders")).access).toBe("key")
  })

  test("a scan names the index that mends it: equalities, the sort, then ranges", () => {
    expect(plan({ total: { $gt: 5 }, owner: "me" }, { at: -1 }).reasons.join()).toContain(
      '{ keys: { "owner": 1, "at": -1, "total": 1 } }',
    )
    expect(plan({ owner: { $ne: "me" } }).reasons.join()).toContain("no index can serve")
    expect(plan({ name: { $startsWith: "A" } }).reasons.join()).toContain('{ keys: { "name": 1 } }')
    expect(plan({ tags: { $contains: "a" } }).reasons.join()).toContain("no index can serve")
  })
})
