import type { Value } from "@nosql/contracts"
import { describe, expect, test } from "vitest"
import { parseFilter } from "../parse/parse-filter.ts"
import { parseUpdate } from "../parse/parse-update.ts"
import { nativeValue } from "../values/native-value.ts"
import { decodeAst, encodeAst } from "./codec.ts"
import type { FilterNode } from "./filter.ts"

describe("the JSON codec", () => {
  test.each<[string, Value]>([
    ["a date", new Date("2024-01-02T03:04:05.006Z")],
    ["a bigint", 2n ** 62n],
    ["bytes", new Uint8Array([0, 127, 255])],
    ["a native value", nativeValue({ driver: "mongodb", type: "Decimal128", text: "1.5" })],
    ["an object that looks like a tag", { $date: 5 }],
    ["an object inside one that looks like a tag", { $object: { $bigint: "x" } }],
    ["a $ key among others", { $date: 5, other: 1 }],
    ["nested arrays", [[1, [new Date(0)]], null, true, "text"]],
    ["a field __proto__", JSON.parse('{"__proto__": {"a": 1}}') as Value],
  ])("%s survives", (_, value) => {
    expect(decodeAst(JSON.parse(JSON.stringify(encodeAst(value))))).toEqual(value)
  })

  test("a filter survives and is frozen", () => {
    const node = parseFilter(
      {
        a: { $gt: new Date(5) },
        $or: [{ b: 2n ** 60n }, { c: { $nin: ["x", null] } }],
        d: { $regex: "^\\$[a-z]", $options: "im", $type: ["string", "null"], $startsWith: "$x" },
        e: { $mod: [2n ** 60n, 1], $size: 2, $containsAny: [new Date(0), { $eq: 1 }["$eq"]] },
        f: { $elemMatch: { g: { $elemMatch: { $not: { $gte: 1 } } } } },
        $text: { $search: "words", $caseSensitive: true },
      },
      { operation: "test" },
    )
    const decoded = decodeAst<FilterNode>(encodeAst(node))
    expect(decoded).toEqual(node)
    expect(Object.isFrozen(decoded)).toBe(true)
  })

  test("an update of every operator survives and is frozen", () => {
    const nodes = parseUpdate(
      {
        $set: { a: new Date(5), b: [null] },
        $unset: { c: true },
        $inc: { d: 2n ** 60n },
        $mul: { e: 0.5 },
        $min: { f: new Date(0) },
        $max: { g: null },
        $rename: { h: "i.j" },
        $currentDate: { k: true },
        $setOnInsert: { l: new Uint8Array([1]) },
        $push: {
          m: { $each: [1, { n: 1n }], $position: 0, $slice: -2, $sort: { n: -1 } },
          n: { $each: [], $sort: 1 },
        },
        $addToSet: { o: [1] },
        $pull: { p: { x: { $gt: 1 } }, q: { $in: [1, "x"] } },
        $pop: { r: -1 },
      },
      { operation: "test" },
    )
    const decoded = decodeAst<typeof nodes>(encodeAst(nodes))
    expect(decoded).toEqual(nodes)
    expect(decoded.every((node) => Object.isFrozen(node))).toBe(true)
  })

  test.each([
    ['{"$function": "x"}', 'unknown tag "$function"'],
    ['{"$date": "x"}', '"$date" holds'],
    ['{"$date": 1.5}', '"$date" holds'],
    ['{"$bigint": "1e5"}', '"$bigint" holds'],
    ['{"$bigint": {}}', '"$bigint" holds'],
    ['{"$binary": "*"}', '"$binary" holds'],
    ['{"$native": {"driver": "mongodb"}}', '"$native" holds'],
    ['{"$object": 5}', '"$object" holds'],
    ["{", "not JSON"],
  ])("%s is refused", (text, problem) => {
    expect(() => decodeAst(text)).toThrow(expect.objectContaining({ code: "invalid-argument" }))
    expect(() => decodeAst(text)).toThrow(problem)
  })

  test("large binaries do not exhaust the stack", () => {
    const bytes = new Uint8Array(300_000).fill(7)
    expect(decodeAst(encodeAst(bytes))).toEqual(bytes)
  })
})
