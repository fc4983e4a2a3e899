import type { Document, Filter } from "@nosql/contracts"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"

/** One document for each kind of value in `v`, and one without it; `n` and `o` serve combinations and paths. */
const fixture: readonly Document[] = [
  { _id: "n0", v: 0, n: 1, o: { x: 1 } },
  { _id: "n5", v: 5, n: 2, o: { x: 2, y: { z: 1 } } },
  { _id: "n5.5", v: 5.5, n: 3, o: { y: { z: 1 }, x: 2 } },
  { _id: "n-3", v: -3, n: 4, o: null },
  { _id: "nbig", v: 2n ** 60n, n: 5, o: {} },
  { _id: "sEmpty", v: "", n: 6, o: "text" },
  { _id: "sa", v: "a", n: 7, o: { x: null } },
  { _id: "sB", v: "B", n: 8, o: { x: "1" } },
  { _id: "sHigh", v: "\uFF5E", n: 9 },
  { _id: "sEmoji", v: "\u{1F600}", n: 10 },
  { _id: "s5", v: "5", n: 11 },
  { _id: "true", v: true, n: 12 },
  { _id: "false", v: false, n: 13 },
  { _id: "null", v: null, n: 14 },
  { _id: "missing", n: 15 },
  { _id: "d1", v: new Date("2020-01-01"), n: 16 },
  { _id: "d2", v: new Date("2021-01-01"), n: 17 },
  { _id: "bin", v: new Uint8Array([1, 2]), n: 18 },
  { _id: "obj", v: { a: 1, b: { c: 2 } }, n: 19 },
  { _id: "objReordered", v: { b: { c: 2 }, a: 1 }, n: 20 },
  { _id: "objMore", v: { a: 1, b: { c: 2 }, d: 3 }, n: 21 },
]

/** What a scalar operator would ask of an array is outside the promise; these are made for arrays. */
const lists: readonly Document[] = [
  { _id: "numbers", v: [1, 5, 9] },
  { _id: "strings", v: ["a", "ab", "B"] },
  { _id: "mixed", v: [5, "a", null, true, new Date("2020-01-01")] },
  { _id: "negatives", v: [-4, -5.5, 2n ** 60n] },
  { _id: "empty", v: [] },
  { _id: "one", v: [5] },
  {
    _id: "objects",
    v: [
      { a: 1, b: "x" },
      { a: 2, b: "y" },
    ],
  },
  { _id: "objectsLess", v: [{ a: 1 }, { b: "y" }, { a: null, b: { c: 1 } }] },
  { _id: "objectsMixed", v: [{ a: 2, b: "x" }, 7, "text"] },
  { _id: "reordered", v: [{ b: "x", a: 1 }] },
  {
    _id: "deep",
    v: [
      {
        items: [
          { sku: "p", qty: 1 },
          { sku: "q", qty: 5 },
        ],
      },
      { items: [] },
    ],
  },
  { _id: "ids", v: [{ _id: "65f0a1b2c3d4e5f6a7b8c9d0" }] },
  { _id: "scalar", v: 5 },
  { _id: "text", v: "a" },
  { _id: "object", v: { a: 1, b: "x" } },
  { _id: "null", v: null },
  { _id: "none" },
]

const listsBut = (...names: string[]) =>
  lists.map(({ _id }) => _id as string).filter((id) => !names.includes(id))
const withArray = listsBut("scalar", "text", "object", "null", "none")

