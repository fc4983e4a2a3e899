import type { Document, Update } from "@nosql/contracts"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

export const updateCases: readonly ConformanceCase[] = [
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
