import { describe, expect, test } from "vitest"
import { parseFilter } from "../parse/parse-filter.ts"
import { compare, isIn, matchAll, matchNone, not } from "./filter.ts"
import { fold } from "./fold.ts"

const folded = (filter: object) => fold(parseFilter(filter, { operation: "test" }))
const a1 = compare("eq", ["a"], 1)

describe("fold", () => {
  test.each([
    ["the empty filter", {}, matchAll],
    ["an empty conjunction", { $and: [] }, matchAll],
    ["an empty disjunction", { $or: [] }, matchNone],
    ["a disjunction with a truth", { $or: [{ a: 1 }, {}] }, matchAll],
    ["a conjunction with a falsehood", { a: 1, $or: [] }, matchNone],
    ["$in of none", { a: { $in: [] } }, matchNone],
    ["$nin of none", { a: { $nin: [] } }, matchAll],
    ["$in of one", { a: { $in: [1] } }, a1],
    ["$ne", { a: { $ne: 1 } }, not(a1)],
    ["a double negation", { a: { $not: { $ne: 1 } } }, a1],
    ["groups of one", { $and: [{ $or: [{ a: 1 }] }] }, a1],
    ["$in of several", { a: { $in: [1, 2] } }, isIn(["a"], [1, 2])],
  ])("%s", (_, filter, expected) => {
    expect(folded(filter)).toEqual(expected)
  })

  test("nested groups of one kind become one", () => {
    expect(folded({ $and: [{ a: 1 }, { $and: [{ b: 2 }, { c: 3 }] }] })).toMatchObject({
      kind: "and",
      filters: [{ path: ["a"] }, { path: ["b"] }, { path: ["c"] }],
    })
  })

  test("the result is frozen at every level", () => {
    const node = folded({ $or: [{ a: 1 }, { b: { $in: [1, 2] } }] })
    expect(Object.isFrozen(node)).toBe(true)
    if (node.kind !== "or") throw new Error("expected a disjunction")
    expect(Object.isFrozen(node.filters)).toBe(true)
    expect(node.filters.every((filter) => Object.isFrozen(filter))).toBe(true)
  })
})
