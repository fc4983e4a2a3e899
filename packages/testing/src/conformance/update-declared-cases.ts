import type { CollectionOptions, Document, Update } from "@nosql/contracts"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

const hex = ["65f0a1b2c3d4e5f6a7b8c9d0", "65f0a1b2c3d4e5f6a7b8c9d1", "75f0a1b2c3d4e5f6a7b8c9d0"] as const

const fields: NonNullable<CollectionOptions<Document>["fields"]> = {
  name: "string",
  nick: "string?",
  note: "string|null?",
  age: "number?",
  at: "date?",
  tags: "array?",
  list: "array",
  "home.city": "string?",
  "work.city": "string",
}
const valid: Document = { _id: "a", name: "Ada", list: [1], work: { city: "London" } }

/** Updates after which the valid document would not conform, and the paths that would not. */
const refused: readonly (readonly [update: Update<Document>, paths: readonly string[]])[] = [
  [{ $set: { name: 5 } }, ["name"]],
  [{ $set: { name: null } }, ["name"]],
  [{ $set: { "name.first": "A" } }, ["name"]],
  [{ $set: { home: { city: 5 } } }, ["home.city"]],
  [{ $set: { home: null } }, ["home.city"]],
  [{ $set: { work: {} } }, ["work.city"]],
  [{ $set: { work: ["London"] } }, ["work.city"]],
  [{ $set: { "tags.0": 1 } }, ["tags"]],
  [{ $unset: { name: true } }, ["name"]],
  [{ $unset: { work: true } }, ["work.city"]],
  [{ $inc: { name: 1 } }, ["name"]],
  [{ $inc: { home: 1 } }, ["home.city"]],
  [{ $mul: { at: 2 } }, ["at"]],
  [{ $min: { age: "5" } }, ["age"]],
  [{ $max: { age: null } }, ["age"]],
  [{ $max: { list: 5 } }, ["list"]],
  [{ $rename: { name: "x" } }, ["name"]],
  [{ $rename: { work: "x" } }, ["work.city"]],
  [{ $rename: { x: "nick" } }, ["nick"]],
  [{ $rename: { age: "nick" } }, ["nick"]],
  [{ $rename: { note: "nick" } }, ["nick"]],
  [{ $currentDate: { name: true } }, ["name"]],
  [{ $setOnInsert: { name: 5 } }, ["name"]],
  [{ $push: { age: 1 } }, ["age"]],
  [{ $addToSet: { name: 1 } }, ["name"]],
  [{ $pull: { name: "Ada" } }, ["name"]],
  [{ $pop: { name: 1 } }, ["name"]],
  [{ $set: { name: 5, work: {} }, $push: { age: 1 } }, ["age", "name", "work.city"]],
]

