import { describe, expect, test } from "vitest"
import type { FilterNode } from "../ast/filter.ts"
import { fold } from "../ast/fold.ts"
import { spec } from "../specification/spec.ts"
import { Specification } from "../specification/specification.ts"
import { parseFilter } from "./parse-filter.ts"
import { parseNode } from "./parse-node.ts"

const context = { operation: "fromJSON" }
const read = (json: unknown) => parseNode(json, context)

/** Every node of the AST, with operands that JSON lacks. */
const filters: readonly Record<string, unknown>[] = [
  {},
  { $or: [] },
  { a: 1, b: { $ne: null } },
  { a: { $gt: new Date(5), $lte: 2n ** 60n }, b: { $gte: "x" }, c: { $lt: -0.5 } },
  { "a.b.0": { $eq: new Uint8Array([1, 2]) }, o: { $eq: { kind: "eq", $object: undefined } } },
  { a: { $in: [1, "x", null, [2]] }, b: { $nin: ["y"] } },
  { a: { $exists: true }, b: { $exists: false }, c: { $type: ["string", "null"] } },
  { a: { $regex: "^x+$", $options: "im" }, b: { $startsWith: "" } },
  { a: { $mod: [4, -2] }, tags: { $contains: "a", $containsAny: ["b", "c"], $all: ["d", "e"], $size: 0 } },
  { items: { $elemMatch: { sku: "x", _id: 5, $or: [{ "by.name": "Ada" }, { n: { $gt: 1 } }] } } },
  { scores: { $elemMatch: { $gt: 1, $type: ["number", "null"], $not: { $in: [3, 4] } } } },
  {
    lists: { $elemMatch: { $elemMatch: { $eq: 1 } } },
    rows: { $elemMatch: { cells: { $elemMatch: { v: 1 } } } },
  },
  { $nor: [{ a: 1 }, { $and: [{ b: 1 }, { c: { $not: { $gt: 5 } } }] }] },
  { $and: [{ $text: { $search: "words", $language: "en", $caseSensitive: true } }, { a: 1 }] },
  { _id: { $in: ["a", "b"], $gt: "a" } },
]

describe("toJSON and fromJSON", () => {
  test.each(filters.map((filter, i) => [i, filter] as const))("filter %i survives", (_, filter) => {
    const saved = JSON.stringify(spec.where(filter as never))
    const node = fold(parseFilter(filter, context))
    expect(fold(read(JSON.parse(saved)))).toEqual(node)
    expect(JSON.stringify(Specification.fromJSON(JSON.parse(saved)))).toBe(saved)
  })

  test("what was read holds of the same entities", () => {
    const adult = spec<{ age: number }>().gte("age", 18)
    const again = Specification.fromJSON<{ age: number }>(JSON.parse(JSON.stringify(adult)))
    expect([17, 18].map((age) => again.isSatisfiedBy({ age }))).toEqual([false, true])
  })
})

describe("JSON from outside lets nothing through that a filter could not say", () => {
  const eq = { kind: "compare", operator: "eq", path: ["a"], value: 1 }
  test.each<[string, unknown, string]>([
    ["text", '{"kind":"true"}', "takes what toJSON gave"],
    ["nothing", undefined, "fromJSON"],
    ["an unknown kind", { kind: "toString" }, "a kind out of true false and"],
    ["a kind that is inherited", { kind: "constructor" }, "a kind out of"],
    ["a node that is none", { kind: "and", filters: [5] }, "a kind out of"],
    ["a group without its filters", { kind: "or" }, "or takes an array"],
    ["a path that is text", { ...eq, path: "a" }, "a path is an array of names"],
    ["a path to nowhere", { ...eq, path: [] }, "a field name is not empty"],
    ["an operator as a name", { ...eq, path: ["$where"] }, "a field name does not begin with $"],
    ["a field below the _id", { ...eq, path: ["_id", "x"] }, "an _id is a string and has no fields"],
    ["an _id that is no string", { ...eq, path: ["_id"] }, "an _id is a string"],
    ["another operator", { ...eq, operator: "regex" }, "one of eq gt gte lt lte"],
    ["an operator that makes no text", { ...eq, operator: { toString: 1 } }, "one of eq gt gte lt lte"],
    ["no operand", { kind: "compare", operator: "eq", path: ["a"] }, "undefined is no value"],
    ["a range over booleans", { ...eq, operator: "gt", value: true }, "takes a number"],
    ["a pattern out of the subset", { kind: "regex", path: ["a"], pattern: "(?=x)", flags: "" }, "a.$regex"],
    [
      "flags that are none",
      { kind: "regex", path: ["a"], pattern: "x", flags: "g" },
      "flags out of i, m and s",
    ],
    [
      "a divisor of 0",
      { kind: "mod", path: ["a"], divisor: 0, remainder: 0 },
      "the divisor of $mod is not 0",
    ],
    ["a bad date", { ...eq, value: { $date: "x" } }, '"$date" holds what does not belong there'],
    ["a bad bigint", { ...eq, value: { $bigint: "x" } }, '"$bigint" holds what does not belong there'],
    ["an unknown tag", { ...eq, value: { $code: "x" } }, 'unknown tag "$code"'],
    [
      "text below a not",
      { kind: "not", filter: { kind: "text", search: "x" } },
      "at the top or under $and only",
    ],
    [
      "elements of neither",
      { kind: "elemMatch", path: ["a"], of: "both", filter: eq },
      'of "objects" or "values"',
    ],
  ])("%s", (_, json, problem) => {
    expect(() => read(json)).toThrow(
      expect.objectContaining({ code: "invalid-argument", message: expect.stringContaining(problem) }),
    )
  })

  test("nor deeper than a filter", () => {
    let deep: unknown = { kind: "true" } satisfies FilterNode
    for (let i = 0; i < 40; i++) deep = { kind: "not", filter: deep }
    expect(() => read(deep)).toThrow("nested deeper than 32 levels")
  })
})
