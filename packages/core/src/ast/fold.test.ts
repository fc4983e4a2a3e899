import type { Value } from "@nosql/contracts"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { compileFilter } from "../evaluate/compile-filter.ts"
import { parseFilter } from "../parse/parse-filter.ts"
import {
  and,
  compare,
  contains,
  elemMatch,
  exists,
  type FieldPath,
  type FilterNode,
  hasSize,
  hasType,
  isIn,
  matchAll,
  matchNone,
  mod,
  not,
  or,
  regex,
  startsWith,
  text,
} from "./filter.ts"
import { fold } from "./fold.ts"

const folded = (filter: object) => fold(parseFilter(filter, { operation: "test" }))
const eq = (path: string, value: Value) => compare("eq", path.split("."), value)
const a1 = eq("a", 1)

describe("fold", () => {
  test.each<[string, object, FilterNode]>([
    ["the empty filter", {}, matchAll],
    ["an empty conjunction", { $and: [] }, matchAll],
    ["an empty disjunction", { $or: [] }, matchNone],
    ["none of none", { $nor: [] }, matchAll],
    ["a disjunction with a truth", { $or: [{ a: 1 }, {}] }, matchAll],
    ["a conjunction with a falsehood", { a: 1, $or: [] }, matchNone],
    ["$in of none", { a: { $in: [] } }, matchNone],
    ["$nin of none", { a: { $nin: [] } }, matchAll],
    ["$containsAny of none", { a: { $containsAny: [] } }, matchNone],
    ["all but $containsAny of none", { a: { $not: { $containsAny: [] } } }, matchAll],
    ["$all of none", { a: { $all: [] } }, matchNone],
    ["an element in none", { a: { $elemMatch: { $in: [] } } }, matchNone],
    ["$in of one", { a: { $in: [1] } }, a1],
    ["$in of one, twice", { a: { $in: [1, 1n, 1] } }, a1],
    ["$ne", { a: { $ne: 1 } }, not(a1)],
    ["a double negation", { a: { $not: { $ne: 1 } } }, a1],
    ["groups of one", { $and: [{ $or: [{ a: 1 }] }] }, a1],
    ["$in of several", { a: { $in: [1, 2] } }, isIn(["a"], [1, 2])],
    ["duplicates", { $and: [{ a: 1 }, { b: 2 }, { a: 1 }] }, and([a1, eq("b", 2)])],
    [
      "duplicate groups",
      { $or: [{ $and: [{ a: 1 }, { b: 2 }] }, { $and: [{ a: 1 }, { b: 2 }] }] },
      and([a1, eq("b", 2)]),
    ],
    ["two values of one path", { $and: [{ a: 1 }, { a: 2 }] }, matchNone],
    ["a value and its complement", { a: { $eq: 1, $ne: 1 } }, matchNone],
    ["a value or its complement", { $or: [{ a: 1 }, { a: { $ne: 1 } }] }, matchAll],
    ["a group or its complement", { $or: [{ a: 1, b: 2 }, { $nor: [{ a: 1, b: 2 }] }] }, matchAll],
    ["a value inside a range", { a: { $eq: 1, $gt: 0, $lt: 5 } }, a1],
    ["a value outside a range", { a: { $eq: 1, $gt: 1 } }, matchNone],
    ["values inside a range", { a: { $in: [1, 5, 9], $gt: 2 } }, isIn(["a"], [5, 9])],
    ["the common values", { $and: [{ a: { $in: [1, 2, 3] } }, { a: { $in: [3, 4] } }] }, eq("a", 3)],
    ["a value of the kind", { a: { $eq: "x", $type: "string", $exists: true, $regex: "^x" } }, eq("a", "x")],
    ["null that must be there", { a: { $eq: null, $exists: true } }, and([eq("a", null), exists(["a"])])],
    ["null of no range", { a: { $in: [null, 5], $gt: 1 } }, eq("a", 5)],
    ["contradictory ranges", { a: { $gt: 6, $lt: 5 } }, matchNone],
    ["ranges that touch exclusively", { a: { $gt: 5, $lte: 5 } }, matchNone],
    [
      "ranges of one value",
      { a: { $gte: 5, $lte: 5n } },
      and([compare("gte", ["a"], 5), compare("lte", ["a"], 5)]),
    ],
    [
      "the tightest ranges",
      { $and: [{ a: { $gt: 1, $lte: 9 } }, { a: { $gte: 1, $lt: 9 } }] },
      and([compare("gt", ["a"], 1), compare("lt", ["a"], 9)]),
    ],
    ["ranges of two kinds", { a: { $gt: 1, $lt: "x" } }, matchNone],
    ["a range and another kind", { a: { $gt: 1, $type: "string" } }, matchNone],
    ["a range and its kind", { a: { $gt: 1, $type: "number", $exists: true } }, compare("gt", ["a"], 1)],
    [
      "a range and none of other kinds",
      { a: { $gt: 1, $not: { $type: ["string", "null"] } } },
      compare("gt", ["a"], 1),
    ],
    ["a kind of what is there", { a: { $exists: true, $type: "string" } }, hasType(["a"], "string")],
    ["a range of what is missing", { a: { $gt: 1, $exists: false } }, matchNone],
    ["an array and a string", { a: { $size: 1, $startsWith: "x" } }, matchNone],
    ["an impossible remainder", { a: { $mod: [3, -3] } }, matchNone],
    ["none of several", { $nor: [{ a: 1 }, { b: 2 }] }, and([not(a1), not(eq("b", 2))])],
    ["not both", { $nor: [{ a: 1, b: 2 }] }, not(and([a1, eq("b", 2)]))],
    [
      "alternatives of one path",
      { $or: [{ a: 1 }, { b: 2 }, { a: { $in: [2, 1] } }] },
      or([isIn(["a"], [1, 2]), eq("b", 2)]),
    ],
    ["a pattern that is a prefix", { a: { $regex: "^x\\." } }, startsWith(["a"], "x.")],
    ["a pattern that is a text", { a: { $regex: "^x$" } }, eq("a", "x")],
    ["a pattern with i", { a: { $regex: "^x", $options: "i" } }, regex(["a"], "^x", "i")],
    ["$elemMatch of a value", { a: { $elemMatch: { $eq: 1 } } }, contains(["a"], [1])],
    ["$elemMatch of values", { a: { $elemMatch: { $in: [1, 2, 1] } } }, contains(["a"], [1, 2])],
    ["$elemMatch of nothing", { a: { $elemMatch: { $gt: 2, $lt: 1 } } }, matchNone],
    [
      "$elemMatch of fields",
      { a: { $elemMatch: { b: { $in: [1] } } } },
      elemMatch(["a"], { of: "objects", filter: eq("b", 1) }),
    ],
    ["$all of none", { a: { $all: [] } }, matchNone],
    ["a text search", { $text: { $search: "x" }, $and: [{ $text: { $search: "x" } }] }, text("x")],
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

  test("very long groups and lists do not exhaust the stack", () => {
    const many = Array.from({ length: 200_000 }, (_, a) => ({ a }))
    expect(folded({ $or: [{ $or: many }, { a: { $in: many.map(({ a }) => a) } }] })).toMatchObject({
      kind: "in",
      values: { length: 200_000 },
    })
  })

  test("never changes what is found, and is done once", () => {
    fc.assert(
      fc.property(filters, fc.array(documents, { minLength: 1, maxLength: 6 }), (filter, found) => {
        const simple = fold(filter)
        const holds = compileFilter(filter)
        const holdsSimple = compileFilter(simple)
        for (const document of found) expect(holdsSimple(document)).toBe(holds(document))
        expect(fold(simple)).toEqual(simple)
      }),
      { numRuns: 3000 },
    )
  })
})

/** Few values, so that conditions meet each other and the documents. */
const scalars = fc.constantFrom<Value>(
  null,
  0,
  1,
  1n,
  2,
  2.5,
  -3,
  2n ** 60n,
  "",
  "a",
  "ab",
  true,
  false,
  new Date(0),
)
const values = fc.oneof(
  { arbitrary: scalars, weight: 6 },
  fc.array(scalars, { maxLength: 3 }),
  fc.constantFrom<Value>({ x: 1, y: 2 }, { y: 2, x: 1 }, {}),
)
const fields = fc.oneof(
  { arbitrary: values, weight: 4 },
  fc.array(fc.record({ x: scalars }), { maxLength: 2 }),
)
const documents = fc.record(
  { a: fields, b: fc.record({ c: fields }, { requiredKeys: [] }) },
  { requiredKeys: [] },
)
const orderable = fc.constantFrom<Value>(0, 1, 1n, 2, 2.5, "", "a", "ab", new Date(0))

function testsOf(path: FieldPath): fc.Arbitrary<FilterNode> {
  return fc.oneof(
    values.map((value) => compare("eq", path, value)),
    fc
      .tuple(fc.constantFrom("gt", "gte", "lt", "lte"), orderable)
      .map(([operator, value]) => compare(operator, path, value)),
    fc.array(values, { maxLength: 3 }).map((list) => isIn(path, list)),
    fc.constant(exists(path)),
    fc
      .constantFrom("string", "number", "null", "array", "object", "boolean")
      .map((type) => hasType(path, type)),
    fc.constantFrom("^a", "^a$", "b", "^").map((pattern) => regex(path, pattern, "")),
    fc.constantFrom("", "a", "ab").map((prefix) => startsWith(path, prefix)),
    fc
      .tuple(fc.constantFrom(2, -2, 3n), fc.constantFrom(0, 1, -1, 2, 3))
      .map(([divisor, remainder]) => mod(path, divisor, remainder)),
    fc.array(scalars, { maxLength: 2 }).map((list) => contains(path, list)),
    fc.nat(2).map((size) => hasSize(path, size)),
  )
}

const { tree: filters } = fc.letrec<{ tree: FilterNode; leaf: FilterNode }>((tie) => ({
  leaf: fc.oneof(
    grouped(testsOf(["a"])),
    grouped(testsOf(["b", "c"])),
    grouped(testsOf([])).map((filter) => elemMatch(["a"], { of: "values", filter })),
    grouped(testsOf(["x"])).map((filter) => elemMatch(["a"], { of: "objects", filter })),
  ),
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie("leaf"),
    grouped(tie("tree")),
    fc.constantFrom(matchAll, matchNone),
  ),
}))

function grouped(filter: fc.Arbitrary<FilterNode>): fc.Arbitrary<FilterNode> {
  return fc.oneof(
    filter,
    fc.array(filter, { maxLength: 4 }).map(and),
    fc.array(filter, { maxLength: 4 }).map(or),
    filter.map(not),
  )
}
