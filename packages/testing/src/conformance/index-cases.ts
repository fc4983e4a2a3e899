import type { Document } from "@nosql/contracts"
import { defineCollection } from "@nosql/core"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

export const indexCases: readonly ConformanceCase[] = [
  {
    name: "unique: taken values are already-exists on insert and on update, and nothing is written",
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
    name: "unique: every way to write tells what is taken, by its index and paths, and writes nothing",
    run: async ({ filled }) => {
      const documents = [
        { _id: "a", email: "a@x" },
        { _id: "b", email: "b@x" },
      ]
      const target = await filled(documents, { indexes: [{ keys: { email: 1 }, unique: true }] })
      const taken = { email: "a@x" }
      const update = { $set: taken }
      const [b, none] = [{ _id: "b" }, { _id: "c" }]
      const upsert = { upsert: true }
      for (const write of [
        () => target.insertOne({ ...none, ...taken }),
        () => target.insertMany([{ ...none, ...taken }]),
        () => target.updateOne(b, update),
        () => target.updateMany(b, update),
        () => target.updateOne(none, update, upsert),
        () => target.updateMany(none, update, upsert),
        () => target.replaceOne(b, taken),
        () => target.replaceOne(none, taken, upsert),
        () => target.findOneAndUpdate(b, update),
        () => target.findOneAndUpdate(none, update, upsert),
        () => target.findOneAndReplace(b, taken),
        () => target.findOneAndReplace(none, taken, upsert),
        () => target.bulkWrite([{ insertOne: { document: { ...none, ...taken } } }]),
        () => target.bulkWrite([{ updateOne: { filter: b, update } }]),
        () => target.bulkWrite([{ updateMany: { filter: b, update } }]),
        () => target.bulkWrite([{ updateOne: { filter: none, update, upsert: true } }]),
        () => target.bulkWrite([{ replaceOne: { filter: b, replacement: taken } }]),
        () => target.query().where("_id", "b").updateMany(update),
      ]) {
        const error = await expectError("already-exists", write)
        expect(error, String(write)).toMatchObject({
          retryable: false,
          details: { index: "email_1", paths: ["email"] },
        })
        expect(error.message + JSON.stringify(error)).not.toContain("a@x")
      }
      expect(await target.find({}, { sort: { _id: 1 } }).toArray()).toEqual(documents)
    },
  },
  {
    name: "unique: a document that lacks a key is exempt, an explicit null counts, keys count together",
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
    name: "unique: arrays and objects are refused on every way in, and nothing is written",
    run: async ({ filled }) => {
      const stored = { _id: "a", n: 1 }
      const target = await filled([stored], {
        indexes: [
          { keys: { email: 1 }, unique: true },
          { keys: { "o.k": 1, n: 1 }, unique: true },
        ],
      })
      const upsert = { upsert: true }
      const only = { _id: "a" }
      const ways: readonly (readonly [path: string, write: () => Promise<unknown>])[] = [
        ["email", () => target.insertOne({ email: ["x"] })],
        ["email", () => target.insertMany([{ email: "ok" }, { email: { x: 1 } }])],
        ["o.k", () => target.insertOne({ o: { k: {} }, n: 2 })],
        ["email", () => target.replaceOne(only, { email: [] })],
        ["email", () => target.updateOne(only, { $set: { email: [1] } })],
        ["o.k", () => target.updateMany({}, { $set: { o: { k: [1] } } })],
        ["email", () => target.updateOne(only, { $set: { "email.x": 1 } })],
        ["email", () => target.updateOne(only, { $inc: { "email.x": 1 } })],
        ["email", () => target.updateOne(only, { $push: { email: "x" } })],
        ["email", () => target.findOneAndUpdate(only, { $addToSet: { email: "x" } })],
        ["email", () => target.updateOne({ _id: "b", email: ["x"] }, { $set: { n: 2 } }, upsert)],
        ["email", () => target.bulkWrite([{ insertOne: { document: { email: ["x"] } } }])],
      ]
      for (const [path, write] of ways) expect((await expectError("invalid-argument", write)).path).toBe(path)
      expect(await target.find({}).toArray()).toEqual([stored])
      await target.updateOne(only, { $unset: { email: true }, $set: { "o.other": [1] } })
      await target.updateOne(only, { $set: { o: { k: "text" } } })
    },
  },
  {
    name: "unique: what $rename moves there is a value like any other: not taken, no array, no object",
    run: async ({ filled }) => {
      const documents = [
        { _id: "a", list: [1], deep: { email: { x: 1 }, ok: 1 }, text: "new", old: "taken" },
        { _id: "b", email: "taken" },
      ]
      const target = await filled(documents, {
        indexes: [
          { keys: { email: 1 }, unique: true },
          { keys: { "o.email": 1 }, unique: true },
        ],
      })
      const a = { _id: "a" }
      for (const write of [
        () => target.updateOne(a, { $rename: { list: "email" } }),
        () => target.updateMany({}, { $rename: { deep: "email" } }),
        () => target.updateOne(a, { $rename: { deep: "o" } }),
        () => target.findOneAndUpdate(a, { $rename: { list: "o.email" } }),
        () => target.bulkWrite([{ updateOne: { filter: a, update: { $rename: { list: "email" } } } }]),
      ])
        expect((await expectError("invalid-argument", write)).path).toMatch(/^(o\.)?email$/)
      await expectError("already-exists", () => target.updateOne(a, { $rename: { old: "email" } }))
      expect(await target.find({}, { sort: { _id: 1 } }).toArray()).toEqual(documents)
      await target.updateOne(a, { $rename: { text: "email" } })
      expect(await target.count({ email: "new" })).toBe(1)
    },
  },
  ...[2, 8].map(
    (writers): ConformanceCase => ({
      name: `unique: of ${writers} writers at once exactly one wins`,
      needs: ["index"],
      run: async ({ collection }) => {
        const target = collection({ indexes: [{ keys: { slot: 1 }, unique: true }] })
        for (const slot of [1, 2, 3]) {
          const outcomes = await Promise.allSettled(
            Array.from({ length: writers }, () => target.insertOne({ slot })),
          )
          expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBe(1)
          expect(await target.count({ slot })).toBe(1)
        }
      },
    }),
  ),
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
      // A store may index each field by itself: nothing helps with what may also be missing.
      const scan = await target.explain({ owner: { $ne: "me" } }, { sort: { at: 1 } })
      expect(scan.access).toBe("scan")
      const sorted = await target.explain({ owner: "me" }, { sort: { at: 1 } })
      expect(sorted.reasons.join()).toContain('{ keys: { "owner": 1, "at": 1 } }')
      expect(() => JSON.stringify(scan)).not.toThrow()
    },
  },
  {
    name: "scan policy: refuse stops before the store, warn says it once per shape, allow and {} are silent",
    run: async ({ collection, warnings }) => {
      const target = collection({ indexes: [{ keys: { a: 1 } }] })
      // No index of any store tells what lacks a field.
      const unserved = (b: number) => ({ b: { $ne: b } })
      await target.insertMany([{ b: 1 }, { b: 2 }])
      const before = warnings.length
      await expectError("failed-precondition", () => target.find(unserved(1), { scans: "refuse" }).toArray())
      await expectError("failed-precondition", () =>
        target.updateMany(unserved(1), { $set: { c: 1 } }, { scans: "refuse" }),
      )
      await target.find(unserved(1), { scans: "allow" }).toArray()
      await target.find({}).toArray()
      await target.count({})
      expect(warnings.length).toBe(before)
      await target.find(unserved(1)).toArray()
      await target.find(unserved(2)).toArray()
      expect(warnings.length).toBe(before + 1)
      expect(warnings.at(-1)).toContain(target.name)
      await target.query().whereExists("c", false).scans("warn").toArray()
      expect(warnings.length).toBe(before + 2)
      await target.deleteMany({})
      expect(warnings.length).toBe(before + 2)
    },
  },
  {
    name: "indexes are made, listed, dropped; making one again changes nothing",
    needs: ["index"],
    run: async ({ collection }) => {
      const target = collection()
      expect(await target.listIndexes()).toEqual([])
      expect(await target.createIndex({ keys: { a: 1, b: -1 } })).toBe("a_1_b_-1")
      expect(await target.createIndex({ keys: { a: 1, b: -1 } })).toBe("a_1_b_-1")
      expect(await target.createIndex({ keys: { email: 1 }, unique: true, name: "mail" })).toBe("mail")
      // A store may be building one for a while, as other writers do not know it yet.
      const listed = (await target.listIndexes())
        .map(({ building: _, ...index }) => index)
        .sort((x, y) => (x.name < y.name ? -1 : 1))
      expect(listed).toEqual([
        { name: "a_1_b_-1", keys: { a: 1, b: -1, _id: -1 }, unique: false },
        { name: "mail", keys: { email: 1 }, unique: true },
      ])
      await target.insertOne({ email: "a" })
      await expectError("already-exists", () => target.insertOne({ email: "a" }))
      expect(await target.dropIndex("mail")).toBe(true)
      expect(await target.dropIndex("mail")).toBe(false)
      await target.insertOne({ email: "a" })
      expect(await target.count({ email: "a" })).toBe(2)
      for (const index of [{ keys: {} }, { keys: { a: 5 } }, { keys: { "": 1 } }])
        await expectError("invalid-argument", () => target.createIndex(index as never))
    },
  },
  {
    name: "createIndex: one that is there is left, whatever its name; the name of another index is refused, and nothing is changed",
    needs: ["index"],
    run: async ({ collection }) => {
      const target = collection()
      await target.createIndex({ keys: { a: 1 } })
      await target.createIndex({ keys: { b: 1 }, unique: true })
      expect(await target.createIndex({ keys: { a: 1, _id: 1 } })).toBe("a_1")
      expect(await target.createIndex({ keys: { b: 1 }, unique: true, name: "mine" })).toBe("b_1")
      for (const [path, index] of [
        ["unique", { keys: { a: 1 }, unique: true }],
        ["unique", { keys: { b: 1 } }],
        ["keys", { keys: { c: 1 }, name: "a_1" }],
      ] as const) {
        const error = await expectError("failed-precondition", () => target.createIndex(index))
        expect(error).toMatchObject({ path, collection: target.name, operation: "createIndex" })
      }
      const listed = (await target.listIndexes()).sort((x, y) => (x.name < y.name ? -1 : 1))
      expect(listed.map(({ building: _, ...index }) => index)).toEqual([
        { name: "a_1", keys: { a: 1, _id: 1 }, unique: false },
        { name: "b_1", keys: { b: 1 }, unique: true },
      ])
      // Under a name of its own it stands beside the plain one.
      expect(await target.createIndex({ keys: { a: 1 }, unique: true, name: "once" })).toBe("once")
      await target.insertOne({ a: 1 })
      await expectError("already-exists", () => target.insertOne({ a: 1 }))
    },
  },
  {
    name: "the index of _id is not for dropping, and its name for no other",
    needs: ["index"],
    run: async ({ collection }) => {
      const target = collection()
      for (const name of ["_id_", "", 5 as never, undefined as never])
        expect((await expectError("invalid-argument", () => target.dropIndex(name))).path).toBe("name")
      const index = { keys: { a: 1 }, name: "_id_" } as const
      expect((await expectError("invalid-argument", () => target.createIndex(index))).path).toBe("name")
      await expectError("invalid-argument", async () => collection({ indexes: [index] }))
    },
  },
  {
    name: "createIndex: the keys alone, as MongoDB takes them, are answered with the form of this one",
    needs: ["index"],
    run: async ({ collection }) => {
      const bare = { name: 1, "address.city": -1 } as never
      const error = await expectError("invalid-argument", () => collection().createIndex(bare))
      expect(error.path).toBe("keys")
      expect(error.message).toContain('createIndex({ keys: { "name": 1, "address.city": -1 } })')
    },
  },
  {
    name: "unique: in an index that is not declared, arrays and objects are values like others",
    needs: ["index"],
    run: async ({ store, collection }) => {
      const target = collection()
      await target.insertOne({ _id: "a", e: [1] })
      await target.createIndex({ keys: { e: 1 }, unique: true })
      await target.insertMany([{ e: [2, 3] }, { e: { x: 1 } }, { e: { x: 2 } }, {}])
      for (const e of [[1], { x: 1 }]) await expectError("already-exists", () => target.insertOne({ e }))
      await target.deleteOne({ _id: "a" })
      await target.insertOne({ e: [1] })
      const indexes = [{ keys: { e: 1 }, unique: true }] as const
      const declared = store.collection(defineCollection<Document>(target.name, { indexes }))
      await expectError("invalid-argument", () => declared.insertOne({ e: [4] }))
      expect(await target.count({})).toBe(5)
    },
  },
  {
    name: "declared indexes: of one name or of the same keys, several stand beside each other where nothing contradicts",
    needs: ["index", "ttl"],
    run: async ({ collection }) => {
      const plain = { keys: { a: 1 } } as const
      const target = collection({
        indexes: [
          plain,
          plain,
          { keys: { a: 1 }, unique: true, name: "once" },
          { keys: { x: 1 } },
          { keys: { b: 1, c: 1 } },
          { keys: { b: 1, c: 1 }, hash: [], shards: 2, name: "spread" },
        ],
        ttl: { field: "x" },
      })
      await target.insertOne({ a: 1 })
      await expectError("already-exists", () => target.insertOne({ a: 1 }))
      expect(await target.ensureIndexes()).toMatchObject({ created: [], differing: [], missing: [] })
      const names = (await target.listIndexes()).map(({ name }) => name)
      expect(names).toEqual(expect.arrayContaining(["a_1", "once", "x_1", "x_1_ttl", "b_1_c_1"]))
    },
  },
  {
    name: "ensureIndexes makes the index of a ttl beside a plain one of its field that is there",
    needs: ["index", "ttl"],
    run: async ({ store, collection }) => {
      const indexes = [{ keys: { x: 1 } }] as const
      const before = collection({ indexes })
      await before.createCollection()
      const after = store.collection(
        defineCollection<Document>(before.name, { indexes, ttl: { field: "x" } }),
      )
      expect(await after.ensureIndexes()).toMatchObject({
        created: ["x_1_ttl"],
        existing: ["x_1"],
        differing: [],
      })
    },
  },
  {
    name: "a key of digits keeps its place in an index given as pairs; an object, which would put it first, is refused",
    needs: ["index"],
    run: async ({ collection, filled }) => {
      const keys = [
        ["s", 1],
        ["7", -1],
      ] as const
      const documents = Array.from({ length: 9 }, (_, i) => ({ _id: `d${i}`, s: i % 2, "7": i % 3 }))
      const target = await filled(documents, { indexes: [{ keys }] })
      expect(await target.ensureIndexes()).toMatchObject({
        existing: ["s_1_7_-1"],
        differing: [],
        missing: [],
      })
      const listed = { name: "s_1_7_-1", keys: { s: 1, "7": -1, _id: -1 }, order: ["s", "7", "_id"] }
      expect(await target.listIndexes()).toEqual([{ ...listed, unique: false }])
      const found = await target.query().where("s", 1).sortBy("7", "desc").sortBy("_id", "desc").toArray()
      const expected = documents
        .filter(({ s }) => s === 1)
        .toSorted((a, b) => b["7"] - a["7"] || (a._id < b._id ? 1 : -1))
      expect(found.map(({ _id }) => _id)).toEqual(expected.map(({ _id }) => _id))
      expect(await target.createIndex({ keys })).toBe("s_1_7_-1")
      expect(await target.createIndex({ keys: [["s", -1]] })).toBe("s_-1")
      expect(await target.createIndex({ keys: { "7": 1 } })).toBe("7_1")
      const lost = { keys: { s: 1, "7": -1 } } as const
      for (const refused of [
        () => target.createIndex(lost),
        () => target.createIndex({ keys: [...keys, keys[1]] }),
        () => target.createIndex({ keys: [keys[0], ["7", 2]] as never }),
      ])
        expect((await expectError("invalid-argument", refused)).path).toBe("keys.7")
      const declared = await expectError("invalid-argument", async () => collection({ indexes: [lost] }))
      expect(declared.path).toBe("indexes[0].keys.7")
      for (const bad of [[], [["s"]], ["s"], [["s", 1, 1]], [[1, 1]]])
        await expectError("invalid-argument", () => target.createIndex({ keys: bad as never }))
    },
  },
  {
    name: "ensureIndexes reports what it made, found and left; createCollection makes both",
    needs: ["index"],
    run: async ({ store, collection }) => {
      const options = { indexes: [{ keys: { a: 1 } }, { keys: { email: 1 }, unique: true }] } as const
      const target = collection(options)
      expect(await target.createCollection()).toMatchObject({ created: ["a_1", "email_1"] })
      expect(await store.listCollections()).toContain(target.name)
      expect(await target.ensureIndexes()).toEqual({
        created: [],
        existing: ["a_1", "email_1"],
        differing: [],
        missing: [],
      })
      await target.dropIndex("email_1")
      await target.createIndex({ keys: { email: 1 } })
      expect(await target.ensureIndexes()).toMatchObject({
        created: [],
        existing: ["a_1"],
        differing: [{ name: "email_1" }],
      })
    },
  },
  {
    name: "provision: check reports what is missing and makes nothing, never does neither",
    needs: ["index"],
    run: async ({ store, collection, warnings }) => {
      const indexes = [{ keys: { a: 1 }, unique: true }] as const
      const checked = collection({ indexes, provision: "check" })
      // Some stores have no place for a document before its collection is made.
      await store.collection(checked.name).createCollection()
      await checked.insertMany([{ a: 1 }, { a: 1 }])
      expect(warnings.at(-1)).toContain(checked.name)
      expect(warnings.at(-1)).toContain("a_1")
      expect(await checked.listIndexes()).toEqual([])
      const before = warnings.length
      const never = collection({ indexes, provision: "never" })
      await store.collection(never.name).createCollection()
      await never.insertMany([{ a: 1 }, { a: 1 }])
      // What the missing index costs a store that goes by those that are there is not asked here.
      const found = await never.find({ a: 1 }, { sort: { a: 1 }, scans: "allow" }).toArray()
      expect(found).toHaveLength(2)
      expect(await never.listIndexes()).toEqual([])
      expect(warnings.length).toBe(before)
    },
  },
  {
    name: "a dropped collection gets its declared indexes again at the next use",
    needs: ["index"],
    run: async ({ store, collection }) => {
      const target = collection({ indexes: [{ keys: { a: 1 }, unique: true }] })
      await target.insertOne({ a: 1 })
      await store.dropCollection(target.name)
      await target.insertOne({ a: 1 })
      await expectError("already-exists", () => target.insertOne({ a: 1 }))
    },
  },
]
