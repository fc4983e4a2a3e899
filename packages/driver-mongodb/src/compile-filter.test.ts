import type { Value } from "@nosql/contracts"
import {
  and,
  type CollectionInfo,
  compare,
  contains,
  type ElementFilter,
  elemMatch,
  exists,
  type FilterNode,
  hasSize,
  hasType,
  isIn,
  matchAll,
  mod,
  not,
  or,
  regex,
  startsWith,
  text,
} from "@nosql/core/driver"
import { Long, ObjectId } from "mongodb"
import { describe, expect, test } from "vitest"
import { compileFilter } from "./compile-filter.ts"

const collection: CollectionInfo = {
  name: "things",
  declared: true,
  fields: { owner: "id", total: "bigint?" },
  indexes: [],
  ids: "auto",
}
const hex = "65f0a1b2c3d4e5f6a7b8c9d0"
const compiled = (node: FilterNode) => compileFilter(node, collection)
const values = (filter: FilterNode): ElementFilter => ({ of: "values", filter })
const objects = (filter: FilterNode): ElementFilter => ({ of: "objects", filter })
const wide = (fields: number) =>
  Object.fromEntries(Array.from({ length: fields }, (_, i): [string, Value] => [`k${i}`, i]))
const conditions = (before: string, fields: number) =>
  Object.entries(wide(fields)).map(([field, value]) => ({ [before + field]: { $eq: value } }))
const eq = (path: string[], value: Value) => compare("eq", path, value)

describe("what MongoDB answers exactly", () => {
  test.each<[string, FilterNode, object]>([
    ["a kind", hasType(["a"], "string"), { a: { $type: "string", $not: { $type: "array" } } }],
    [
      "numbers, without Decimal128",
      hasType(["a"], "number"),
      { a: { $type: ["double", "int", "long"], $not: { $type: "array" } } },
    ],
    ["arrays", hasType(["a"], "array"), { a: { $type: "array" } }],
    [
      "references read as strings",
      hasType(["owner"], "string"),
      { owner: { $type: ["string", "objectId", "binData"], $not: { $type: "array" } } },
    ],
    ["a pattern", regex(["a"], "^a.b$", ""), { a: { $regex: "^a[^\\n]b\\z" } }],
    ["a pattern with flags", regex(["a"], "^k", "im"), { a: { $regex: "(?<![^\\n])[Kk\u212A]" } }],
    ["a prefix", startsWith(["a"], "ab"), { a: { $gte: "ab", $lt: "ac" } }],
    ["any string", startsWith(["a"], ""), { a: { $gte: "" } }],
    ["a remainder", mod(["a"], 4, -1), { a: { $mod: [4, -1] } }],
    ["a remainder of int64", mod(["a"], 2n ** 60n, 1), { a: { $mod: [Long.fromBigInt(2n ** 60n), 1] } }],
    ["a size", hasSize(["a", "b"], 2), { "a.b": { $size: 2 } }],
    ["an element", contains(["a"], [1]), { a: { $elemMatch: { $eq: 1 } } }],
    ["one of several elements", contains(["a"], [1, null]), { a: { $elemMatch: { $in: [1, null] } } }],
    ["not an element", not(contains(["a"], [1])), { $nor: [{ a: { $elemMatch: { $eq: 1 } } }] }],
    ["hex text in an array is text", contains(["owner"], [hex]), { owner: { $elemMatch: { $eq: hex } } }],
    [
      "objects",
      elemMatch(["a"], objects(and([eq(["b"], 1), exists(["_id"])]))),
      { a: { $elemMatch: { $and: [{ b: { $eq: 1 } }, { _id: { $exists: true } }] } } },
    ],
    ["any object", elemMatch(["a"], objects(matchAll)), { a: { $elemMatch: {} } }],
    [
      "an _id in an object is a value",
      elemMatch(["a"], objects(eq(["_id"], hex))),
      { a: { $elemMatch: { _id: { $eq: hex } } } },
    ],
    [
      "values in a range",
      elemMatch(["a"], values(and([compare("gt", [], 1), compare("lte", [], 5)]))),
      { a: { $elemMatch: { $gt: 1, $lte: 5 } } },
    ],
    ["values but one", elemMatch(["a"], values(not(eq([], 1)))), { a: { $elemMatch: { $ne: 1 } } }],
    [
      "values but some",
      elemMatch(["a"], values(not(isIn([], [1, 2])))),
      { a: { $elemMatch: { $nin: [1, 2] } } },
    ],
    [
      "values outside a range",
      elemMatch(["a"], values(not(and([compare("gt", [], 1), compare("lt", [], 5)])))),
      { a: { $elemMatch: { $not: { $gt: 1, $lt: 5 } } } },
    ],
    [
      "values of kinds",
      elemMatch(["a"], values(or([hasType([], "string"), hasType([], "null")]))),
      { a: { $elemMatch: { $type: ["string", "null"] } } },
    ],
    [
      "values of no such kinds",
      elemMatch(["a"], values(and([not(hasType([], "string")), not(hasType([], "null"))]))),
      { a: { $elemMatch: { $not: { $type: ["string", "null"] } } } },
    ],
    [
      "alternatives of one element",
      elemMatch(["a"], values(or([compare("gt", [], 5), regex([], "x", "")]))),
      { $or: [{ a: { $elemMatch: { $gt: 5 } } }, { a: { $elemMatch: { $regex: "x" } } }] },
    ],
    ["any value", elemMatch(["a"], values(matchAll)), { a: { $type: "array", $not: { $size: 0 } } }],
    [
      "a text search",
      text("words", { language: "en", caseSensitive: false }),
      { $text: { $search: "words", $language: "en", $caseSensitive: false } },
    ],
    [
      "null at a place",
      eq(["a", "0"], null),
      { $or: [{ "a.0": { $exists: false } }, { "a.0": { $type: "null" } }] },
    ],
    ["a declared reference", eq(["owner"], hex), { owner: { $eq: new ObjectId(hex) } }],
  ])("%s", (_, node, filter) => {
    expect(compiled(node)).toEqual({ filter, exact: true })
  })
})