const listRows: readonly Row[] = [
  [{ v: { $type: "array" } }, withArray],
  [{ v: { $not: { $type: "array" } } }, ["scalar", "text", "object", "null", "none"]],
  [{ v: { $type: "object" } }, ["object"]],
  [{ v: { $type: "number" } }, ["scalar"]],
  [{ v: { $not: { $type: "number" } } }, listsBut("scalar")],
  [{ v: { $exists: true } }, listsBut("none")],
  [{ v: { $contains: 5 } }, ["numbers", "mixed", "one"]],
  [{ v: { $contains: 5n } }, ["numbers", "mixed", "one"]],
  [{ v: { $contains: 2n ** 60n } }, ["negatives"]],
  [{ v: { $contains: "a" } }, ["strings", "mixed"]],
  [{ v: { $contains: null } }, ["mixed"]],
  [{ v: { $contains: true } }, ["mixed"]],
  [{ v: { $contains: new Date("2020-01-01") } }, ["mixed"]],
  [{ v: { $contains: { a: 1, b: "x" } } }, ["objects", "reordered"]],
  [{ v: { $contains: { a: 1 } } }, ["objectsLess"]],
  [{ v: { $contains: { b: { c: 1 }, a: null } } }, ["objectsLess"]],
  [{ v: { $contains: {} } }, []],
  [{ v: { $not: { $contains: 5 } } }, listsBut("numbers", "mixed", "one")],
  [{ v: { $not: { $contains: { a: 1, b: "x" } } } }, listsBut("objects", "reordered")],
  [{ v: { $containsAny: [] } }, []],
  [{ v: { $containsAny: [9, "B"] } }, ["numbers", "strings"]],
  [{ v: { $containsAny: [9, { a: 1, b: "x" }] } }, ["numbers", "objects", "reordered"]],
  [{ v: { $containsAny: [null, 9] } }, ["numbers", "mixed"]],
  [{ v: { $not: { $containsAny: [9, "B"] } } }, listsBut("numbers", "strings")],
  [{ v: { $all: [] } }, []],
  [{ v: { $all: [5] } }, ["numbers", "mixed", "one"]],
  [{ v: { $all: [5, 9] } }, ["numbers"]],
  [{ v: { $all: ["a", 5, null] } }, ["mixed"]],
  [
    {
      v: {
        $all: [
          { a: 1, b: "x" },
          { b: "y", a: 2 },
        ],
      },
    },
    ["objects"],
  ],
  [{ v: { $not: { $all: [5, 9] } } }, listsBut("numbers")],
  [{ v: { $size: 0 } }, ["empty"]],
  [{ v: { $size: 1 } }, ["one", "reordered", "ids"]],
  [{ v: { $size: 3n } as never }, ["numbers", "strings", "negatives", "objectsLess", "objectsMixed"]],
  [{ v: { $not: { $size: 0 } } }, listsBut("empty")],
  [{ v: { $elemMatch: { $gt: 5 } } }, ["numbers", "negatives", "objectsMixed"]],
  [{ v: { $elemMatch: { $gt: 4, $lt: 6 } } }, ["numbers", "mixed", "one"]],
  [{ v: { $elemMatch: { $gte: "ab" } } }, ["strings", "objectsMixed"]],
  [{ v: { $elemMatch: { $eq: null } } }, ["mixed"]],
  [
    { v: { $elemMatch: { $ne: 5 } } },
    [
      "numbers",
      "strings",
      "mixed",
      "negatives",
      "objects",
      "objectsLess",
      "objectsMixed",
      "reordered",
      "deep",
      "ids",
    ],
  ],
  [{ v: { $elemMatch: { $in: [9, "B"] } } }, ["numbers", "strings"]],
  [{ v: { $elemMatch: { $in: [9, { a: 1, b: "x" }] } } }, ["numbers", "objects", "reordered"]],
  [{ v: { $elemMatch: { $nin: [1, 5, 9, null], $type: "number" } } }, ["negatives", "objectsMixed"]],
  [{ v: { $elemMatch: { $type: "null" } } }, ["mixed"]],
  [
    { v: { $elemMatch: { $type: "object" } } },
    ["objects", "objectsLess", "objectsMixed", "reordered", "deep", "ids"],
  ],
  [{ v: { $elemMatch: { $type: ["boolean", "date"] } } }, ["mixed"]],
  [{ v: { $elemMatch: { $startsWith: "a" } } }, ["strings", "mixed"]],
  [{ v: { $elemMatch: { $startsWith: "a", $ne: "a" } } }, ["strings"]],
  [{ v: { $elemMatch: { $mod: [2, 0] } } }, ["negatives"]],
  [{ v: { $elemMatch: { $mod: [5, 0] } } }, ["numbers", "mixed", "negatives", "one"]],
  [
    { v: { $elemMatch: { $not: { $gt: 1 } } } },
    listsBut("one", "empty", "scalar", "text", "object", "null", "none"),
  ],
  [{ v: { $elemMatch: { $not: { $gt: 1 }, $type: "number" } } }, ["numbers", "negatives"]],
  [
    { v: { $elemMatch: { $not: { $type: ["object", "string"] }, $gt: 6 } } },
    ["numbers", "negatives", "objectsMixed"],
  ],
  [{ v: { $elemMatch: { $eq: { a: 1, b: "x" } } } }, ["objects", "reordered"]],
  [
    { v: { $elemMatch: { $ne: { a: 1, b: "x" }, $type: "object" } } },
    ["objects", "objectsLess", "objectsMixed", "deep", "ids"],
  ],
  [{ v: { $elemMatch: { $nin: [] } } }, withArray.filter((id) => id !== "empty")],
  [{ v: { $not: { $elemMatch: { $gt: 5 } } } }, listsBut("numbers", "negatives", "objectsMixed")],
  [{ v: { $not: { $elemMatch: { $eq: { a: 1, b: "x" } } } } }, listsBut("objects", "reordered")],
  [{ v: { $elemMatch: {} } }, ["objects", "objectsLess", "objectsMixed", "reordered", "deep", "ids"]],
  [{ v: { $elemMatch: { a: 1 } } }, ["objects", "objectsLess", "reordered"]],
  [{ v: { $elemMatch: { a: 1, b: "x" } } }, ["objects", "reordered"]],
  [{ v: { $elemMatch: { a: 1, b: "y" } } }, []],
  [{ v: { $elemMatch: { a: null } } }, ["objectsLess", "deep", "ids"]],
  [{ v: { $elemMatch: { a: { $exists: false } } } }, ["objectsLess", "deep", "ids"]],
  [{ v: { $elemMatch: { a: { $ne: 1 } } } }, ["objects", "objectsLess", "objectsMixed", "deep", "ids"]],
  [{ v: { $elemMatch: { "b.c": 1 } } }, ["objectsLess"]],
  [{ v: { $elemMatch: { b: { c: 1 } } } }, ["objectsLess"]],
  [{ v: { $elemMatch: { $or: [{ a: 2 }, { b: "x" }] } } }, ["objects", "objectsMixed", "reordered"]],
  [{ v: { $elemMatch: { $nor: [{ a: { $gt: 0 } }] } } }, ["objectsLess", "deep", "ids"]],
  [{ v: { $elemMatch: { $and: [{ a: 2 }, { b: "x" }] } } }, ["objectsMixed"]],
  [{ v: { $elemMatch: { items: { $elemMatch: { sku: "q", qty: { $gt: 4 } } } } } }, ["deep"]],
  [{ v: { $elemMatch: { items: { $elemMatch: { sku: "p", qty: { $gt: 4 } } } } } }, []],
  [{ v: { $elemMatch: { items: { $size: 0 } } } }, ["deep"]],
  [{ v: { $elemMatch: { _id: "65f0a1b2c3d4e5f6a7b8c9d0" } } }, ["ids"]],
  [{ v: { $not: { $elemMatch: { a: 1 } } } }, listsBut("objects", "objectsLess", "reordered")],
  [{ $nor: [{ v: { $elemMatch: { b: { c: 1 } } } }] }, listsBut("objectsLess")],
  [{ "v.0": 5 }, ["mixed", "one"]],
  [{ "v.0.a": 1 }, ["objects", "objectsLess", "reordered"]],
  [{ "v.2": { $exists: true } }, ["numbers", "strings", "mixed", "negatives", "objectsLess", "objectsMixed"]],
  [{ v: [5] }, ["one"]],
]

