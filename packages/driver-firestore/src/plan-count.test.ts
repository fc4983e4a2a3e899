import { defineCollection } from "@nosql/core"
import {
  and,
  collectionInfo,
  compare,
  contains,
  exists,
  isIn,
  matchAll,
  not,
  or,
  queryOf,
  regex,
} from "@nosql/core/driver"
import { describe, expect, test } from "vitest"
import { where } from "./native-query.ts"
import { planCount } from "./plan-count.ts"

const collection = collectionInfo(
  defineCollection("c", { fields: { status: "string" }, ttl: { field: "until" } }),
)
const count = (filter: Parameters<typeof queryOf>[0]) => planCount(collection, queryOf(filter))
const query = (...filters: readonly object[]) => ({ where: filters, orderBy: [] })
const a = compare("eq", ["a"], 1)
const expired = compare("lte", ["until"], new Date(5))

describe("planCount", () => {
  test("what one query finds", () => {
    expect(count(matchAll)?.native).toEqual({ plus: [query()], minus: [] })
    expect(count(a)).toEqual({
      access: "index",
      reasons: ["the automatic single-field indexes serve the query"],
      native: { plus: [query(where(["a"], "==", 1))], minus: [] },
    })
  })

  test("what several find, if each finds its own", () => {
    const many = Array.from({ length: 31 }, (_, i) => i)
    expect(count(isIn(["a"], many))?.native).toMatchObject({ plus: { length: 2 }, minus: [] })
    expect(count(or([a, compare("gt", ["b"], 1)]))).toBeUndefined()
  })

  test("what also finds the missing, by what it leaves out", () => {
    expect(count(not(a))).toMatchObject({
      access: "index",
      native: { plus: [query()], minus: [query(where(["a"], "==", 1))] },
    })
    expect(count(compare("eq", ["b"], null))?.native).toEqual({
      plus: [query()],
      minus: [query(where(["b"], "!=", null))],
    })
    const both = and([a, not(exists(["b"]))])
    expect(count(both)).toBeUndefined() // no declared index has a and b
    expect(planCount(collectionInfo("c"), queryOf(both))?.native).toEqual({
      plus: [query(where(["a"], "==", 1))],
      minus: [
        query(where(["a"], "==", 1), {
          kind: "or",
          filters: [where(["b"], "==", null), where(["b"], "!=", null)],
        }),
      ],
    })
  })

  test("without what has expired", () => {
    expect(count(not(expired))?.native).toEqual({
      plus: [query()],
      minus: [query(where(["until"], "<", new Date(6)))],
    })
    expect(count(and([not(a), not(expired)]))).toBeUndefined()
    const two = planCount(collectionInfo("c"), queryOf(and([not(a), not(expired)])))
    const [one, other] = [where(["a"], "==", 1), where(["until"], "<", new Date(6))]
    expect(two?.native).toEqual({ plus: [query(), query(one, other)], minus: [query(other), query(one)] })
  })

  test("what cannot be asked exactly is read and counted", () => {
    for (const filter of [regex(["a"], "x", ""), compare("eq", ["_id"], "x"), contains(["a"], [null])])
      expect(count(filter)).toBeUndefined()
  })
})