export const updateDeclaredCases: readonly ConformanceCase[] = [
  ...refused.map(
    ([update, paths]): ConformanceCase => ({
      name: `refuses ${JSON.stringify(update)} where ${paths.join(", ")} would not conform`,
      run: async ({ collection }) => {
        const target = collection({ fields })
        await target.insertOne(valid)
        const error = await expectError("validation", () => target.updateMany({}, update))
        const problems = error.details["problems"] as { path: string }[]
        expect(problems.map(({ path }) => path).sort()).toEqual(paths)
        expect(await target.get("a")).toEqual(valid)
      },
    }),
  ),
  {
    name: "every operator changes declared fields within their kinds",
    run: async ({ collection }) => {
      const target = collection({ fields })
      await target.insertOne({ ...valid, age: 5, nick: "A", note: null })
      await target.updateOne(
        { _id: "a" },
        {
          $set: { "home.city": "Rome", name: "Lovelace" },
          $inc: { age: 2 },
          $max: { note: "x" },
          $push: { list: 2, tags: "t" },
          $unset: { at: true },
        },
      )
      await target.updateOne(
        { _id: "a" },
        { $rename: { nick: "note" }, $mul: { age: 2 }, $unset: { tags: true }, $addToSet: { list: 1 } },
      )
      expect(await target.get("a")).toEqual({
        _id: "a",
        name: "Lovelace",
        age: 14,
        note: "A",
        list: [1, 2],
        home: { city: "Rome" },
        work: { city: "London" },
      })
    },
  },
  {
    name: "the parents of a declared path are plain objects, or missing where the path may be",
    run: async ({ collection }) => {
      const target = collection({ fields: { "a.b": "number?", "c.d": "number" } })
      for (const document of [
        { c: { d: 1 }, a: null },
        { c: { d: 1 }, a: [] },
        { c: { d: 1 }, a: [{ b: 1 }] },
        { c: { d: 1 }, a: 5 },
        { c: {} },
        { c: [{ d: 1 }] },
        {},
      ] as Document[]) {
        await expectError("validation", () => target.insertOne(document))
      }
      await target.insertMany([{ c: { d: 1 } }, { c: { d: 1 }, a: {} }, { c: { d: 1 }, a: { b: 2 } }])
      expect(await target.count({})).toBe(3)
    },
  },
  {
    name: "sums and products on a path declared bigint are exact in int64",
    run: async ({ collection }) => {
      const target = collection({ fields: { n: "bigint", "o.n": "bigint?" } })
      await target.insertOne({ _id: "a", n: 2 ** 40 })
      await target.updateOne({ _id: "a" }, { $mul: { n: 2 ** 20 }, $inc: { "o.n": 2n ** 62n } })
      await target.updateOne({ _id: "a" }, { $inc: { n: 1, "o.n": -1 } })
      expect(await target.get("a")).toEqual({ _id: "a", n: 2n ** 60n + 1n, o: { n: 2n ** 62n - 1n } })
      await target.updateOne({ _id: "a" }, { $mul: { n: 3n }, $max: { "o.n": 2n ** 62n } })
      expect(await target.get("a")).toEqual({ _id: "a", n: 3n * (2n ** 60n + 1n), o: { n: 2n ** 62n } })
      await target.updateOne({ _id: "a" }, { $set: { n: 2 ** 40 + 1 } })
      await target.updateOne({ _id: "a" }, { $mul: { n: 2 ** 16 } })
      expect(await target.get("a")).toMatchObject({ n: (2n ** 40n + 1n) * 2n ** 16n })
      for (const update of [{ $inc: { n: 0.5 } }, { $mul: { n: 1.5 } }]) {
        const error = await expectError("invalid-argument", () => target.updateOne({ _id: "a" }, update))
        expect(error.path).toBe("n")
      }
      await expectError("validation", () => target.updateOne({ _id: "a" }, { $set: { n: 0.5 } }))
    },
  },
  {
    name: "references are set, compared, kept in sets of changes and moved as the strings that they are",
    run: async ({ collection }) => {
      const target = collection({ fields: { owner: "id?", other: "id?", "team.lead": "id?" } })
      await target.insertMany([
        { _id: "a", owner: hex[0] },
        { _id: "b", team: { lead: hex[1] } },
      ])
      await target.updateOne({ _id: "a" }, { $max: { owner: hex[2] }, $set: { "team.lead": hex[0] } })
      await target.updateOne({ _id: "b" }, { $min: { owner: hex[1] } })
      expect(await target.findOne({ owner: hex[2] })).toEqual({
        _id: "a",
        owner: hex[2],
        team: { lead: hex[0] },
      })
      expect(await target.count({ owner: hex[1], "team.lead": hex[1] })).toBe(1)
      // A reference may be text of another form, and is compared as text all the same.
      await target.insertOne({ _id: "c", owner: "zzz" })
      await target.updateOne({ _id: "c" }, { $max: { owner: hex[2] } })
      expect(await target.get("c")).toEqual({ _id: "c", owner: "zzz" })
      await target.deleteOne({ _id: "c" })
      await target.updateMany({}, { $rename: { owner: "other" } })
      expect(await target.count({ other: { $in: [hex[1], hex[2]] } })).toBe(2)
      await target.updateMany({}, { $rename: { other: "plain", team: "former" } })
      expect(await target.findOne({ plain: hex[2] })).toEqual({
        _id: "a",
        plain: hex[2],
        former: { lead: hex[0] },
      })
      await target.updateMany({}, { $set: { team: { lead: hex[1], deputy: hex[1] } } })
      expect(await target.count({ "team.lead": hex[1], "team.deputy": hex[1] })).toBe(2)
    },
  },
]
