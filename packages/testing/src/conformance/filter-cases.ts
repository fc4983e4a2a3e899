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
