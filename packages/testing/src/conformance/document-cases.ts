import type { Document } from "@nosql/contracts"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

/** Every kind of value, and names that break careless objects. */
const everything: Document = {
  integer: 42,
  negative: -7,
  half: 0.5,
  zero: 0,
  safe: Number.MAX_SAFE_INTEGER,
  big: 2n ** 62n,
  lowest: -(2n ** 63n),
  text: "naïve \u{1F600}",
  empty: "",
  yes: true,
  no: false,
  nothing: null,
  at: new Date("2024-02-29T12:34:56.789Z"),
  bytes: new Uint8Array([0, 1, 254, 255]),
  list: [1, "two", [3, [4]], { five: 5 }],
  emptyList: [],
  nested: { a: { b: { c: 1 } } },
  emptyObject: {},
  constructor: "plain",
  toString: "data",
  hasOwnProperty: 1,
  "with space": 1,
  "0": "digit",
}

export const documentCases: readonly ConformanceCase[] = [
  {
    name: "every portable value comes back as it was written",
    run: async ({ collection }) => {
      const target = collection()
      const id = await target.insertOne(everything)
      expect(await target.get(id)).toEqual({ _id: id, ...everything })
    },
  },
  {
    name: "20 levels deep is deep enough, and comes back as it was written",
    run: async ({ collection }) => {
      const target = collection()
      let objects: Document = { end: 1 }
      for (let level = 1; level < 20; level++) objects = { a: objects }
      const lists = [[[[[[[[[[1]]]]]]]]]]
      const id = await target.insertOne({ objects, lists })
      expect(await target.get(id)).toEqual({ _id: id, objects, lists })
      await target.updateOne({ _id: id }, { $set: { [`objects${".a".repeat(19)}.end`]: 2 } })
      expect(await target.count({ [`objects${".a".repeat(19)}.end`]: 2 })).toBe(1)
    },
  },
  {
    name: "undefined fields are left out, -0 is stored as 0, a safe bigint reads as a number",
    run: async ({ collection }) => {
      const target = collection()
      const id = await target.insertOne({ gone: undefined, zero: -0, small: 5n } as unknown as Document)
      const found = await target.get(id)
      expect(found).toEqual({ _id: id, zero: 0, small: 5 })
      expect(Object.is(found?.["zero"], 0)).toBe(true)
      expect(Object.keys(found ?? {})).not.toContain("gone")
    },
  },
  {
    name: "an integer reads as a bigint where it is not safe, however it was written",
    run: async ({ collection }) => {
      const target = collection()
      const id = await target.insertOne({
        number: 2 ** 60,
        bigint: 2n ** 60n,
        low: -(2 ** 63),
        list: [2 ** 53],
      })
      expect(await target.get(id)).toEqual({
        _id: id,
        number: 2n ** 60n,
        bigint: 2n ** 60n,
        low: -(2n ** 63n),
        list: [2n ** 53n],
      })
      expect(await target.count({ number: 2 ** 60, bigint: 2 ** 60 })).toBe(1)
    },
  },
  {
    name: "what was inserted and what was read are copies",
    run: async ({ collection }) => {
      const target = collection()
      const document = { list: [1], at: new Date(0) }
      const id = await target.insertOne(document)
      document.list.push(2)
      document.at.setTime(5)
      const first = await target.get(id)
      expect(first).toEqual({ _id: id, list: [1], at: new Date(0) })
      if (Array.isArray(first?.["list"])) (first["list"] as number[]).push(3)
      expect(await target.get(id)).toEqual({ _id: id, list: [1], at: new Date(0) })
    },
  },
  {
    name: "what is stored is what was given at the call, whatever becomes of it while the call is on its way",
    run: async ({ collection }) => {
      const target = collection()
      const fresh = (n: number) => ({ n, list: [{ deep: 1 }], at: new Date(0), bytes: new Uint8Array([1]) })
      const documents = [fresh(0), fresh(1), fresh(2)]
      const spoil = (document: ReturnType<typeof fresh>) => {
        document.n = 9
        document.list[0] = { deep: Number.NaN }
        document.at.setTime(5)
        document.bytes[0] = 2
        Object.assign(document, { $no: undefined })
      }
      const one = fresh(3)
      const running = [target.insertMany(documents), target.insertOne(one)] as const
      for (const document of [...documents, one]) spoil(document)
      const [{ ids }, last] = await Promise.all(running)
      expect(await target.getMany([...ids, last])).toEqual(
        [...ids, last].map((_id, n) => ({ _id, ...fresh(n) })),
      )
    },
  },
  {
    name: "insertMany refuses a wrong document by its place and path, and writes none",
    run: async ({ collection }) => {
      const target = collection()
      const error = await expectError("invalid-argument", () =>
        target.insertMany([{ a: 1 }, { a: { b: [1, Number.NaN] } }, { a: 2 }]),
      )
      expect(error).toMatchObject({ path: "a.b.1", details: { item: 1 } })
      expect(await target.count({})).toBe(0)
    },
  },
  {
    name: "ids: made ones are unique strings, given ones are kept, absent ones are null",
    run: async ({ collection }) => {
      const target = collection()
      const { ids } = await target.insertMany([{}, { _id: "mine" }, {}])
      expect(new Set(ids).size).toBe(3)
      expect(ids[1]).toBe("mine")
      for (const id of ids) expect((await target.get(id))?.["_id"]).toBe(id)
      expect(await target.get("absent")).toBeNull()
    },
  },
  {
    name: "ids: 24 hex digits are the same id in get, filters and documents",
    run: async ({ collection }) => {
      const target = collection()
      const id = "65f0a1b2c3d4e5f6a7b8c9d0"
      expect(await target.insertOne({ _id: id })).toBe(id)
      expect(await target.find({ _id: { $in: [id] } }).toArray()).toEqual([{ _id: id }])
      expect(await target.count({ _id: { $ne: id } })).toBe(0)
    },
  },
  {
    name: "ids: `string`, `objectId` and `uuid` collections each keep their form, upper case is lowered",
    run: async ({ collection }) => {
      const hex = "65F0A1B2C3D4E5F6A7B8C9D0"
      const uuid = "0190A1B2-C3D4-7E5F-8A7B-8C9D0E1F2A3B"
      const cases = [
        { ids: "string", id: hex, stored: hex },
        { ids: "objectId", id: hex, stored: hex.toLowerCase() },
        { ids: "uuid", id: uuid, stored: uuid.toLowerCase() },
      ] as const
      for (const { ids, id, stored } of cases) {
        const target = collection({ ids })
        expect(await target.insertOne({ _id: id })).toBe(stored)
        expect((await target.get(id))?.["_id"]).toBe(stored)
        expect((await target.findOne({ _id: id }))?.["_id"]).toBe(stored)
        const made = await target.insertOne({})
        expect((await target.get(made))?.["_id"]).toBe(made)
      }
      await expectError("invalid-argument", () => collection({ ids: "objectId" }).insertOne({ _id: "short" }))
    },
  },
  {
    name: "a taken id is already-exists, and the document that has it stays",
    run: async ({ filled, backend }) => {
      const target = await filled([{ _id: "a", n: 1 }])
      const error = await expectError("already-exists", () => target.insertOne({ _id: "a", n: 2 }))
      expect(error).toMatchObject({ path: "_id", operation: "insertOne", collection: target.name, backend })
      expect(error.message).toContain("insertOne: ")
      expect(await target.get("a")).toEqual({ _id: "a", n: 1 })
    },
  },
  {
    name: "insertMany stops at the first failure and says what was written",
    run: async ({ collection }) => {
      const target = collection()
      const error = await expectError("already-exists", () =>
        target.insertMany([{ _id: "a" }, { _id: "b" }, { _id: "a" }, { _id: "c" }]),
      )
      expect(error.details).toMatchObject({ done: [0, 1], failed: [2], unknown: [], notTried: [3] })
      expect((await target.find({}).toArray()).map(({ _id }) => _id).sort()).toEqual(["a", "b"])
    },
  },
  {
    name: "insertMany of none is no error, of a thousand keeps their order of ids",
    run: async ({ collection }) => {
      const target = collection()
      expect(await target.insertMany([])).toEqual({ ids: [] })
      const documents = Array.from({ length: 1000 }, (_, n) => ({ _id: `id-${n}`, n }))
      expect((await target.insertMany(documents)).ids).toEqual(documents.map(({ _id }) => _id))
      expect(await target.count({})).toBe(1000)
      expect((await target.find({}).toArray()).length).toBe(1000)
    },
  },
  {
    name: "declared fields are enforced on insert with every problem's path, before anything is written",
    run: async ({ collection }) => {
      const target = collection({
        fields: { name: "string", age: "number?", tag: "string|null", "home.city": "string?" },
      })
      const error = await expectError("validation", () =>
        target.insertOne({ age: "old", tag: null, home: { city: 5 } }),
      )
      expect((error.details["problems"] as { path: string }[]).map(({ path }) => path)).toEqual([
        "name",
        "age",
        "home.city",
      ])
      expect(error.message).not.toContain("old")
      await expectError("validation", () =>
        target.insertMany([
          { name: "ok", tag: "t" },
          { name: null, tag: "t" },
        ]),
      )
      expect(await target.count({})).toBe(0)
      await target.insertOne({ name: "ok", tag: null })
    },
  },
]
