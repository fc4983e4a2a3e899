import { describe, expect, test } from "vitest"
import {
  and,
  compare,
  contains,
  elemMatch,
  exists,
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
} from "../ast/filter.ts"
import { parseElementFilter, parseFilter } from "./parse-filter.ts"

const context = { operation: "find", collection: "users" }
const parse = (filter: unknown) => parseFilter(filter, context)
const a1 = compare("eq", ["a"], 1)

describe("parseFilter", () => {
  test.each<[string, object, FilterNode]>([
    ["nothing", {}, matchAll],
    ["a value", { a: 1 }, a1],
    ["a dotted path", { "a.b.0": "x" }, compare("eq", ["a", "b", "0"], "x")],
    ["a whole object", { a: { b: 1 } }, compare("eq", ["a"], { b: 1 })],
    ["an empty object", { a: {} }, compare("eq", ["a"], {})],
    ["several fields", { a: 1, b: null }, and([a1, compare("eq", ["b"], null)])],
    [
      "several operators",
      { a: { $gt: 1, $lte: 5 } },
      and([compare("gt", ["a"], 1), compare("lte", ["a"], 5)]),
    ],
    ["$ne", { a: { $ne: 1 } }, not(a1)],
    ["$nin", { a: { $nin: [1, 2] } }, not(isIn(["a"], [1, 2]))],
    ["$exists", { a: { $exists: false } }, not(exists(["a"]))],
    ["$type", { a: { $type: "date" } }, hasType(["a"], "date")],
    [
      "$type of several",
      { a: { $type: ["date", "null"] } },
      or([hasType(["a"], "date"), hasType(["a"], "null")]),
    ],
    ["$regex", { a: { $regex: "^x" } }, regex(["a"], "^x", "")],
    ["$options, sorted", { a: { $options: "si", $regex: "x" } }, regex(["a"], "x", "is")],
    ["$startsWith", { a: { $startsWith: "x" } }, startsWith(["a"], "x")],
    ["$mod", { a: { $mod: [4, -1] } }, mod(["a"], 4, -1)],
    ["$mod of int64", { a: { $mod: [2 ** 60, 2n ** 60n] } }, mod(["a"], 2n ** 60n, 2n ** 60n)],
    ["$contains", { a: { $contains: { b: 1 } } }, contains(["a"], [{ b: 1 }])],
    ["$containsAny", { a: { $containsAny: [1, null] } }, contains(["a"], [1, null])],
    ["$all", { a: { $all: [1, 2] } }, and([contains(["a"], [1]), contains(["a"], [2])])],
    ["$all of one", { a: { $all: [1] } }, contains(["a"], [1])],
    ["$all of none", { a: { $all: [] } }, matchNone],
    ["$size", { a: { $size: 0 } }, hasSize(["a"], 0)],
    [
      "$elemMatch of values",
      { a: { $elemMatch: { $gt: 1 } } },
      elemMatch(["a"], { of: "values", filter: compare("gt", [], 1) }),
    ],
    [
      "$elemMatch of objects",
      { a: { $elemMatch: { "b.c": 1 } } },
      elemMatch(["a"], { of: "objects", filter: compare("eq", ["b", "c"], 1) }),
    ],
    [
      "$elemMatch of any object",
      { a: { $elemMatch: {} } },
      elemMatch(["a"], { of: "objects", filter: matchAll }),
    ],
    [
      "$elemMatch with a group",
      { a: { $elemMatch: { $or: [{ b: 1 }] } } },
      elemMatch(["a"], { of: "objects", filter: or([compare("eq", ["b"], 1)]) }),
    ],
    [
      "an _id of an element",
      { a: { $elemMatch: { _id: 5 } } },
      elemMatch(["a"], { of: "objects", filter: compare("eq", ["_id"], 5) }),
    ],
    [
      "$not",
      { a: { $not: { $gt: 1, $lt: 5 } } },
      not(and([compare("gt", ["a"], 1), compare("lt", ["a"], 5)])),
    ],
    [
      "$and, $or, $nor",
      { $and: [{ a: 1 }], $or: [{ a: 1 }, {}], $nor: [{ a: 1 }] },
      and([and([a1]), or([a1, matchAll]), not(or([a1]))]),
    ],
    [
      "$text",
      { $text: { $search: "x", $language: "en", $caseSensitive: true } },
      text("x", { language: "en", caseSensitive: true }),
    ],
    ["names of JavaScript's own", { constructor: 1 }, compare("eq", ["constructor"], 1)],
  ])("%s", (_, filter, node) => {
    expect(parse(filter)).toEqual(node)
  })

  const remedies: readonly (readonly [string, unknown, string, string])[] = [
    ["JavaScript", { $where: "this.a" }, "$where", "code is never sent to a store"],
    ["JavaScript below a path", { a: { $where: "1" } }, "a.$where", "code is never sent"],
    [
      "JavaScript below elements",
      { a: { $elemMatch: { $or: [{ $function: {} }] } } },
      "a.$function",
      "code is never sent",
    ],
    ["JavaScript below values", { a: { $elemMatch: { $where: "1" } } }, "a.$where", "code is never sent"],
    ["$accumulator", { $and: [{ $nor: [{ $accumulator: {} }] }] }, "$accumulator", "code is never sent"],
    ["$expr", { $expr: { $gt: ["$a", "$b"] } }, "$expr", "not with another path"],
    ["$jsonSchema", { $jsonSchema: {} }, "$jsonSchema", "declare a schema"],
    ["$comment", { $comment: "x" }, "$comment", "an option of the call"],
    ["geometry", { a: { $near: [0, 0] } }, "a.$near", "store.unwrap()"],
    ["an unknown group", { $xor: [] }, "$xor", "unknown operator $xor; here stand $and $or $nor $text"],
    ["an unknown operator", { a: { $gtt: 1 } }, "a.$gtt", "unknown operator $gtt; here stand $eq $ne"],
    ["an operator of objects", { a: { toString: 1, $gt: 1 } }, "a.toString", "cannot be mixed"],
    ["an operator inside a value", { a: { $eq: { b: { $gt: 1 } } } }, "a.b.$gt", "does not begin with $"],
    ["a prototype's name", { a: { $__proto__: 1 } }, "a.$__proto__", "unknown operator"],
    ["RegExp", { a: /x/i }, "a", "a RegExp is not portable; write { $regex"],
    ["RegExp in a list", { a: { $in: [/x/] } }, "a.0", "a RegExp is not portable"],
    ["RegExp in $not", { a: { $not: /x/ } }, "a", "an object of operators"],
    ["RegExp in $regex", { a: { $regex: /x/ } }, "a", "a RegExp is not portable"],
    ["a bad pattern", { a: { $regex: "(?=x)" } }, "a.$regex", "look-ahead is not portable"],
    ["bad flags", { a: { $regex: "x", $options: "g" } }, "a.$options", "out of i, m and s"],
    ["flags twice", { a: { $regex: "x", $options: "ii" } }, "a.$options", "each once"],
    ["flags alone", { a: { $options: "i" } }, "a.$options", "beside $regex only"],
    ["a number as prefix", { a: { $startsWith: 5 } }, "a", "takes a string"],
    ["MongoDB's name of a kind", { a: { $type: "int" } }, "a", "takes one of string number boolean"],
    ["no kind", { a: { $type: [] } }, "a", "or an array of them"],
    ["a fraction in $mod", { a: { $mod: [1.5, 0] } }, "a.0", "takes an integer"],
    ["a divisor of 0", { a: { $mod: [0, 0] } }, "a", "is not 0"],
    ["half a $mod", { a: { $mod: [2] } }, "a", "[divisor, remainder]"],
    ["too much $mod", { a: { $mod: [2, 1, 0] } }, "a", "[divisor, remainder]"],
    ["a negative $size", { a: { $size: -1 } }, "a", "a whole number"],
    ["a range as $size", { a: { $size: { $gt: 1 } } }, "a.$gt", "does not begin with $"],
    ["$all without an array", { a: { $all: 1 } }, "a", "$all takes an array"],
    ["$elemMatch without an object", { a: { $elemMatch: 1 } }, "a", "takes an object"],
    ["values and fields", { a: { $elemMatch: { $gt: 1, b: 1 } } }, "a.b", "cannot be mixed"],
    ["existence of an element", { a: { $elemMatch: { $exists: true } } }, "a", "always there"],
    ["undefined", { a: { $gt: undefined } }, "a", "undefined is no value"],
    ["a lone surrogate", { a: "\uD800" }, "a", "lone surrogate"],
    ["NaN in a range", { a: { $lt: Number.NaN } }, "a", "NaN"],
    ["a range of booleans", { a: { $lt: true } }, "a", "takes a number, a bigint, a string or a Date"],
    ["a pattern on ids", { _id: { $regex: "x" } }, "_id", "an _id takes $eq"],
    ["a field of an id", { "_id.x": 1 }, "_id.x", "has no fields"],
    ["an id that is no string", { _id: { $in: [5] } }, "_id.0", "an _id is a string"],
    ["a text below an alternative", { $or: [{ $text: { $search: "x" } }] }, "$text", "under $and only"],
    [
      "a text below a negation",
      { $nor: [{ $and: [{ $text: { $search: "x" } }] }] },
      "$text",
      "under $and only",
    ],
    ["a text of elements", { a: { $elemMatch: { $text: { $search: "x" } } } }, "$text", "under $and only"],
    ["a text without words", { $text: "x" }, "$text", "{ $search: "],
    [
      "an unknown option of a text",
      { $text: { $search: "x", $fuzzy: true } },
      "$text.$fuzzy",
      "beside $search stand",
    ],
    ["a list", [], "", "a filter is a plain object"],
  ]

  test.each(remedies)("refuses %s with path and remedy", (_, filter, path, remedy) => {
    expect(() => parse(filter)).toThrow(
      expect.objectContaining({ code: "invalid-argument", operation: "find", collection: "users" }),
    )
    try {
      parse(filter)
    } catch (error) {
      expect((error as { path?: string }).path ?? "").toBe(path)
      expect((error as Error).message).toContain(remedy)
    }
  })

  test("nesting has an end, before the stack has", () => {
    let deep: object = { a: 1 }
    for (let i = 0; i < 100_000; i++) deep = { $or: [deep] }
    expect(() => parse(deep)).toThrow("nested deeper than 32 levels")
    let negated: object = { $eq: 1 }
    for (let i = 0; i < 100_000; i++) negated = { $not: negated }
    expect(() => parse({ a: negated })).toThrow("nested deeper than 32 levels")
  })

  test("operands are copied: what the caller changes later changes nothing", () => {
    const tags = ["x"]
    const node = parse({ a: { $in: [tags] } })
    tags.push("y")
    expect(node).toEqual(isIn(["a"], [["x"]]))
  })
})

describe("parseElementFilter", () => {
  test.each([
    ["a value", 5, { of: "values", filter: compare("eq", [], 5) }],
    ["null", null, { of: "values", filter: compare("eq", [], null) }],
    ["an array", [1], { of: "values", filter: compare("eq", [], [1]) }],
    ["operators", { $gte: 5 }, { of: "values", filter: compare("gte", [], 5) }],
    ["fields", { b: 5 }, { of: "objects", filter: compare("eq", ["b"], 5) }],
    ["any object", {}, { of: "objects", filter: matchAll }],
  ])("%s", (_, operand, expected) => {
    expect(parseElementFilter(operand, "a", context)).toEqual(expected)
  })
})
