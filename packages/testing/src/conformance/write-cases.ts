import type { Document } from "@nosql/contracts"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

export const writeCases: readonly ConformanceCase[] = [
  {
    name: "replaceOne puts the whole document in the place of one, and its _id stays",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "a", n: 1, old: true }])
      expect(await target.replaceOne({ n: 1 }, { m: 2 })).toEqual({ matched: 1, modified: 1 })
      expect(await target.get("a")).toEqual({ _id: "a", m: 2 })
      expect(await target.replaceOne({ n: 1 }, { m: 3 })).toEqual({ matched: 0, modified: 0 })
      expect(await target.count({})).toBe(1)
    },
  },
  {
    name: "a replacement with an _id is for the document of that _id alone; another one in the filter is refused",
    run: async ({ filled }) => {
      const target = await filled([
        { _id: "a", n: 1 },
        { _id: "b", n: 1 },
      ])
      expect(await target.replaceOne({ n: 1 }, { _id: "b", m: 2 })).toMatchObject({ matched: 1 })
      expect(await target.get("a")).toEqual({ _id: "a", n: 1 })
      expect(await target.get("b")).toEqual({ _id: "b", m: 2 })
      await expectError("invalid-argument", () => target.replaceOne({ _id: "a" }, { _id: "b" }))
      await expectError("invalid-argument", () =>
        target.replaceOne({ _id: "a" }, { $set: { n: 2 } } as unknown as Document),
      )
    },
  },
  {
    name: "upsert: a match is updated, else the filter's equalities, $setOnInsert and the update make a document",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "a", kind: "x", n: 1 }])
      const update = { $inc: { n: 5 }, $setOnInsert: { made: true } }
      expect(await target.updateOne({ kind: "x" }, update, { upsert: true })).toEqual({
        matched: 1,
        modified: 1,
      })
      expect(await target.get("a")).toEqual({ _id: "a", kind: "x", n: 6 })
      const made = await target.updateOne(
        { kind: "y", "place.city": "Rome", gone: null, n: { $in: [7] }, age: { $gte: 18 } },
        update,
        { upsert: true },
      )
      expect(made).toMatchObject({ matched: 0, modified: 0 })
      expect(await target.get(made.upsertedId as string)).toEqual({
        _id: made.upsertedId,
        kind: "y",
        place: { city: "Rome" },
        gone: null,
        n: 12,
        made: true,
      })
      expect(await target.count({})).toBe(2)
    },
  },
  {
    name: "upsert: the filter's _id becomes the document's; updateMany and $not take part, $in of two does not",
    run: async ({ filled }) => {
      const target = await filled([])
      expect(await target.updateOne({ _id: "mine" }, { $set: { n: 1 } }, { upsert: true })).toEqual({
        matched: 0,
        modified: 0,
        upsertedId: "mine",
      })
      expect(await target.get("mine")).toEqual({ _id: "mine", n: 1 })
      const many = await target.updateMany(
        { kind: { $in: ["p", "q"] }, done: { $ne: true } },
        { $set: { n: 2 } },
        { upsert: true },
      )
      expect(await target.get(many.upsertedId as string)).toEqual({ _id: many.upsertedId, n: 2 })
      await expectError("invalid-argument", () =>
        target.updateOne({ $and: [{ a: 1 }, { a: 2 }] }, { $set: { n: 1 } }, { upsert: true }),
      )
    },
  },
  {
    name: "upsert by replaceOne takes only the _id of the filter",
    run: async ({ filled }) => {
      const target = await filled([])
      const made = await target.replaceOne({ kind: "x" }, { n: 1 }, { upsert: true })
      expect(await target.get(made.upsertedId as string)).toEqual({ _id: made.upsertedId, n: 1 })
      expect(await target.replaceOne({ _id: "b", kind: "x" }, { n: 2 }, { upsert: true })).toMatchObject({
        upsertedId: "b",
      })
      expect(await target.replaceOne({ kind: "zz" }, { _id: "c", n: 3 }, { upsert: true })).toMatchObject({
        upsertedId: "c",
      })
      expect(await target.replaceOne({ _id: "c" }, { n: 4 }, { upsert: true })).toEqual({
        matched: 1,
        modified: 1,
      })
      expect(await target.get("c")).toEqual({ _id: "c", n: 4 })
    },
  },
  {
    name: "upsert: a document that exists and does not match is not written over; the taken id is already-exists",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "a", kind: "x" }])
      await expectError("already-exists", () =>
        target.updateOne({ _id: "a", kind: "y" }, { $set: { n: 1 } }, { upsert: true }),
      )
      await expectError("already-exists", () =>
        target.replaceOne({ _id: "a", kind: "y" }, { n: 1 }, { upsert: true }),
      )
      expect(await target.find({}).toArray()).toEqual([{ _id: "a", kind: "x" }])
    },
  },
  {
    name: "upsert: of writers at once one inserts and the others update",
    run: async ({ filled }) => {
      const target = await filled([])
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, () => target.updateOne({ _id: "c" }, { $inc: { n: 1 } }, { upsert: true })),
      )
      expect(outcomes.filter(({ upsertedId }) => upsertedId === "c").length).toBe(1)
      expect(await target.get("c")).toEqual({ _id: "c", n: 8 })
    },
  },
  ...[2, 12].map(
    (writers): ConformanceCase => ({
      name: `upsert: of ${writers} writers at once who look by a unique value, too, one inserts and the others write what it made`,
      run: async ({ collection }) => {
        const target = collection({ indexes: [{ keys: { email: 1 }, unique: true }] })
        const update = { $inc: { n: 1 } }
        for (const [email, write] of Object.entries({
          updateOne: (filter: Document) => target.updateOne(filter, update, { upsert: true }),
          updateMany: (filter: Document) => target.updateMany(filter, update, { upsert: true }),
          findOneAndUpdate: (filter: Document) => target.findOneAndUpdate(filter, update, { upsert: true }),
          bulkWrite: (filter: Document) =>
            target.bulkWrite([
              { updateOne: { filter, update, upsert: true } },
              { deleteOne: { filter: { n: 0 } } },
            ]),
        })) {
          await Promise.all(Array.from({ length: writers }, () => write({ email })))
          expect(await target.find({ email }).toArray()).toMatchObject([{ email, n: writers }])
        }
        const replace = (n: number) => target.replaceOne({ email: "r" }, { email: "r", n }, { upsert: true })
        const outcomes = await Promise.all(Array.from({ length: writers }, (_, n) => replace(n)))
        expect(outcomes.filter(({ upsertedId }) => upsertedId !== undefined)).toHaveLength(1)
        expect(await target.count({ email: "r" })).toBe(1)
      },
    }),
  ),
  {
    name: "findOneAndUpdate gives the image before, or after; the sort chooses; the projection narrows",
    run: async ({ filled }) => {
      const target = await filled([
        { _id: "a", n: 1, tag: "x" },
        { _id: "b", n: 2, tag: "x" },
      ])
      const update = { $inc: { n: 10 } }
      expect(await target.findOneAndUpdate({ tag: "x" }, update, { sort: { n: -1 } })).toEqual({
        _id: "b",
        n: 2,
        tag: "x",
      })
      expect(
        await target.findOneAndUpdate({ tag: "x" }, update, { sort: { n: 1 }, returnDocument: "after" }),
      ).toEqual({ _id: "a", n: 11, tag: "x" })
      expect(
        await target.findOneAndUpdate({ _id: "a" }, update, {
          returnDocument: "after",
          projection: { n: 1, _id: 0 },
        }),
      ).toEqual({ n: 21 })
      expect(await target.findOneAndUpdate({ tag: "none" }, update)).toBeNull()
      expect(await target.get("b")).toEqual({ _id: "b", n: 12, tag: "x" })
    },
  },
  ...[{ status: 1, at: 1 } as const, { status: 1 } as const].map(
    (keys): ConformanceCase => ({
      name: `the sort chooses among documents as they are now, by an index on ${Object.keys(keys).join(" and ")}, too`,
      run: async ({ filled }) => {
        const jobs = await filled(
          [
            { _id: "a", status: "new", at: 1 },
            { _id: "b", status: "new", at: 2 },
            { _id: "c", status: "new", at: 3 },
          ],
          { indexes: [{ keys }] },
        )
        const take = () =>
          jobs.findOneAndUpdate({ status: "new" }, { $set: { status: "busy" } }, { sort: { at: 1 } })
        await jobs.updateOne({ _id: "a" }, { $set: { at: 9 } })
        await jobs.updateOne({ _id: "b" }, { $set: { at: 8 } })
        expect([await take(), await take(), await take(), await take()]).toEqual([
          { _id: "c", status: "new", at: 3 },
          { _id: "b", status: "new", at: 8 },
          { _id: "a", status: "new", at: 9 },
          null,
        ])
      },
    }),
  ),
  {
    name: "findOneAnd… with upsert: null before, the new document after",
    run: async ({ filled }) => {
      const target = await filled([])
      expect(await target.findOneAndUpdate({ _id: "a" }, { $set: { n: 1 } }, { upsert: true })).toBeNull()
      expect(
        await target.findOneAndUpdate(
          { _id: "b", kind: "x" },
          { $set: { n: 1 } },
          { upsert: true, returnDocument: "after" },
        ),
      ).toEqual({ _id: "b", kind: "x", n: 1 })
      expect(
        await target.findOneAndReplace({ _id: "c" }, { n: 2 }, { upsert: true, returnDocument: "after" }),
      ).toEqual({ _id: "c", n: 2 })
      expect(await target.count({})).toBe(3)
    },
  },
  {
    name: "findOneAndReplace and findOneAndDelete give the document as it was",
    run: async ({ filled }) => {
      const target = await filled([
        { _id: "a", n: 1 },
        { _id: "b", n: 2 },
      ])
      expect(await target.findOneAndReplace({ n: 1 }, { m: 1 })).toEqual({ _id: "a", n: 1 })
      expect(await target.get("a")).toEqual({ _id: "a", m: 1 })
      expect(await target.findOneAndDelete({ n: { $gte: 0 } }, { sort: { n: -1 } })).toEqual({
        _id: "b",
        n: 2,
      })
      expect(await target.findOneAndDelete({ n: 2 })).toBeNull()
      expect(await target.count({})).toBe(1)
    },
  },
  {
    name: "findOneAndUpdate counts: of concurrent ones each sees its own before-image",
    run: async ({ filled }) => {
      const target = await filled([{ _id: "a", n: 0 }])
      const images = await Promise.all(
        Array.from({ length: 6 }, () => target.findOneAndUpdate({ _id: "a" }, { $inc: { n: 1 } })),
      )
      expect(images.map((image) => image?.["n"]).sort()).toEqual([0, 1, 2, 3, 4, 5])
    },
  },
  {
    name: "writes whose filter is an object or an array, which no store compares alike, hit exactly the equal ones",
    run: async ({ filled }) => {
      const target = await filled([
        { _id: "a", o: { x: 1, y: 2 } },
        { _id: "b", o: { x: 1, y: 2, z: 3 } },
        { _id: "c", l: [1, 2] },
        { _id: "d", l: [[1, 2]] },
      ])
      expect(await target.updateMany({ o: { y: 2, x: 1 } }, { $set: { hit: true } })).toMatchObject({
        matched: 1,
      })
      expect(await target.findOneAndUpdate({ l: [1, 2] }, { $set: { hit: true } })).toEqual({
        _id: "c",
        l: [1, 2],
      })
      expect(await target.replaceOne({ o: { z: 3, x: 1, y: 2 } }, { hit: true })).toMatchObject({
        matched: 1,
      })
      expect(
        (await target.find({ hit: true }, { sort: { _id: 1 } }).toArray()).map(({ _id }) => _id),
      ).toEqual(["a", "b", "c"])
      expect(await target.deleteMany({ l: [[1, 2]] })).toEqual({ deleted: 1 })
    },
  },
]
