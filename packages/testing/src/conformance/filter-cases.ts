import type { Document } from "@nosql/contracts"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { type Row, tableCases } from "./filter-table.ts"

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
  [{ v: { $regex: "" } }, strings],
  [{ v: { $regex: "^[a-z]$", $options: "i" } }, ["sa", "sB"]],
  [{ v: { $not: { $regex: "" } } }, allBut(...strings)],
  [{ "o.x": { $regex: "1" } }, ["sB"]],
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
  ...tableCases("", {
    documents: fixture,
    indexes: [{ keys: { v: 1, n: -1 } }, { keys: { n: 1 }, unique: true }],
    rows,
  }),
  ...tableCases("arrays: ", { documents: arrays, indexes: [{ keys: { v: 1 } }], rows: arrayRows }),
  {
    name: "an object of 300 fields is equal as a whole, at whichever of them another differs",
    run: async ({ filled }) => {
      const wide = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`k${i}`, i % 3 ? i : { n: i }]))
      const target = await filled([
        { _id: "same", o: wide, l: [wide] },
        { _id: "reordered", o: Object.fromEntries(Object.entries(wide).reverse()), l: [] },
        { _id: "last", o: { ...wide, k299: 0 }, l: [{ ...wide, k299: 0 }] },
        { _id: "inner", o: { ...wide, k297: { n: 0 } }, l: [{ ...wide, k297: { n: 0 } }] },
        { _id: "more", o: { ...wide, more: 1 }, l: [{ ...wide, more: 1 }] },
      ])
      const found = async (filter: object) =>
        (await target.find(filter).toArray()).map(({ _id }) => _id).sort()
      expect(await found({ o: wide })).toEqual(["reordered", "same"])
      expect(await found({ o: { $ne: wide } })).toEqual(["inner", "last", "more"])
      expect(await found({ o: { $in: [wide, null] } })).toEqual(["reordered", "same"])
      expect(await found({ l: { $contains: wide } })).toEqual(["same"])
      expect(await target.count({ o: wide })).toBe(2)
    },
  },
]
