import type { Document, Update } from "@nosql/contracts"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

/** A document, an update, and the document after it, or the path of the `invalid-argument` that leaves it as it was. */
type Row = readonly [
  before: Document,
  update: Update<Document>,
  after: Document | { readonly refusedAt: string },
]

const rows: readonly Row[] = [
  [{ a: 1 }, { $set: { a: 2 } }, { a: 2 }],
  [{}, { $set: { a: 2 } }, { a: 2 }],
  [{}, { $set: { a: null } }, { a: null }],
  [{ a: "text" }, { $set: { a: [1, { b: 2 }] } }, { a: [1, { b: 2 }] }],
  [{}, { $set: { "a.b.c": 1 } }, { a: { b: { c: 1 } } }],
  [{ a: { x: 1 } }, { $set: { "a.y": 2 } }, { a: { x: 1, y: 2 } }],
  [{ a: [1, 2] }, { $set: { "a.1": 9 } }, { a: [1, 9] }],
  [{ a: [{ b: 1 }] }, { $set: { "a.0.b": 2 } }, { a: [{ b: 2 }] }],
  [{ a: null }, { $set: { "a.b": 1 } }, { refusedAt: "a.b" }],
  [{ a: 5 }, { $set: { "a.b": 1 } }, { refusedAt: "a.b" }],
  [{ a: [1] }, { $set: { "a.b": 1 } }, { refusedAt: "a.b" }],
  [{ a: 1, b: 2 }, { $unset: { a: true } }, { b: 2 }],
  [{ b: 2 }, { $unset: { a: true } }, { b: 2 }],
  [{ a: { b: 1, c: 2 } }, { $unset: { "a.b": true } }, { a: { c: 2 } }],
  [{ a: null }, { $unset: { "a.b": true } }, { a: null }],
  [{ a: 5 }, { $unset: { "a.b": true } }, { a: 5 }],
  [{ a: [1, 2, 3] }, { $unset: { "a.1": true } }, { a: [1, null, 3] }],
  [{ a: 1 }, { $inc: { a: 2 } }, { a: 3 }],
  [{ a: 1 }, { $inc: { a: -0.5 } }, { a: 0.5 }],
  [{}, { $inc: { a: 2 } }, { a: 2 }],
  [{}, { $inc: { "a.b": 2 } }, { a: { b: 2 } }],
  [{ a: 2n ** 60n }, { $inc: { a: 1 } }, { a: 2n ** 60n + 1n }],
  [{ a: 2 ** 31 - 1 }, { $inc: { a: 1 } }, { a: 2 ** 31 }],
  [{ a: null }, { $inc: { a: 1 } }, { refusedAt: "a" }],
  [{ a: "1" }, { $inc: { a: 1 } }, { refusedAt: "a" }],
  [{ a: null }, { $inc: { "a.b": 1 } }, { refusedAt: "a.b" }],
  [{ a: [1] }, { $push: { a: 2 } }, { a: [1, 2] }],
  [{ a: [1] }, { $push: { a: [2, 3] } }, { a: [1, [2, 3]] }],
  [{ a: [] }, { $push: { a: { x: null } } }, { a: [{ x: null }] }],
  [{}, { $push: { a: 2 } }, { a: [2] }],
  [{}, { $push: { "a.b": 2 } }, { a: { b: [2] } }],
  [{ a: null }, { $push: { a: 1 } }, { refusedAt: "a" }],
  [{ a: 5 }, { $push: { a: 1 } }, { refusedAt: "a" }],
  [
    { a: 1, b: [1], c: 1 },
    { $set: { d: 1 }, $inc: { a: 1 }, $push: { b: 2 }, $unset: { c: true } },
    { a: 2, b: [1, 2], d: 1 },
  ],
]

