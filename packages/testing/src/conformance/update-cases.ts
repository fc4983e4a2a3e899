import type { Document } from "@nosql/contracts"
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
    name: "a document whose keys are digits can be changed by a whole-object filter: JavaScript reorders such keys",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "a", years: { total: 1 }, list: [{ x: 1 }] }])
      await target.updateOne({ _id: "a" }, { $set: { "years.2024": 1, "list.0.7": 1 } })
      const update = { $set: { hit: true } }
      expect(await target.updateMany({ years: { total: 1, "2024": 1 } }, update)).toMatchObject({
        matched: 1,
      })
      expect(await target.get("a")).toEqual({
        _id: "a",
        years: { total: 1, "2024": 1 },
        list: [{ x: 1, "7": 1 }],
        hit: true,
      })
      expect(await target.deleteMany({ years: { total: 1, "2024": 1 } })).toEqual({ deleted: 1 })
    },
  },
  {
    name: "replaceOne with a filter that nothing can match finds nothing, and is no error",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "a", n: 1 }])
      const nothing = { matched: 0, modified: 0 }
      expect(await target.replaceOne({ _id: "a", $and: [{ _id: "b" }] }, { n: 2 })).toEqual(nothing)
      expect(await target.replaceOne({ n: 1, $and: [{ n: 2 }] }, { n: 3 })).toEqual(nothing)
      expect(await target.get("a")).toEqual({ _id: "a", n: 1 })
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
    name: "arrayFilters are refused, and nothing is written",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "a", l: [1] }])
      for (const method of ["updateOne", "updateMany", "findOneAndUpdate"] as const) {
        const options: object = { arrayFilters: [{ x: 1 }] }
        const error = await expectError("invalid-argument", () =>
          target[method]({}, { $set: { b: 1 } }, options),
        )
        expect(error.path).toBe("arrayFilters")
        expect(error.message).toContain("positional operators are not portable")
      }
      expect(await target.get("a")).toEqual({ _id: "a", l: [1] })
    },
  },
  {
    name: "$currentDate is the time of the write, as a date",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "a", n: 1, old: new Date(5) }])
      const before = Date.now()
      await target.updateOne(
        { _id: "a" },
        { $currentDate: { old: true, "o.at": { $type: "date" } }, $inc: { n: 1 } },
      )
      const found = await target.get("a")
      // The server's clock may be another one than ours.
      const nested = found?.["o"] as Document | undefined
      for (const date of [found?.["old"], nested?.["at"]]) {
        expect(date).toBeInstanceOf(Date)
        expect(Math.abs((date as Date).getTime() - before)).toBeLessThan(60_000)
      }
      expect(found?.["n"]).toBe(2)
    },
  },
  {
    name: "an update that no store expresses for objects touches its matches alone, each of them",
    run: async ({ filled }) => {
      const target = await filled([
        { _id: "a", g: 1, l: [{ x: 1, y: 2 }] },
        { _id: "b", g: 1 },
        { _id: "c", g: 2, l: [{ x: 1, y: 2 }] },
      ])
      expect(
        await target.updateMany({ g: 1 }, { $addToSet: { l: { y: 2, x: 1 } }, $inc: { n: 1 } }),
      ).toMatchObject({
        matched: 2,
      })
      expect(await target.get("a")).toEqual({ _id: "a", g: 1, l: [{ x: 1, y: 2 }], n: 1 })
      expect(await target.get("b")).toEqual({ _id: "b", g: 1, l: [{ x: 1, y: 2 }], n: 1 })
      expect(await target.updateMany({}, { $pull: { l: { $eq: { y: 2, x: 1 } } } })).toMatchObject({
        matched: 3,
      })
      expect(await target.find({ l: [] }).toArray()).toHaveLength(3)
      expect(await target.get("c")).toEqual({ _id: "c", g: 2, l: [] })
    },
  },
  {
    name: "concurrent additions of objects to one set are all kept, each once",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "set", l: [] }])
      await Promise.all(
        Array.from({ length: 12 }, (_, i) =>
          target.updateOne({ _id: "set" }, { $addToSet: { l: { n: i % 6, m: 0 } } }),
        ),
      )
      const found = await target.get("set")
      const elements = found?.["l"] as readonly { n: number }[] | undefined
      expect(elements?.map(({ n }) => n).sort()).toEqual([0, 1, 2, 3, 4, 5])
    },
  },
  {
    name: "a document whose type does not fit stops an updateMany; no document is half-changed",
    run: async ({ filled }) => {
      const target = await filled([
        { _id: "a", n: 1 },
        { _id: "b", n: "text" },
        { _id: "c", n: 3 },
      ])
      const error = await expectError("invalid-argument", () =>
        target.updateMany({}, { $set: { seen: true }, $inc: { n: 1 } }),
      )
      expect(error.path).toBe("n")
      expect(await target.get("b")).toEqual({ _id: "b", n: "text" })
      for (const [id, n] of [
        ["a", 1],
        ["c", 3],
      ] as const) {
        expect([
          { _id: id, n },
          { _id: id, n: n + 1, seen: true },
        ]).toContainEqual(await target.get(id))
      }
    },
  },
]