/** Whole arrays stand apart: a scalar operator on a stored array is outside the promise. */
const arrays: readonly Document[] = [
  { _id: "list", v: [1, 2] },
  { _id: "nested", v: [[1, 2]] },
  { _id: "reversed", v: [2, 1] },
  { _id: "empty", v: [] },
  { _id: "object", v: [{ a: 1, b: 2 }] },
  { _id: "objectReordered", v: [{ b: 2, a: 1 }] },
  { _id: "none" },
]

const ids = (...list: string[]) => list
const allBut = (...list: string[]) =>
  fixture.map(({ _id }) => _id as string).filter((id) => !list.includes(id))
const strings = ids("sEmpty", "sa", "sB", "sHigh", "sEmoji", "s5")

/** A filter and the ids that it finds. */
type Row = readonly [filter: Filter<Document>, expected: readonly string[]]

const rows: readonly Row[] = [
  [{}, allBut()],
  [{ v: 5 }, ["n5"]],
  [{ v: 5n }, ["n5"]],
  [{ v: 2n ** 60n }, ["nbig"]],
  [{ v: 2 ** 60 }, ["nbig"]],
  [{ v: 5.5 }, ["n5.5"]],
  [{ v: -0 }, ["n0"]],
  [{ v: "5" }, ["s5"]],
  [{ v: "" }, ["sEmpty"]],
  [{ v: true }, ["true"]],
  [{ v: false }, ["false"]],
  [{ v: null }, ["null", "missing"]],
  [{ v: { $eq: null } }, ["null", "missing"]],
  [{ v: { $ne: null } }, allBut("null", "missing")],
  [{ v: new Date("2020-01-01") }, ["d1"]],
  [{ v: new Uint8Array([1, 2]) }, ["bin"]],
  [{ v: { a: 1, b: { c: 2 } } }, ["obj", "objReordered"]],
  [{ v: { b: { c: 2 }, a: 1 } }, ["obj", "objReordered"]],
  [{ v: { a: 1 } }, []],
  [{ v: { $ne: { a: 1, b: { c: 2 } } } }, allBut("obj", "objReordered")],
  [{ v: { $in: [5, { a: 1, b: { c: 2 } }] } }, ["n5", "obj", "objReordered"]],
  [{ v: { $nin: [5, { a: 1, b: { c: 2 } }] } }, allBut("n5", "obj", "objReordered")],
  [{ v: { $ne: 5 } }, allBut("n5")],
  [{ v: { $gt: 0 } }, ["n5", "n5.5", "nbig"]],
  [{ v: { $gte: 0 } }, ["n0", "n5", "n5.5", "nbig"]],
  [{ v: { $lt: 5 } }, ["n0", "n-3"]],
  [{ v: { $lte: 5n } }, ["n0", "n-3", "n5"]],
  [{ v: { $gt: 5, $lt: 6 } }, ["n5.5"]],
  [{ v: { $gt: 6, $lt: 5 } }, []],
  [{ v: { $gte: "" } }, strings],
  [{ v: { $gt: "B" } }, ["sa", "sHigh", "sEmoji"]],
  [{ v: { $gt: "\uFF5E" } }, ["sEmoji"]],
  [{ v: { $lt: new Date("2020-06-01") } }, ["d1"]],
  [{ v: { $gte: new Date("2020-01-01") } }, ["d1", "d2"]],
  [{ v: { $in: [] } }, []],
  [{ v: { $nin: [] } }, allBut()],
  [{ v: { $in: [5] } }, ["n5"]],
  [{ v: { $in: [5, "a", true, null] } }, ["n5", "sa", "true", "null", "missing"]],
  [{ v: { $nin: [5, null] } }, allBut("n5", "null", "missing")],
  [{ v: { $exists: true } }, allBut("missing")],
  [{ v: { $exists: false } }, ["missing"]],
  [{ v: { $not: { $gt: 0 } } }, allBut("n5", "n5.5", "nbig")],
  [{ v: { $not: { $gt: 0, $lt: 6 } } }, allBut("n5", "n5.5")],
  [{ v: { $not: { $not: { $eq: 5 } } } }, ["n5"]],
  [{ v: { $not: { $exists: true } } }, ["missing"]],
  [{ $and: [] }, allBut()],
  [{ $or: [] }, []],
  [{ $or: [{}] }, allBut()],
  [{ $and: [{ n: { $gt: 3 } }, { n: { $lt: 6 } }] }, ["n-3", "nbig"]],
  [{ $or: [{ v: 5 }, { n: 1 }, { v: "a" }] }, ["n5", "n0", "sa"]],
  [{ $or: [{ v: 5 }, { $or: [] }], n: 2 }, ["n5"]],
  [{ $and: [{ $or: [{ v: 5 }, { v: 0 }] }, { $or: [{ n: 1 }, { n: 3 }] }] }, ["n0"]],
  [{ v: { $ne: 5 }, $or: [{ n: 1 }, { n: 2 }] }, ["n0"]],
  [{ "o.x": 2 }, ["n5", "n5.5"]],
  [{ "o.x": { $exists: true } }, ["n0", "n5", "n5.5", "sa", "sB"]],
  [{ "o.x": null }, allBut("n0", "n5", "n5.5", "sB")],
  [{ "o.y.z": 1 }, ["n5", "n5.5"]],
  [{ "o.y.z": { $ne: 1 } }, allBut("n5", "n5.5")],
  [{ o: { x: 2, y: { z: 1 } } }, ["n5", "n5.5"]],
  [{ o: {} }, ["nbig"]],
  [{ _id: "n5" }, ["n5"]],
  [{ _id: { $in: ["n5", "absent", "sa", "n5"] } }, ["n5", "sa"]],
  [{ _id: { $nin: ["n5"] }, v: { $gt: 0 } }, ["n5.5", "nbig"]],
  [{ _id: { $gt: "true" } }, []],
  [{ _id: { $gte: "sHigh", $lt: "t" } }, ["sHigh", "sa"]],
  [{ _id: "n5", v: 6 }, []],
  [{ $nor: [] }, allBut()],
  [{ $nor: [{}] }, []],
  [{ $nor: [{ v: 5 }, { n: 1 }] }, allBut("n5", "n0")],
  [{ $nor: [{ v: { $gt: 0 } }], n: { $lt: 5 } }, ["n0", "n-3"]],
  [{ $nor: [{ v: { a: 1, b: { c: 2 } } }, { v: 5 }] }, allBut("n5", "obj", "objReordered")],
  [
    { $nor: [{ $or: [{ v: null }, { v: 5 }] }, { $and: [{ n: 1 }, { v: 0 }] }] },
    allBut("null", "missing", "n5", "n0"),
  ],
  [{ v: { $type: "string" } }, strings],
  [{ v: { $type: "number" } }, ["n0", "n5", "n5.5", "n-3", "nbig"]],
  [{ v: { $type: "boolean" } }, ["true", "false"]],
  [{ v: { $type: "null" } }, ["null"]],
  [{ v: { $type: "date" } }, ["d1", "d2"]],
  [{ v: { $type: "binary" } }, ["bin"]],
  [{ v: { $type: "object" } }, ["obj", "objReordered", "objMore"]],
  [{ v: { $type: "array" } }, []],
  [{ v: { $type: ["date", "boolean"] } }, ["true", "false", "d1", "d2"]],
  [{ v: { $not: { $type: "string" } } }, allBut(...strings)],
  [{ v: { $not: { $type: ["string", "number"] } } }, allBut(...strings, "n0", "n5", "n5.5", "n-3", "nbig")],
  [{ o: { $type: "null" } }, ["n-3"]],
  [{ "o.x": { $type: "null" } }, ["sa"]],
  [{ v: { $startsWith: "" } }, strings],
  [{ v: { $startsWith: "a" } }, ["sa"]],
  [{ v: { $startsWith: "ab" } }, []],
  [{ v: { $startsWith: "\uFF5E" } }, ["sHigh"]],
  [{ v: { $startsWith: "\u{1F600}" } }, ["sEmoji"]],
  [{ v: { $not: { $startsWith: "a" } } }, allBut("sa")],
  [{ o: { $startsWith: "te" } }, ["sEmpty"]],
  [{ v: { $mod: [5, 0] } }, ["n0", "n5", "n5.5"]],
  [{ v: { $mod: [2, 1] } }, ["n5", "n5.5"]],
  [{ v: { $mod: [2, -1] } }, ["n-3"]],
  [{ v: { $mod: [-2, 1] } }, ["n5", "n5.5"]],
  [{ v: { $mod: [2n ** 60n, 0] } }, ["n0", "nbig"]],
  [{ v: { $mod: [2n ** 61n, 2n ** 60n] } }, ["nbig"]],
  [{ v: { $mod: [2, 5] } }, []],
  [{ v: { $not: { $mod: [2, 1] } } }, allBut("n5", "n5.5")],
  [{ v: { $contains: 5 } }, []],
  [{ v: { $contains: null } }, []],
  [{ v: { $not: { $contains: 5 } } }, allBut()],
  [{ v: { $containsAny: [5, "a"] } }, []],
  [{ v: { $all: [5] } }, []],
  [{ v: { $size: 0 } }, []],
  [{ v: { $elemMatch: { $eq: 5 } } }, []],
  [{ v: { $elemMatch: { a: 1 } } }, []],
]

