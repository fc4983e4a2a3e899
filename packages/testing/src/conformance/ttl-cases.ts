import type { CollectionOptions, Document } from "@nosql/contracts"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

const past = new Date(Date.now() - 3_600_000)
const future = new Date(Date.now() + 3_600_000)
const expiring: CollectionOptions<Document> = { ttl: { field: "expiresAt" } }
const dead: Document = { _id: "dead", expiresAt: past, n: 1 }
const alive: readonly Document[] = [
  { _id: "alive", expiresAt: future, n: 1 },
  { _id: "none", n: 1 },
  { _id: "null", expiresAt: null, n: 1 },
  { _id: "text", expiresAt: "yesterday", n: 1 },
]
const ids = (documents: readonly { _id: string }[]) => documents.map(({ _id }) => _id).sort()

export const ttlCases: readonly ConformanceCase[] = [
  {
    name: "an expired document is invisible to every read at once; missing, null and what is no date never expire",
    run: async ({ filled }) => {
      const target = await filled([dead, ...alive], expiring)
      const living = ids(alive as never)
      expect(ids(await target.find({}).toArray())).toEqual(living)
      expect(await target.count({})).toBe(4)
      expect(await target.count({ n: 1 })).toBe(4)
      expect(await target.get("dead")).toBeNull()
      expect(await target.getMany(["dead", "alive"])).toMatchObject([null, { _id: "alive" }])
      expect(await target.exists({ _id: "dead" })).toBe(false)
      expect(ids((await target.page({}, { size: 10 })).items)).toEqual(living)
      expect(await target.distinct("_id")).toEqual(living)
    },
  },
  {
    name: "an expired document is invisible to write conditions",
    run: async ({ filled }) => {
      const target = await filled([dead], expiring)
      expect(await target.updateOne({ _id: "dead" }, { $set: { n: 2 } })).toEqual({ matched: 0, modified: 0 })
      expect(await target.updateMany({}, { $set: { n: 2 } })).toEqual({ matched: 0, modified: 0 })
      expect(await target.deleteOne({ _id: "dead" })).toEqual({ deleted: 0 })
      expect(await target.findOneAndDelete({ _id: "dead" })).toBeNull()
    },
  },
  {
    name: "its id and its unique values are free: insert, insertMany, upsert, replace, update and bulkWrite take them",
    run: async ({ filled }) => {
      const options: CollectionOptions<Document> = {
        ...expiring,
        indexes: [{ keys: { slot: 1 }, unique: true }],
      }
      const corpse = { expiresAt: past, slot: 1 }
      const insert = await filled([{ ...corpse, _id: "a" }], options)
      await insert.insertOne({ _id: "a", slot: 2 })
      const many = await filled([{ ...corpse, _id: "a" }], options)
      await many.insertMany([{ _id: "x" }, { _id: "a" }, { _id: "y", slot: 1 }])
      expect(await many.count({})).toBe(3)
      const values = await filled([{ ...corpse, _id: "a" }], options)
      await values.insertOne({ _id: "b", slot: 1 })
      const upsert = await filled([{ ...corpse, _id: "a" }], options)
      expect(await upsert.updateOne({ _id: "a" }, { $set: { slot: 3 } }, { upsert: true })).toMatchObject({
        upsertedId: "a",
      })
      expect(await upsert.get("a")).toEqual({ _id: "a", slot: 3 })
      const replace = await filled([{ ...corpse, _id: "a" }, { _id: "b" }], options)
      await replace.replaceOne({ _id: "b" }, { slot: 1 })
      const update = await filled([{ ...corpse, _id: "a" }, { _id: "b" }], options)
      await update.updateOne({ _id: "b" }, { $set: { slot: 1 } })
      expect(await update.find({}).toArray()).toEqual([{ _id: "b", slot: 1 }])
      const bulk = await filled([{ ...corpse, _id: "a" }], options)
      await bulk.bulkWrite([
        { insertOne: { document: { _id: "a" } } },
        { insertOne: { document: { _id: "c", slot: 1 } } },
      ])
      await expectError("already-exists", () => bulk.insertOne({ _id: "d", slot: 1 }))
    },
  },
  {
    name: "afterSeconds counts from the date; hide: false leaves expired documents to be seen",
    run: async ({ filled }) => {
      const recent = new Date(Date.now() - 60_000)
      const later = await filled([{ _id: "a", seen: recent }], { ttl: { field: "seen", afterSeconds: 3600 } })
      expect(await later.count({})).toBe(1)
      const sooner = await filled([{ _id: "a", seen: recent }], { ttl: { field: "seen", afterSeconds: 30 } })
      expect(await sooner.count({})).toBe(0)
      // The store sweeps by itself, so what is shown is told by the plan.
      const shown = await filled([], { ttl: { field: "seen", hide: false } })
      const { native, remaining } = await shown.explain({})
      expect(JSON.stringify(native)).not.toContain("seen")
      expect(remaining).toEqual([])
      // As the query would run: the condition is in the plan, natively or for core to finish.
      const hiding = await later.explain({})
      expect(JSON.stringify(hiding.native).includes("seen") || hiding.remaining.includes("filter")).toBe(true)
    },
  },
  {
    name: "a nested field expires, too; bad declarations are refused",
    run: async ({ filled, collection }) => {
      const target = await filled([{ session: { until: past } }, { session: { until: future } }], {
        ttl: { field: "session.until" },
      })
      expect(await target.count({})).toBe(1)
      for (const ttl of [
        { field: "_id" },
        { field: "" },
        { field: "a", afterSeconds: -1 },
        { field: "a", afterSeconds: 0.5 },
      ])
        await expectError("invalid-argument", () => collection({ ttl }))
    },
  },
]
