import type { Document } from "@nosql/contracts"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

const people: readonly Document[] = [
  { _id: "ada", name: "Ada", age: 36, city: "London" },
  { _id: "bob", name: "Bob", age: null, city: "Rome" },
  { _id: "cyd", name: "Cyd", city: "Rome" },
  { _id: "dan", name: "Dan", age: 20, city: "Rome" },
  { _id: "eve", name: "Eve", age: 36, city: "Paris" },
  { _id: "fay", name: "\u{1F600}", age: 51, city: "Paris" },
  { _id: "gus", name: "\uFF5E", age: 7, city: "Paris" },
]
const idsOf = (found: readonly { _id: unknown }[]) => found.map(({ _id }) => _id)

export const queryCases: readonly ConformanceCase[] = [
  {
    name: "sort: numbers, null and missing first ascending, last descending; further keys break ties",
    run: async ({ filled }) => {
      const target = await filled(people)
      expect(idsOf(await target.find({}, { sort: { age: 1, _id: 1 } }).toArray())).toEqual([
        "bob",
        "cyd",
        "gus",
        "dan",
        "ada",
        "eve",
        "fay",
      ])
      expect(idsOf(await target.find({}, { sort: { age: -1, _id: -1 } }).toArray())).toEqual([
        "fay",
        "eve",
        "ada",
        "dan",
        "gus",
        "cyd",
        "bob",
      ])
      expect(idsOf(await target.find({}, { sort: { city: "asc", name: "desc" } }).toArray())).toEqual([
        "ada",
        "fay",
        "gus",
        "eve",
        "dan",
        "cyd",
        "bob",
      ])
    },
  },
  {
    name: "sort: strings by code point",
    run: async ({ filled }) => {
      const target = await filled(people)
      expect(idsOf(await target.find({}, { sort: { name: -1 }, limit: 3 }).toArray())).toEqual([
        "fay",
        "gus",
        "eve",
      ])
    },
  },
  {
    name: "filter, sort, skip, limit and select work in this order, with an index and without",
    run: async ({ filled }) => {
      for (const target of [
        await filled(people),
        await filled(people, { indexes: [{ keys: { city: 1, age: 1 } }] }),
      ]) {
        const found = await target
          .find(
            { city: { $ne: "London" } },
            { sort: { age: -1, _id: 1 }, skip: 1, limit: 2, projection: { name: 1 } },
          )
          .toArray()
        expect(found).toEqual([
          { _id: "eve", name: "Eve" },
          { _id: "dan", name: "Dan" },
        ])
      }
    },
  },
  {
    name: "distinct takes the elements of an array and no deeper; ids are values too",
    run: async ({ filled }) => {
      const hex = "65f0a1b2c3d4e5f6a7b8c9d0"
      const target = await filled([
        { _id: hex, v: [[], 2] },
        { v: [[]] },
        { v: 3, o: { "0": "key" } },
        { v: null, o: [{ x: 1 }] },
        {},
      ])
      expect(await target.distinct("v")).toEqual([null, 2, 3, []])
      expect(await target.distinct("o.0")).toEqual(["key", { x: 1 }])
      expect(await target.distinct("_id", { _id: hex })).toEqual([hex])
    },
  },
  {
    name: "a sort that an index has keeps the answer, forwards and backwards",
    run: async ({ filled }) => {
      const target = await filled(people, { indexes: [{ keys: { city: 1, age: -1 } }] })
      expect(
        (await target.find({ city: "Paris" }, { sort: { age: -1 } }).toArray()).map(({ age }) => age),
      ).toEqual([51, 36, 7])
      expect(
        (await target.find({ city: "Paris" }, { sort: { age: 1 }, limit: 2 }).toArray()).map(
          ({ age }) => age,
        ),
      ).toEqual([7, 36])
      expect(
        (await target.find({ city: { $in: ["Rome", "Paris"] } }, { sort: { age: 1, _id: 1 } }).toArray()).map(
          ({ _id }) => _id,
        ),
      ).toEqual(["bob", "cyd", "gus", "dan", "eve", "fay"])
    },
  },
  {
    name: "limit 0 is none; skip past the end is none; a missing selected field is left out",
    run: async ({ filled }) => {
      const target = await filled(people)
      expect(await target.find({}, { limit: 0 }).toArray()).toEqual([])
      expect(await target.find({}, { skip: 99 }).toArray()).toEqual([])
      expect(await target.findOne({ _id: "cyd" }, { projection: { age: 1, city: 1 } })).toEqual({
        _id: "cyd",
        city: "Rome",
      })
    },
  },
  {
    name: "findOne is one of the matches, or null; with a sort it is the first",
    run: async ({ filled }) => {
      const target = await filled(people)
      expect(["ada", "eve"]).toContain((await target.findOne({ age: 36 }))?.["_id"])
      expect(await target.findOne({ age: 1000 })).toBeNull()
      expect((await target.findOne({}, { sort: { age: -1 } }))?.["_id"]).toBe("fay")
    },
  },
  {
    name: "cursors: for await, first, early break, run anew",
    run: async ({ filled }) => {
      const target = await filled(
        Array.from({ length: 2500 }, (_, n) => ({ _id: String(n).padStart(4, "0"), n })),
      )
      const cursor = target.find({}, { sort: { _id: 1 } })
      const seen: unknown[] = []
      for await (const { n } of cursor) {
        seen.push(n)
        if (seen.length === 3) break
      }
      expect(seen).toEqual([0, 1, 2])
      expect((await cursor.first())?.["n"]).toBe(0)
      expect((await cursor.toArray()).length).toBe(2500)
    },
  },
  {
    name: "the builder: every condition holds, steps do not change the builder before",
    run: async ({ filled }) => {
      const target = await filled(people)
      const romans = target.query().where("city", "Rome")
      expect(idsOf(await romans.whereGte("age", 18).toArray())).toEqual(["dan"])
      expect(await romans.count()).toBe(3)
      expect(idsOf(await romans.whereExists("age", false).toArray())).toEqual(["cyd"])
      expect(idsOf(await romans.whereNe("age", null).toArray())).toEqual(["dan"])
      expect(
        idsOf(
          await target
            .query()
            .whereGt("age", 10)
            .whereLt("age", 40)
            .whereNotIn("_id", ["ada"])
            .sortBy("_id", "desc")
            .toArray(),
        ),
      ).toEqual(["eve", "dan"])
      expect(idsOf(await target.query().whereIn("age", [7, 51]).whereLte("age", 7).toArray())).toEqual([
        "gus",
      ])
      expect(idsOf(await target.query().whereNot("age", { $gte: 0 }).sortBy("_id").toArray())).toEqual([
        "bob",
        "cyd",
      ])
      expect(
        idsOf(
          await target
            .query()
            .orWhere({ age: 7 }, { age: 51 })
            .andWhere({ city: "Paris" }, { name: { $ne: "Eve" } })
            .sortBy("age")
            .toArray(),
        ),
      ).toEqual(["gus", "fay"])
      expect(await target.query().orWhere().count()).toBe(0)
      expect(await target.query().sortBy("age", "desc").select("age").skip(1).limit(1).first()).toMatchObject(
        { age: 36 },
      )
      const names: unknown[] = []
      for await (const { name } of target.query().where("city", "London")) names.push(name)
      expect(names).toEqual(["Ada"])
    },
  },
  {
    name: "the builder never reads a value as operators",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "a", password: "secret" }])
      await expectError("invalid-argument", () =>
        target
          .query()
          .where("password", { $ne: null } as never)
          .count(),
      )
    },
  },
  {
    name: "the builder updates and deletes what it finds, and refuses clauses that would be dropped",
    run: async ({ filled }) => {
      const target = await filled(people)
      expect(
        await target
          .query()
          .where("city", "Rome")
          .updateMany({ $set: { city: "Roma" } }),
      ).toMatchObject({ matched: 3 })
      expect(await target.query().where("city", "Roma").whereExists("age").deleteMany()).toEqual({
        deleted: 2,
      })
      await expectError("invalid-argument", () => target.query().limit(1).deleteMany())
      await expectError("invalid-argument", () => target.query().skip(1).count())
      expect(await target.count({})).toBe(5)
    },
  },
]
