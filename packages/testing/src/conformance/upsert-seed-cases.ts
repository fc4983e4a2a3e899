import type { Document, Filter, Update } from "@nosql/contracts"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

/** A filter that finds nothing, an update, and what an upsert makes of them, without an `_id` unless the filter names one. */
const rows: readonly (readonly [filter: Filter<Document>, update: Update<Document>, made: Document])[] = [
  [{}, { $set: { n: 1 } }, { n: 1 }],
  [{ a: 1 }, { $set: { n: 1 } }, { a: 1, n: 1 }],
  [{ _id: "mine" }, { $set: { n: 1 } }, { _id: "mine", n: 1 }],
  [{ a: { $eq: "x" }, b: null, c: true }, { $set: { n: 1 } }, { a: "x", b: null, c: true, n: 1 }],
  [{ "a.0": null, "a.1.b": 5, c: 1 }, { $set: { n: 1 } }, { a: { 0: null, 1: { b: 5 } }, c: 1, n: 1 }],
  [{ "a.b": 1, "a.c": 2 }, { $set: { "a.d": 3 } }, { a: { b: 1, c: 2, d: 3 } }],
  [{ a: { x: 1, y: 2 } }, { $set: { n: 1 } }, { a: { x: 1, y: 2 }, n: 1 }],
  [{ a: [1, 2] }, { $push: { a: 3 } }, { a: [1, 2, 3] }],
  [{ $and: [{ a: 1 }, { $and: [{ b: 2 }] }], c: 3 }, { $set: { n: 1 } }, { a: 1, b: 2, c: 3, n: 1 }],
  [{ a: 1, $and: [{ a: 1 }, { a: { $gte: 1 } }] }, { $set: { n: 1 } }, { a: 1, n: 1 }],
  [{ a: { $in: [1] }, b: { $in: [1, 2] } }, { $set: { n: 1 } }, { a: 1, n: 1 }],
  [{ $or: [{ a: 1 }] }, { $set: { n: 1 } }, { a: 1, n: 1 }],
  [{ $or: [{ a: 1 }, { b: 2 }] }, { $set: { n: 1 } }, { n: 1 }],
  [{ a: { $gt: 5 }, b: { $exists: true } }, { $set: { n: 1 } }, { n: 1 }],
  [{ a: { $not: { $ne: 1 } }, b: { $exists: true } }, { $set: { n: 1 } }, { a: 1, n: 1 }],
  [{ l: { $contains: 1 } }, { $set: { n: 1 } }, { n: 1 }],
  [{ l: { $all: [1] } }, { $push: { l: 2 } }, { l: [2] }],
  [{ l: { $elemMatch: { x: 1 } } }, { $set: { n: 1 } }, { n: 1 }],
  [{ a: 1 }, { $setOnInsert: { b: 2 }, $set: { c: 3 } }, { a: 1, b: 2, c: 3 }],
  [{ a: 1 }, { $setOnInsert: { a: 2 } }, { a: 2 }],
  [
    { a: 1, b: 1 },
    { $inc: { a: 1 }, $mul: { m: 5 }, $max: { b: 5 } },
    { a: 2, m: 0, b: 5 },
  ],
  [{ a: 1, b: 2 }, { $unset: { a: true }, $rename: { b: "c" } }, { c: 2 }],
  [{ a: 1 }, { $addToSet: { l: 1 }, $pull: { k: 1 }, $pop: { j: 1 } }, { a: 1, l: [1] }],
]

export const upsertSeedCases: readonly ConformanceCase[] = [
  ...rows.map(
    ([filter, update, made]): ConformanceCase => ({
      name: `${JSON.stringify(filter)} ${JSON.stringify(update)}`,
      run: async ({ filled }) => {
        for (const method of ["updateOne", "updateMany"] as const) {
          const target = await filled([{ _id: "other", a: "another", b: "another", l: ["another"] }])
          // Only what the filter finds is changed: here nothing is, save by {}.
          const isAll = Object.keys(filter).length === 0
          if (isAll) await target.deleteMany({})
          const result = await target[method](filter, update, { upsert: true })
          expect(result).toEqual({ matched: 0, modified: 0, upsertedId: expect.any(String) })
          const id = result.upsertedId as string
          expect(await target.get(id)).toEqual({ _id: id, ...made })
          expect(await target.count({})).toBe(isAll ? 1 : 2)
        }
      },
    }),
  ),
  {
    name: "where something matches, nothing is made and $setOnInsert does nothing",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "a", k: 1 }])
      const result = await target.updateOne(
        { k: 1 },
        { $setOnInsert: { made: true }, $inc: { n: 1 } },
        { upsert: true },
      )
      expect(result).toEqual({ matched: 1, modified: 1 })
      expect(await target.find({}).toArray()).toEqual([{ _id: "a", k: 1, n: 1 }])
    },
  },
  {
    name: "an update that does not fit the seed is wrong only where nothing matches",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "a", k: 1 }])
      // A missing field matches null, and can be counted from 0; the seed would be null, and cannot.
      const result = await target.updateOne({ k: 1, n: null }, { $inc: { n: 1 } }, { upsert: true })
      expect(result).toEqual({ matched: 1, modified: 1 })
      expect(await target.get("a")).toEqual({ _id: "a", k: 1, n: 1 })
      const error = await expectError("invalid-argument", () =>
        target.updateOne({ k: 2, n: null }, { $inc: { n: 1 } }, { upsert: true }),
      )
      expect(error.path).toBe("n")
      expect(await target.count({})).toBe(1)
    },
  },
  {
    name: "a filter that no document can be made of is refused, whatever is there",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "a", o: { x: 1 } }])
      const filters: readonly (readonly [Filter<Document>, string | undefined])[] = [
        [{ o: { x: 1 }, "o.x": 1 }, "o.x"],
        [{ $and: [{ o: { x: 1 } }, { o: { x: 2 } }] }, undefined], // nothing can match it
      ]
      for (const [filter, path] of filters) {
        const error = await expectError("invalid-argument", () =>
          target.updateOne(filter, { $set: { n: 1 } }, { upsert: true }),
        )
        expect(error.path).toBe(path)
      }
      expect(await target.find({}).toArray()).toEqual([{ _id: "a", o: { x: 1 } }])
    },
  },
  {
    name: "what an upsert makes conforms to the declaration",
    run: async ({ collection }) => {
      const target = collection({
        fields: { name: "string", age: "number?", owner: "id?", total: "bigint?" },
      })
      const error = await expectError("validation", () =>
        target.updateOne({ age: 5 }, { $set: { nick: "A" } }, { upsert: true }),
      )
      expect(error.path).toBe("name")
      expect(await target.count({})).toBe(0)
      const owner = "65f0a1b2c3d4e5f6a7b8c9d0"
      const { upsertedId } = await target.updateOne(
        { owner, name: "Ada" },
        { $inc: { age: 1 }, $setOnInsert: { total: 5n } },
        { upsert: true },
      )
      expect(await target.findOne({ owner })).toEqual({
        _id: upsertedId,
        name: "Ada",
        age: 1,
        owner,
        total: 5n,
      })
    },
  },
]
