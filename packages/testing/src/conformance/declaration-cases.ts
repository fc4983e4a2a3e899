import type { Document, StandardSchema } from "@nosql/contracts"
import { defineCollection } from "@nosql/core"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

/** A schema by hand: `name` is text and is trimmed, `age` is a number from 0, `role` has a default. Real libraries have tests of their own. */
function schemaOf(asynchronous: boolean): StandardSchema<Document, Document> {
  const check = (value: unknown) => {
    const { name, age, role = "user", ...rest } = value as Record<string, unknown>
    const issues = [
      ...(typeof name === "string" ? [] : [{ message: `not "${String(name)}"`, path: ["name"] }]),
      ...(age === undefined || (typeof age === "number" && age >= 0)
        ? []
        : [{ message: "too low", path: [{ key: "age" }] }]),
    ]
    if (issues.length > 0) return { issues }
    const fields = { ...rest, name: String(name).trim(), role, ...(age === undefined ? {} : { age }) }
    return { value: fields as Document }
  }
  return {
    "~standard": {
      version: 1,
      vendor: "conformance",
      validate: (value) => (asynchronous ? Promise.resolve(check(value)) : check(value)),
    },
  }
}

export const declarationCases: readonly ConformanceCase[] = [
  ...[false, true].map(
    (asynchronous): ConformanceCase => ({
      name: `schema (${asynchronous ? "asynchronous" : "synchronous"}): its output is stored; every problem's path is named, and no value`,
      run: async ({ defined }) => {
        const target = defined({ schema: schemaOf(asynchronous) })
        await target.insertOne({ _id: "a", name: "  Ada " })
        expect(await target.get("a")).toEqual({ _id: "a", name: "Ada", role: "user" })
        const error = await expectError("validation", () =>
          target.insertOne({ name: 12345 as never, age: -1 }),
        )
        expect(error.details["problems"]).toMatchObject([{ path: "age" }, { path: "name" }])
        expect(error.message + JSON.stringify(error.details)).not.toContain("12345")
        await expectError("validation", () => target.insertMany([{ name: "Bob" }, { name: null as never }]))
        await expectError("validation", () => target.replaceOne({ _id: "a" }, {}))
        expect(await target.count({})).toBe(1)
        await target.replaceOne({ _id: "a" }, { name: " Eve " })
        expect(await target.get("a")).toEqual({ _id: "a", name: "Eve", role: "user" })
      },
    }),
  ),
  {
    name: "schema: an upsert's new document is validated, and its output stored",
    run: async ({ defined }) => {
      const target = defined({ schema: schemaOf(false) })
      await expectError("validation", () =>
        target.updateOne({ _id: "a" }, { $set: { age: 5 } }, { upsert: true }),
      )
      expect(await target.count({})).toBe(0)
      await target.updateOne({ _id: "a" }, { $set: { name: " Ada " } }, { upsert: true })
      expect(await target.get("a")).toEqual({ _id: "a", name: "Ada", role: "user" })
    },
  },
  {
    name: "schema: updates are validated only with validateUpdates, and then written whole",
    run: async ({ defined }) => {
      const loose = defined({ schema: schemaOf(false) })
      await loose.insertOne({ _id: "a", name: "Ada", age: 5 })
      await loose.updateOne({ _id: "a" }, { $set: { age: -5 } })
      expect(await loose.get("a")).toMatchObject({ age: -5 })
      const strict = defined({ schema: schemaOf(true), validateUpdates: true })
      await strict.insertMany([
        { _id: "a", name: "Ada", age: 5 },
        { _id: "b", name: "Bob", age: 50 },
      ])
      await expectError("validation", () => strict.updateMany({}, { $inc: { age: -10 } }))
      expect(await strict.get("a")).toMatchObject({ age: 5 })
      await strict.updateOne({ _id: "b" }, { $set: { name: " Rob " } })
      expect(await strict.get("b")).toMatchObject({ name: "Rob", role: "user" })
    },
  },
  {
    name: "a path declared bigint reads as bigint whatever its size, everywhere",
    run: async ({ filled }) => {
      const target = await filled(
        [
          { _id: "a", balance: 5n, in: { cents: 7 } },
          { _id: "b", balance: 2n ** 60n, in: { cents: 1n } },
        ],
        { fields: { balance: "bigint", "in.cents": "bigint?" } },
      )
      expect(await target.get("a")).toEqual({ _id: "a", balance: 5n, in: { cents: 7n } })
      expect(await target.find({ balance: 5 }).toArray()).toEqual([
        { _id: "a", balance: 5n, in: { cents: 7n } },
      ])
      expect((await target.page({}, { size: 1 })).items[0]?.["balance"]).toBe(5n)
      expect(await target.distinct("balance")).toEqual([5n, 2n ** 60n])
      expect(
        await target.findOneAndUpdate({ _id: "a" }, { $inc: { balance: 1 } }, { returnDocument: "after" }),
      ).toMatchObject({ balance: 6n })
    },
  },
  {
    name: "an upsert that would not conform fails only where it inserts",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "a", name: "Ada" }], { fields: { name: "string" } })
      expect(await target.updateOne({ _id: "a" }, { $set: { n: 1 } }, { upsert: true })).toMatchObject({
        matched: 1,
      })
      await expectError("validation", () =>
        target.updateOne({ _id: "b" }, { $set: { n: 1 } }, { upsert: true }),
      )
      expect(await target.count({})).toBe(1)
    },
  },
  {
    name: "ids: uuid and objectId are brought to lowercase, and what is neither is refused",
    run: async ({ filled }) => {
      const uuid = "0191B2C3-D4E5-7F60-8A9B-0C1D2E3F4A5B"
      const uuids = await filled([{ _id: uuid, n: 1 }], { ids: "uuid" })
      expect(await uuids.get(uuid.toUpperCase())).toEqual({ _id: uuid.toLowerCase(), n: 1 })
      expect(await uuids.count({ _id: uuid })).toBe(1)
      expect(await uuids.replaceOne({ _id: uuid }, { n: 2 }, { upsert: true })).toEqual({
        matched: 1,
        modified: 1,
      })
      const made = await uuids.updateOne({ n: 9 }, { $set: { m: 1 } }, { upsert: true })
      expect(made.upsertedId).toMatch(/^[0-9a-f]{8}-/)
      expect(await uuids.get(made.upsertedId as string)).toMatchObject({ n: 9, m: 1 })
      const replaced = await uuids.replaceOne({ n: 10 }, { m: 2 }, { upsert: true })
      expect(replaced.upsertedId).toMatch(/^[0-9a-f]{8}-/)
      await expectError("invalid-argument", () => uuids.insertOne({ _id: "mine" }))
      const hex = await filled([{}], { ids: "objectId" })
      expect((await hex.findOne({}))?.["_id"]).toMatch(/^[0-9a-f]{24}$/)
      await expectError("invalid-argument", () => hex.get("mine"))
    },
  },
  {
    name: "defineCollection refuses bad names, kinds, indexes",
    run: async () => {
      const wrong: readonly [string, object][] = [
        ["1a", {}],
        ["a", { fields: { n: "float" } }],
        ["a", { fields: { "a..b": "string" } }],
        ["a", { indexes: [{ keys: {} }] }],
        ["a", { indexes: [{ keys: { a: 2 } }] }],
        ["a", { indexes: [{ keys: { a: 1, b: "text" } }] }],
        ["a", { indexes: [{ keys: { $a: 1 } }] }],
        ["a", { indexes: [{ keys: { a: 1 } }, { keys: { a: 1 }, unique: true }] }],
        ["a", { indexes: [{ keys: { a: 1 } }, { keys: { a: 1 }, name: "again" }] }],
        [
          "a",
          {
            indexes: [
              { keys: { a: 1 }, name: "x" },
              { keys: { b: 1 }, name: "x" },
            ],
          },
        ],
        ["a", { ttl: { field: "a", afterSeconds: 2 ** 31 } }],
      ]
      for (const [name, options] of wrong)
        await expectError("invalid-argument", () => defineCollection(name, options as never))
    },
  },
]
