import {
  and,
  type CollectionInfo,
  compare,
  type FilterNode,
  isIn,
  matchAll,
  not,
  regex,
  startsWith,
} from "@nosql/core/driver"
import { describe, expect, test } from "vitest"
import { planQuery } from "./plan-query.ts"

const collection: CollectionInfo = {
  name: "users",
  declared: true,
  fields: {},
  indexes: [
    { name: "email_1", keys: [{ path: ["email"], direction: 1 }], unique: true },
    {
      name: "city_1_age_-1",
      keys: [
        { path: ["city"], direction: 1 },
        { path: ["age"], direction: -1 },
        { path: ["_id"], direction: -1 },
      ],
      unique: false,
    },
  ],
  ids: "auto",
}
const plan = (filter: FilterNode, sort: { path: string[]; direction: 1 | -1 }[] = []) =>
  planQuery(collection, { filter, sort, skip: 0 }).native

describe("planQuery", () => {
  test("ids are looked up", () => {
    expect(plan(isIn(["_id"], ["a", "b", "a"])).reach).toEqual({ kind: "ids", ids: ["a", "b"] })
  })

  test("all keys of a unique index go to its hash; null, which means missing too, does not", () => {
    expect(plan(compare("eq", ["email"], "a@x")).reach).toEqual({
      kind: "hash",
      index: "email_1",
      values: ["a@x"],
    })
    expect(plan(compare("eq", ["email"], null)).reach).toMatchObject({ kind: "range", prefixes: [[null]] })
  })

  test("an equality and a range walk the sorted index", () => {
    const range = compare("gt", ["age"], 18)
    const filter = and([compare("eq", ["city"], "Rome"), range])
    expect(plan(filter).reach).toEqual({
      kind: "range",
      index: "city_1_age_-1",
      prefixes: [["Rome"]],
      ranges: [range],
      backward: false,
    })
  })

  test("a prefix is a range of the sorted index, and so is what every match of a pattern begins with", () => {
    const ranges = [compare("gte", ["city"], "Ro"), compare("lt", ["city"], "Rp")]
    expect(plan(startsWith(["city"], "Ro")).reach).toMatchObject({ kind: "range", ranges })
    expect(plan(regex(["city"], "^Ro.*e$", "")).reach).toMatchObject({ kind: "range", ranges })
    expect(plan(regex(["city"], "Ro", "")).reach).toEqual({ kind: "scan" })
  })

  test("a sort that the index has is walked and not done again, in either direction", () => {
    const rome = compare("eq", ["city"], "Rome")
    expect(plan(rome, [{ path: ["age"], direction: -1 }])).toMatchObject({
      ordered: true,
      reach: { backward: false },
    })
    expect(plan(rome, [{ path: ["age"], direction: 1 }])).toMatchObject({
      ordered: true,
      reach: { backward: true },
    })
    expect(plan(isIn(["city"], ["Rome", "Paris"]), [{ path: ["age"], direction: 1 }])).toMatchObject({
      ordered: false,
    })
  })

  test("what no index serves is a scan", () => {
    expect(plan(not(compare("eq", ["city"], "Rome"))).reach).toEqual({ kind: "scan" })
    expect(plan(matchAll).reach).toEqual({ kind: "scan" })
  })
})