describe("what core finishes: MongoDB is asked for more, never for less", () => {
  test.each<[string, FilterNode, object]>([
    [
      "a whole object",
      eq(["a"], { b: 1, c: { d: null } }),
      {
        $and: [
          { a: { $type: "object" } },
          { "a.b": { $eq: 1 } },
          { $and: [{ "a.c": { $type: "object" } }, { "a.c.d": { $eq: null } }] },
        ],
      },
    ],
    [
      "of an object of many fields, in it or in objects in it, the first 100",
      eq(["a"], { b: wide(98), c: 1, d: 2 }),
      {
        $and: [
          { a: { $type: "object" } },
          { $and: [{ "a.b": { $type: "object" } }, ...conditions("a.b.", 98)] },
          { "a.c": { $eq: 1 } },
        ],
      },
    ],
    [
      "of an object of many fields in an array, the first 100",
      contains(["a"], [wide(101)]),
      { a: { $elemMatch: { $and: conditions("", 100) } } },
    ],
    ["a whole array", eq(["a"], [1, [2]]), { a: { $eq: [1, [2]] } }],
    ["an array that holds objects", eq(["a"], [{ b: 1 }]), { a: { $type: "array" } }],
    [
      "an object among values",
      isIn(["a"], [1, {}]),
      { $or: [{ a: { $eq: 1 } }, { $and: [{ a: { $type: "object" } }] }] },
    ],
    [
      "an object in an array",
      contains(["a"], [1, { b: 2 }]),
      { $or: [{ a: { $elemMatch: { $eq: 1 } } }, { a: { $elemMatch: { $and: [{ b: { $eq: 2 } }] } } }] },
    ],
    ["an empty object in an array", contains(["a"], [{}]), { a: { $type: "array" } }],
    ["an array in an array", contains(["a"], [[1]]), { a: { $elemMatch: { $type: "array" } } }],
    [
      "an object in elements",
      elemMatch(["a"], objects(eq(["b"], { c: 1 }))),
      { a: { $elemMatch: { $and: [{ b: { $type: "object" } }, { "b.c": { $eq: 1 } }] } } },
    ],
    [
      "a value and an object's complement",
      elemMatch(["a"], values(and([compare("gt", [], 1), not(eq([], {}))]))),
      { a: { $elemMatch: { $gt: 1 } } },
    ],
    [
      "two negations of an element",
      elemMatch(["a"], values(and([not(compare("gt", [], 1)), not(compare("lt", [], 0))]))),
      { a: { $elemMatch: { $not: { $gt: 1 } } } },
    ],
    [
      "nothing that an element could be asked",
      elemMatch(["a"], values(not(eq([], {})))),
      { a: { $type: "array" } },
    ],
    ["a pattern on references", regex(["owner"], "^65", ""), {}],
    ["a prefix of references", startsWith(["owner"], "65"), {}],
    ["a negation", not(eq(["a"], {})), {}],
    ["a negation of elements", not(elemMatch(["a"], objects(eq(["b"], [1])))), {}],
    ["a negation with one such arm", not(and([exists(["a"]), contains(["b"], [{}])])), {}],
    ["an arm beside it", and([eq(["a"], 1), not(eq(["b"], {}))]), { $and: [{ a: { $eq: 1 } }, {}] }],
  ])("%s", (_, node, filter) => {
    expect(compiled(node)).toEqual({ filter, exact: false })
  })
})
