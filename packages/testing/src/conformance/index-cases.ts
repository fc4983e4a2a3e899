import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

export const indexCases: readonly ConformanceCase[] = [
  {
    name: "unique: taken values are already-exists on insert and on update, and nothing is written",
    needs: ["index.unique"],
    run: async ({ filled }) => {
      const target = await filled(
        [
          { _id: "a", email: "a@x" },
          { _id: "b", email: "b@x" },
        ],
        { indexes: [{ keys: { email: 1 }, unique: true }] },
      )
      const error = await expectError("already-exists", () => target.insertOne({ _id: "c", email: "a@x" }))
      expect(error.details["index"]).toBe("email_1")
      expect(error.message).not.toContain("a@x")
      await expectError("already-exists", () => target.updateOne({ _id: "b" }, { $set: { email: "a@x" } }))
      expect(await target.get("b")).toEqual({ _id: "b", email: "b@x" })
      expect(await target.count({})).toBe(2)
      await target.updateOne({ _id: "a" }, { $set: { email: "a@x" } })
      await target.deleteOne({ _id: "a" })
      await target.insertOne({ _id: "c", email: "a@x" })
    },
  },
  {
    name: "unique: a document that lacks a key is exempt, an explicit null counts, keys count together",
    needs: ["index.unique"],
    run: async ({ filled }) => {
      const target = await filled([{}, {}, { a: 1 }, { a: 1 }, { b: null }], {
        indexes: [{ keys: { a: 1, b: 1 }, unique: true }],
      })
      await target.insertOne({ a: 1, b: null })
      await expectError("already-exists", () => target.insertOne({ a: 1, b: null }))
      await target.insertOne({ a: 1, b: 2 })
      await target.insertOne({ a: 2, b: 2 })
      await expectError("already-exists", () => target.insertOne({ a: 2n, b: 2 }))
    },
  },
  {
    name: "unique: of writers at once exactly one wins",
    needs: ["index.unique"],
    run: async ({ collection }) => {
      const target = collection({ indexes: [{ keys: { slot: 1 }, unique: true }] })
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, () => target.insertOne({ slot: 1 })),
      )
      expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBe(1)
      expect(await target.count({})).toBe(1)
    },
  },
  {
    name: "explain: key by _id, index by a declared index, scan with the index that would mend it",
    needs: ["index"],
    run: async ({ collection, backend }) => {
      const target = collection({ indexes: [{ keys: { status: 1, at: -1 } }] })
      expect(await target.explain({ _id: "a" })).toMatchObject({
        access: "key",
        backend,
        collection: target.name,
      })
      expect((await target.explain({ _id: { $in: ["a", "b"] } })).access).toBe("key")
      expect(await target.explain({ status: "new" })).toMatchObject({
        access: "index",
        index: "status_1_at_-1",
      })
      const scan = await target.explain({ owner: "me" }, { sort: { at: 1 } })
      expect(scan.access).toBe("scan")
      expect(scan.reasons.join()).toContain('{ keys: { "owner": 1, "at": 1 } }')
      expect(() => JSON.stringify(scan)).not.toThrow()
    },
  },
  {
    name: "scan policy: refuse stops before the store, warn says it once per shape, allow and {} are silent",
    run: async ({ collection, warnings }) => {
      const target = collection({ indexes: [{ keys: { a: 1 } }] })
      await target.insertMany([{ b: 1 }, { b: 2 }])
      const before = warnings.length
      await expectError("failed-precondition", () => target.find({ b: 1 }, { scans: "refuse" }).toArray())
      await expectError("failed-precondition", () =>
        target.updateMany({ b: 1 }, { $set: { c: 1 } }, { scans: "refuse" }),
      )
      await target.find({ b: 1 }, { scans: "allow" }).toArray()
      await target.find({}).toArray()
      await target.count({})
      expect(warnings.length).toBe(before)
      await target.find({ b: 1 }).toArray()
      await target.find({ b: 2 }).toArray()
      expect(warnings.length).toBe(before + 1)
      expect(warnings.at(-1)).toContain(target.name)
      await target.query().whereGt("b", 1).scans("warn").toArray()
      expect(warnings.length).toBe(before + 2)
      await target.deleteMany({})
      expect(warnings.length).toBe(before + 2)
    },
  },
]