export const updateCases: readonly ConformanceCase[] = [
  ...rows.map(
    ([before, update, after]): ConformanceCase => ({
      name: `${print(before)} ${print(update)}`,
      needs: ["update.set", "update.unset", "update.inc", "update.push"],
      run: async ({ filled }) => {
        for (const method of ["updateOne", "updateMany"] as const) {
          const target = await filled([
            { _id: "it", ...before },
            { _id: "other", ...before },
          ])
          const run = () => target[method]({ _id: "it" }, update)
          if (typeof after["refusedAt"] === "string") {
            const error = await expectError("invalid-argument", run)
            expect(error.path).toBe(after["refusedAt"])
            expect(await target.get("it")).toEqual({ _id: "it", ...before })
          } else {
            expect((await run()).matched).toBe(1)
            expect(await target.get("it")).toEqual({ _id: "it", ...after })
          }
          expect(await target.get("other")).toEqual({ _id: "other", ...before })
        }
      },
    }),
  ),
  {
    name: "updateOne changes one of the matches, updateMany all, none is no error",
    run: async ({ filled }) => {
      const target = await filled([{ g: 1 }, { g: 1 }, { g: 1 }, { g: 2 }])
      expect(await target.updateOne({ g: 1 }, { $set: { seen: true } })).toEqual({ matched: 1, modified: 1 })
      expect(await target.count({ seen: true })).toBe(1)
      expect(await target.updateMany({ g: 1 }, { $inc: { n: 1 } })).toEqual({ matched: 3, modified: 3 })
      expect(await target.count({ n: 1 })).toBe(3)
      expect(await target.updateMany({ g: 9 }, { $inc: { n: 1 } })).toEqual({ matched: 0, modified: 0 })
    },
  },
  {
    name: "updateMany meets each document once, although the update moves it",
    run: async ({ filled }) => {
      const target = await filled(
        Array.from({ length: 30 }, (_, n) => ({ n })),
        { indexes: [{ keys: { n: 1 } }] },
      )
      expect(await target.updateMany({ n: { $gte: 0 } }, { $inc: { n: 10 } })).toEqual({
        matched: 30,
        modified: 30,
      })
      expect((await target.find({}, { sort: { n: 1 } }).toArray()).map(({ n }) => n)).toEqual(
        Array.from({ length: 30 }, (_, n) => n + 10),
      )
    },
  },
  {
    name: "an update whose filter compares whole objects touches those alone",
    run: async ({ filled }) => {
      const target = await filled([
        { _id: "a", o: { x: 1, y: 2 } },
        { _id: "b", o: { y: 2, x: 1 } },
        { _id: "c", o: { x: 1, y: 2, z: 3 } },
      ])
      expect((await target.updateMany({ o: { x: 1, y: 2 } }, { $set: { hit: true } })).matched).toBe(2)
      expect(await target.get("c")).toEqual({ _id: "c", o: { x: 1, y: 2, z: 3 } })
      expect(await target.deleteMany({ o: { x: 1, y: 2 } })).toEqual({ deleted: 2 })
    },
  },
  {
    name: "concurrent increments are all counted",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "counter", n: 0 }])
      await Promise.all(
        Array.from({ length: 20 }, () => target.updateOne({ _id: "counter" }, { $inc: { n: 1 } })),
      )
      expect(await target.get("counter")).toEqual({ _id: "counter", n: 20 })
    },
  },
  {
    name: "deleteOne removes one of the matches, deleteMany all, {} everything",
    run: async ({ filled }) => {
      const target = await filled([{ g: 1 }, { g: 1 }, { g: 2 }, { g: 3 }])
      expect(await target.deleteOne({ g: 1 })).toEqual({ deleted: 1 })
      expect(await target.count({ g: 1 })).toBe(1)
      expect(await target.deleteMany({ g: { $in: [1, 2] } })).toEqual({ deleted: 2 })
      expect(await target.deleteMany({ g: { $in: [] } })).toEqual({ deleted: 0 })
      expect(await target.deleteMany({})).toEqual({ deleted: 1 })
      expect(await target.deleteOne({})).toEqual({ deleted: 0 })
    },
  },
  {
    name: "declared fields are enforced on updates, before anything is written",
    run: async ({ collection }) => {
      const target = collection({
        fields: { name: "string", age: "number?", tags: "array?", "home.city": "string?" },
      })
      await target.insertOne({ _id: "a", name: "Ada" })
      const wrong: Update<Document>[] = [
        { $set: { name: 5 } },
        { $set: { name: null } },
        { $unset: { name: true } },
        { $inc: { name: 1 } },
        { $push: { age: 1 } },
        { $set: { home: { city: 5 } } },
        { $set: { "name.first": "A" } },
      ]
      for (const update of wrong)
        await expectError("validation", () => target.updateOne({ _id: "a" }, update))
      expect(await target.get("a")).toEqual({ _id: "a", name: "Ada" })
      await target.updateOne(
        { _id: "a" },
        { $set: { "home.city": "London" }, $inc: { age: 1 }, $push: { tags: "x" } },
      )
      expect(await target.get("a")).toEqual({
        _id: "a",
        name: "Ada",
        age: 1,
        tags: ["x"],
        home: { city: "London" },
      })
    },
  },
]

function print(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? `${item}n` : item))
}
