import type { Document, DocumentQuery } from "@nosql/contracts"
import { decodeAst, encodeAst } from "@nosql/core"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

const nested: Document = {
  _id: "a",
  name: "Ada",
  place: { city: "Rome", geo: { lat: 1, lon: 2 }, empty: {} },
  tags: ["x", "y"],
  lines: [
    { sku: 1, price: 5 },
    { sku: 2, price: 6 },
  ],
  nothing: null,
}

export const readCases: readonly ConformanceCase[] = [
  {
    name: "getMany: same length and order, null where absent, duplicates kept",
    run: async ({ filled }) => {
      const target = await filled([
        { _id: "a", n: 1 },
        { _id: "b", n: 2 },
      ])
      expect(await target.getMany(["b", "zz", "a", "b"])).toEqual([
        { _id: "b", n: 2 },
        null,
        { _id: "a", n: 1 },
        { _id: "b", n: 2 },
      ])
      expect(await target.getMany([])).toEqual([])
      await expectError("invalid-argument", () => target.getMany(["a", ""]))
    },
  },
  {
    name: "getMany: thousands of ids",
    run: async ({ filled }) => {
      const target = await filled(Array.from({ length: 1500 }, (_, n) => ({ _id: `n${n}`, n })))
      const found = await target.getMany(Array.from({ length: 1501 }, (_, n) => `n${n}`))
      expect(found.length).toBe(1501)
      expect(found[1499]).toEqual({ _id: "n1499", n: 1499 })
      expect(found[1500]).toBeNull()
    },
  },
  {
    name: "exists and estimatedCount",
    run: async ({ filled }) => {
      const target = await filled([{ a: 1 }, { a: 2 }, {}])
      expect(await target.exists({ a: 2 })).toBe(true)
      expect(await target.exists({ a: 3 })).toBe(false)
      expect(await target.query().whereGt("a", 1).exists()).toBe(true)
      expect(await target.estimatedCount()).toBe(3)
    },
  },
  {
    name: "distinct: array elements singly, missing skipped, null kept, each value once, in the language's order",
    run: async ({ filled }) => {
      const target = await filled([
        { v: "b", g: 1 },
        { v: 2, g: 1 },
        { v: 2n, g: 1 },
        { v: null, g: 1 },
        { g: 1 },
        { v: [3, "a", [1]], g: 1 },
        { v: true, g: 1 },
        { v: new Date(5), g: 1 },
        { v: new Uint8Array([1]), g: 1 },
        { v: { x: 1, y: 2 }, g: 1 },
        { v: { y: 2, x: 1 }, g: 1 },
        { v: 0.5, g: 2 },
      ])
      expect(await target.distinct("v")).toEqual([
        null,
        0.5,
        2,
        3,
        "a",
        "b",
        true,
        new Date(5),
        new Uint8Array([1]),
        [1],
        { x: 1, y: 2 },
      ])
      expect(await target.distinct("v", { g: 2 })).toEqual([0.5])
      expect(await target.distinct("nowhere")).toEqual([])
      expect(await target.distinct("v.x")).toEqual([1])
    },
  },
  {
    name: "distinct orders arrays and objects by their canonical JSON: keys and text by code point",
    needs: ["distinct"],
    run: async ({ filled }) => {
      const values = [
        [],
        [1],
        [10],
        [9],
        ["a"],
        [[]],
        [null],
        { b: 1 },
        { a: 2 },
        { "10": 1 },
        { "9": 1 },
        {},
      ]
      const target = await filled(values.map((value) => ({ v: [value] })))
      expect(await target.distinct("v")).toEqual([
        ["a"],
        [10],
        [1],
        [9],
        [[]],
        [],
        [null],
        { "10": 1 },
        { "9": 1 },
        { a: 2 },
        { b: 1 },
        {},
      ])
    },
  },
  {
    name: "distinct by _id, and behind a filter that the store does not compare alike",
    run: async ({ filled }) => {
      const target = await filled([
        { _id: "a", o: { x: 1 }, n: 1 },
        { _id: "b", o: { x: 1, y: 1 }, n: 2 },
      ])
      expect(await target.distinct("_id")).toEqual(["a", "b"])
      expect(await target.distinct("n", { o: { x: 1 } })).toEqual([1])
    },
  },
  ...projections([
    ["top-level fields", { name: 1, tags: 1 }, { _id: "a", name: "Ada", tags: ["x", "y"] }],
    ["without _id", { name: 1, _id: 0 }, { name: "Ada" }],
    ["_id alone", { _id: 1 }, { _id: "a" }],
    [
      "a nested field; parents keep nothing else",
      { "place.geo.lat": 1 },
      { _id: "a", place: { geo: { lat: 1 } } },
    ],
    ["a parent with no selected child is left out", { "place.empty.x": 1, "nothing.x": 1 }, { _id: "a" }],
    [
      "an include path that meets an array takes the whole array",
      { "lines.sku": 1, "tags.0": 1 },
      { _id: "a", lines: nested["lines"] as never, tags: ["x", "y"] },
    ],
    ["null is there, missing is not", { nothing: 1, nowhere: 1 }, { _id: "a", nothing: null }],
    ["all but some", { place: 0, tags: 0, lines: 0 }, { _id: "a", name: "Ada", nothing: null }],
    [
      "all but a nested field; an array on the way stays whole",
      { "place.geo": 0, "lines.price": 0, tags: 0, name: 0 },
      { _id: "a", place: { city: "Rome", empty: {} }, lines: nested["lines"] as never, nothing: null },
    ],
    ["all but _id", { _id: 0, place: 0, lines: 0 }, { name: "Ada", tags: ["x", "y"], nothing: null }],
    ["no condition is the whole document", {}, nested],
  ]),
  {
    name: "projection: after a sort by a field that is not shown, and behind a filter that core finishes",
    run: async ({ filled }) => {
      const target = await filled([
        { _id: "a", n: 2, o: { x: 1 } },
        { _id: "b", n: 1, o: { x: 1 } },
      ])
      const options = { sort: { n: 1 }, projection: { _id: 1 } } as const
      expect(await target.find({}, options).toArray()).toEqual([{ _id: "b" }, { _id: "a" }])
      expect(await target.find({ o: { x: 1 } }, options).toArray()).toEqual([{ _id: "b" }, { _id: "a" }])
    },
  },
  {
    name: "the builder: select, exclude, build; what it builds goes to find, also through JSON",
    run: async ({ filled }) => {
      const target = await filled([nested, { _id: "b", name: "Bob" }])
      expect(
        await target.query().exclude("place", "lines", "tags", "nothing").sortBy("_id").toArray(),
      ).toEqual([
        { _id: "a", name: "Ada" },
        { _id: "b", name: "Bob" },
      ])
      const query = target
        .query()
        .where("name", "Bob")
        .select("name")
        .sortBy("_id")
        .limit(5)
        .scans("allow")
        .consistency("strong")
        .build()
      for (const { filter, ...options } of [query, decodeAst<DocumentQuery>(encodeAst(query))]) {
        expect(await target.find(filter, options).toArray()).toEqual([{ _id: "b", name: "Bob" }])
        expect(await target.count(filter)).toBe(1)
      }
      // The second would take back what the first one hides.
      const hidden = target.query().exclude("name")
      await expectError("invalid-argument", () => hidden.exclude("tags").toArray())
      await expectError("invalid-argument", () => hidden.select("name").toArray())
    },
  },
  {
    name: "a cursor maps, also asynchronously, and map is lazy",
    run: async ({ filled }) => {
      const target = await filled([{ n: 1 }, { n: 2 }, { n: 3 }])
      let calls = 0
      const doubled = target.find({}, { sort: { n: 1 } }).map(async ({ n }) => {
        calls++
        return Number(n) * 2
      })
      expect(calls).toBe(0)
      expect(await doubled.toArray()).toEqual([2, 4, 6])
      expect(await doubled.map((n) => n + 1).first()).toBe(3)
      expect(
        await target
          .find({ n: 9 })
          .map(() => 1)
          .first(),
      ).toBeNull()
    },
  },
  {
    name: "loadMany: references of one field or of an array, each id once, absent ones left out",
    run: async ({ filled }) => {
      const users = await filled([
        { _id: "u1", name: "Ada" },
        { _id: "u2", name: "Bob" },
      ])
      const posts = await filled([])
      const page: readonly Document[] = [
        { _id: "p1", author: "u1", readers: ["u2", "u1"] },
        { _id: "p2", author: "u1", readers: [] },
        { _id: "p3", author: "gone" },
        { _id: "p4", author: null },
      ]
      const authors = await posts.loadMany(page as never, "author", users)
      expect([...authors]).toEqual([["u1", { _id: "u1", name: "Ada" }]])
      const readers = await posts.loadMany(page as never, "readers", users)
      expect([...readers.keys()].sort()).toEqual(["u1", "u2"])
      expect((await posts.loadMany([], "author", users)).size).toBe(0)
    },
  },
  {
    name: "options: advice (readPreference, batchSize, comment, hint of a declared index) never changes the answer",
    needs: ["index"],
    run: async ({ filled }) => {
      const target = await filled(
        Array.from({ length: 10 }, (_, n) => ({ n })),
        { indexes: [{ keys: { n: 1 } }] },
      )
      const options = {
        readPreference: "secondaryPreferred",
        batchSize: 3,
        comment: "conformance",
        hint: "n_1",
        consistency: "strong",
        timeoutMs: 60_000,
      } as const
      expect((await target.find({ n: { $gt: 4 } }, options).toArray()).length).toBe(5)
      expect(await target.count({ n: { $gt: 4 } }, options)).toBe(5)
      expect(await target.distinct("n", { n: { $gt: 8 } }, options)).toEqual([9])
      expect(
        await target.updateMany({ n: 1 }, { $inc: { n: 0 } }, { comment: "c", timeoutMs: 60_000 }),
      ).toMatchObject({
        matched: 1,
      })
    },
  },
  {
    name: "options: what is none of the operation, no time, no consistency, no window is refused",
    run: async ({ filled }) => {
      const target = await filled([{}])
      for (const options of [
        { timeoutMs: 0 },
        { timeoutMs: -1 },
        { timeoutMs: Number.NaN },
        { consistency: "some" },
        { hint: 5 },
        { batchSize: 0 },
        { batchSize: 1.5 },
        { readPreference: "mine" },
        { orderBy: { a: 1 } },
        { upsert: true },
      ]) {
        await expectError("invalid-argument", async () => target.find({}, options as never).toArray())
      }
      for (const options of [{ upsrt: true }, { multi: true }, { limit: 1 }])
        await expectError("invalid-argument", () =>
          target.updateMany({}, { $set: { a: 1 } }, options as never),
        )
      expect(await target.count({ a: 1 })).toBe(0)
    },
  },
]

function projections(
  rows: readonly (readonly [string, Readonly<Record<string, 0 | 1>>, Document])[],
): ConformanceCase[] {
  return rows.map(([name, projection, expected]) => ({
    name: `projection: ${name}`,
    run: async ({ filled }) => {
      const target = await filled([nested])
      expect(await target.find({}, { projection }).toArray()).toEqual([expected])
      expect(await target.findOne({ _id: "a" }, { projection })).toEqual(expected)
    },
  }))
}
