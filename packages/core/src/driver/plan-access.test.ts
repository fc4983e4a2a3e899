import { describe, expect, test } from "vitest"
import { fold } from "../ast/fold.ts"
import { parseFilter } from "../parse/parse-filter.ts"
import { parseSort } from "../parse/parse-sort.ts"
import { collectionInfo } from "../store/collection-info.ts"
import { defineCollection } from "../store/define-collection.ts"
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

  test("a collection that is only named has an unknown access", () => {
    expect(plan({ status: "x" }, {}, collectionInfo("orders")).access).toBe("unknown")
    expect(plan({ _id: "x" }, {}, collectionInfo("orders")).access).toBe("key")
  })

  test("a scan names the index that mends it: equalities, the sort, then ranges", () => {
    expect(plan({ total: { $gt: 5 }, owner: "me" }, { at: -1 }).reasons.join()).toContain(
      '{ keys: { "owner": 1, "at": -1, "total": 1 } }',
    )
    expect(plan({ owner: { $ne: "me" } }).reasons.join()).toContain("no index can serve")
  })
})