const arrayRows: readonly Row[] = [
  [{ v: [1, 2] }, ["list"]],
  [{ v: { $ne: [1, 2] } }, ["nested", "reversed", "empty", "object", "objectReordered", "none"]],
  [{ v: [] }, ["empty"]],
  [{ v: [[1, 2]] }, ["nested"]],
  [{ v: [{ a: 1, b: 2 }] }, ["object", "objectReordered"]],
  [{ v: { $in: [[2, 1], []] } }, ["reversed", "empty"]],
]

export const filterCases: readonly ConformanceCase[] = [
  ...tableCases("", fixture, rows),
  ...tableCases("arrays: ", arrays, arrayRows),
  ...tableCases("lists: ", lists, listRows),
]

/** Each row runs bare, counted, and along an index, which must not change the answer. */
function tableCases(
  prefix: string,
  documents: readonly Document[],
  table: readonly Row[],
): ConformanceCase[] {
  return table.map(([filter, expected]) => ({
    name: `${prefix}${describeFilter(filter)}`,
    run: async ({ filled }) => {
      const bare = await filled(documents)
      expect(await foundIds(bare.find(filter).toArray())).toEqual([...expected].sort())
      expect(await bare.count(filter)).toBe(expected.length)
      if (prefix !== "") return
      const indexed = await filled(documents, {
        indexes: [{ keys: { v: 1, n: -1 } }, { keys: { n: 1 }, unique: true }],
      })
      expect(await foundIds(indexed.find(filter, { scans: "allow" }).toArray())).toEqual([...expected].sort())
      expect(await indexed.count(filter, { scans: "allow" })).toBe(expected.length)
    },
  }))
}

async function foundIds(found: Promise<readonly Document[]>): Promise<string[]> {
  return (await found).map(({ _id }) => _id as string).sort()
}

function describeFilter(filter: Filter<Document>): string {
  return JSON.stringify(filter, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value))
}
