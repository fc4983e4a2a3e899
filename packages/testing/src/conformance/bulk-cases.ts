import type { Document, WriteProgress } from "@nosql/contracts"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

const numbered = (count: number): Document[] => Array.from({ length: count }, (_, n) => ({ _id: `n${n}`, n }))

export const bulkCases: readonly ConformanceCase[] = [
  {
    name: "insertMany: ordered stops at the first failure and says how far it came",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "taken" }])
      const error = await expectError("already-exists", () =>
        target.insertMany([{ _id: "a" }, { _id: "taken" }, { _id: "b" }]),
      )
      expect(error.details as unknown as WriteProgress).toMatchObject({
        done: [0],
        failed: [1],
        unknown: [],
        notTried: [2],
      })
      expect((await target.find({}, { sort: { _id: 1 } }).toArray()).map(({ _id }) => _id)).toEqual([
        "a",
        "taken",
      ])
    },
  },
  {
    name: "insertMany: unordered tries all and names each failure",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "x" }, { _id: "y" }])
      const error = await expectError("already-exists", () =>
        target.insertMany([{ _id: "a" }, { _id: "x" }, { _id: "b" }, { _id: "y" }, { _id: "c" }], {
          ordered: false,
        }),
      )
      expect(error.details).toMatchObject({ done: [0, 2, 4], failed: [1, 3], unknown: [], notTried: [] })
      expect(error.details["errors"]).toMatchObject([
        { index: 1, code: "already-exists" },
        { index: 3, code: "already-exists" },
      ])
      expect(await target.count({})).toBe(5)
    },
  },
  {
    name: "insertMany: a document that is wrong stops all before anything is written",
    run: async ({ filled }) => {
      const target = await filled([])
      await expectError("invalid-argument", () => target.insertMany([{ a: 1 }, { a: Number.NaN }]))
      expect(await target.count({})).toBe(0)
      expect(await target.insertMany([])).toEqual({ ids: [] })
    },
  },
  {
    name: "insertMany: thousands of documents, each once",
    run: async ({ filled }) => {
      const target = await filled(numbered(2500))
      expect(await target.count({})).toBe(2500)
      expect(await target.count({ n: { $lt: 100 } })).toBe(100)
    },
  },
  {
    name: "bulkWrite: all kinds together, in order, with their counts and ids",
    run: async ({ filled }) => {
      const target = await filled(numbered(6))
      const result = await target.bulkWrite([
        { insertOne: { document: { _id: "new", n: 100 } } },
        { updateOne: { filter: { _id: "new" }, update: { $inc: { n: 1 } } } },
        { updateMany: { filter: { n: { $lt: 2 } }, update: { $set: { low: true } } } },
        { replaceOne: { filter: { _id: "n2" }, replacement: { n: 22 } } },
        { deleteOne: { filter: { n: 3 } } },
        { deleteMany: { filter: { n: { $in: [4, 5] } } } },
        { updateOne: { filter: { _id: "up" }, update: { $set: { n: 7 } }, upsert: true } },
      ])
      expect(result).toEqual({
        inserted: 1,
        matched: 4,
        modified: 4,
        deleted: 3,
        insertedIds: { 0: "new" },
        upsertedIds: { 6: "up" },
      })
      expect(await target.find({}, { sort: { _id: 1 } }).toArray()).toEqual([
        { _id: "n0", n: 0, low: true },
        { _id: "n1", n: 1, low: true },
        { _id: "n2", n: 22 },
        { _id: "new", n: 101 },
        { _id: "up", n: 7 },
      ])
      expect(await target.bulkWrite([])).toMatchObject({ inserted: 0, matched: 0 })
    },
  },
  {
    name: "bulkWrite: ordered stops at the first failure, unordered goes on; both say what was done",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "taken" }])
      const operations = [
        { insertOne: { document: { _id: "a" } } },
        { insertOne: { document: { _id: "taken" } } },
        { insertOne: { document: { _id: "b" } } },
      ]
      const stopped = await expectError("already-exists", () => target.bulkWrite(operations))
      expect(stopped.details).toMatchObject({
        done: [0],
        failed: [1],
        notTried: [2],
        result: { inserted: 1 },
      })
      await target.deleteOne({ _id: "a" })
      const tried = await expectError("already-exists", () =>
        target.bulkWrite(operations, { ordered: false }),
      )
      expect(tried.details).toMatchObject({
        done: [0, 2],
        failed: [1],
        notTried: [],
        result: { inserted: 2 },
      })
      expect(await target.count({})).toBe(3)
    },
  },
  {
    name: "bulkWrite: unordered, many writes of many documents and several of one are all done",
    run: async ({ filled }) => {
      const ids = Array.from({ length: 30 }, (_, i) => `d${i}`)
      const target = await filled(ids.map((_id, n) => ({ _id, n })))
      const add = (_id: string, by: number) => ({
        updateOne: { filter: { _id }, update: { $inc: { n: by } } },
      })
      const operations = [
        ...ids.map((_id) => add(_id, 1)),
        ...ids.map((_id) => add(_id, 100)),
        { updateOne: { filter: { _id: "new" }, update: { $set: { n: 5 } }, upsert: true } },
        { replaceOne: { filter: { _id: "absent" }, replacement: { n: 6 } } },
        { deleteOne: { filter: { _id: "d0" } } },
      ]
      expect(await target.bulkWrite(operations, { ordered: false })).toEqual({
        inserted: 0,
        matched: 60,
        modified: 60,
        deleted: 1,
        insertedIds: {},
        upsertedIds: { 60: "new" },
      })
      const found = await target.find({}).toArray()
      const wanted = ids.slice(1).map((_id, i) => ({ _id, n: i + 102 }))
      expect(new Set(found)).toEqual(new Set([...wanted, { _id: "new", n: 5 }]))
    },
  },
  {
    name: "bulkWrite: one that is wrong is named by its place, and nothing is written",
    run: async ({ filled }) => {
      const target = await filled([])
      const wrong: readonly unknown[] = [
        { insertOne: { document: { a: undefined, b: () => 1 } } },
        { updateOne: { filter: {}, update: { a: 1 } } },
        { updateOne: { filter: { $foo: 1 }, update: { $set: { a: 1 } } } },
        { insertOne: { doc: {} } },
        { insertOne: { document: {} }, deleteOne: { filter: {} } },
        { upsertOne: {} },
        null,
      ]
      for (const operation of wrong) {
        const error = await expectError("invalid-argument", () =>
          target.bulkWrite([{ insertOne: { document: {} } }, operation as never]),
        )
        expect(error.message).toContain("operation 1")
      }
      expect(await target.count({})).toBe(0)
    },
  },
  {
    name: "bulkWrite: writes that the store cannot express work in their order with the others",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "a", o: { x: 1, y: 2 } }])
      expect(
        await target.bulkWrite([
          { updateOne: { filter: { o: { y: 2, x: 1 } }, update: { $addToSet: { l: { p: 1, q: 2 } } } } },
          { updateOne: { filter: { _id: "a" }, update: { $addToSet: { l: { q: 2, p: 1 } } } } },
          { insertOne: { document: { _id: "b" } } },
        ]),
      ).toMatchObject({ matched: 2, inserted: 1 })
      expect(await target.get("a")).toEqual({ _id: "a", o: { x: 1, y: 2 }, l: [{ p: 1, q: 2 }] })
    },
  },
  {
    name: "updateMany and deleteMany of thousands write each once",
    run: async ({ filled }) => {
      const target = await filled(numbered(1200))
      expect(await target.updateMany({ n: { $gte: 0 } }, { $inc: { n: 1 } })).toEqual({
        matched: 1200,
        modified: 1200,
      })
      expect(await target.count({ n: { $gte: 1, $lte: 1200 } })).toBe(1200)
      expect(await target.deleteMany({})).toEqual({ deleted: 1200 })
    },
  },
  {
    name: "bulkWrite: an update that a document refuses is named by its place and its path",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "a", name: "Ada" }])
      const error = await expectError("invalid-argument", () =>
        target.bulkWrite([
          { insertOne: { document: { _id: "b" } } },
          { updateOne: { filter: { _id: "a" }, update: { $push: { name: "x" } } } },
        ]),
      )
      expect(error).toMatchObject({ path: "name", details: { done: [0], failed: [1] } })
      expect(await target.get("a")).toEqual({ _id: "a", name: "Ada" })
    },
  },
  {
    name: "bulkWrite: a refused update names its path among several",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "a", s: "text", o: { s: "a" } }])
      const update = { $currentDate: { "s.q": true }, $max: { "o.s": "b" } } as const
      const error = await expectError("invalid-argument", () =>
        target.bulkWrite([
          { insertOne: { document: { _id: "b" } } },
          { updateMany: { filter: { _id: "a" }, update } },
        ]),
      )
      expect(error).toMatchObject({ path: "s.q", details: { done: [0], failed: [1] } })
      expect(await target.get("a")).toEqual({ _id: "a", s: "text", o: { s: "a" } })
    },
  },
]
