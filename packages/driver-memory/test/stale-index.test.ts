import type { Document } from "@nosql/contracts"
import { connect, defineCollection } from "@nosql/core"
import { memory } from "@nosql/driver-memory"
import { restricted } from "@nosql/testing"
import { describe, expect, test } from "vitest"

const Things = defineCollection<Document>("things", { indexes: [{ keys: { s: 1 } }] })

async function stale(staleIndex: "images" | "misses", documents: readonly Document[]) {
  const store = await connect(restricted(memory(), { staleIndex }), { scans: "allow" })
  const things = store.collection(Things)
  await things.insertMany(documents)
  return things
}

describe("an index that tells of what documents were before their newest write", () => {
  test("a document that matches no longer is found there, and not written", async () => {
    const things = await stale("images", [{ _id: "a", s: "x", n: 1 }])
    await things.updateOne({ _id: "a" }, { $set: { s: "y" } })
    expect(await things.updateMany({ s: "x" }, { $inc: { n: 1 } })).toEqual({ matched: 0, modified: 0 })
    expect(await things.updateOne({ s: "x" }, { $set: { hit: true } })).toEqual({ matched: 0, modified: 0 })
    expect(await things.findOneAndUpdate({ s: "x" }, { $set: { hit: true } })).toBeNull()
    expect(await things.replaceOne({ s: "x" }, { s: "z" })).toEqual({ matched: 0, modified: 0 })
    expect(await things.deleteMany({ s: "x" })).toEqual({ deleted: 0 })
    expect(await things.find({}).toArray()).toEqual([{ _id: "a", s: "y", n: 1 }])
  })

  test("nor is it counted where the write would change nothing of it", async () => {
    const things = await stale("images", [{ _id: "a", s: "x" }])
    await things.updateOne({ _id: "a" }, { $set: { s: "y" } })
    expect(await things.updateMany({ s: "x" }, { $unset: { gone: true } })).toEqual({
      matched: 0,
      modified: 0,
    })
  })

  test("nor does what cannot be done to an older image fail the write", async () => {
    const things = await stale("images", [
      { _id: "a", s: "x", n: "text" },
      { _id: "b", s: "x", n: "text" },
    ])
    await things.updateOne({ _id: "a" }, { $set: { n: 1 } })
    await things.updateOne({ _id: "b" }, { $set: { s: "y" } })
    expect(await things.updateMany({ s: "x" }, { $inc: { n: 1 } })).toEqual({ matched: 1, modified: 1 })
    expect(await things.get("a")).toEqual({ _id: "a", s: "x", n: 2 })
  })

  test("a document that is gone is found there, and does not come back", async () => {
    const things = await stale("images", [{ _id: "a", s: "x" }])
    await things.deleteOne({ _id: "a" })
    expect(await things.updateMany({ s: "x" }, { $set: { hit: true } })).toEqual({ matched: 0, modified: 0 })
    expect(await things.deleteMany({ s: "x" })).toEqual({ deleted: 0 })
    expect(await things.find({}).toArray()).toEqual([])
  })

  test("what is found in an older image is changed as it is now", async () => {
    const things = await stale("images", [{ _id: "a", s: "x", n: 0, kept: 0 }])
    for (let i = 1; i <= 5; i++) {
      await things.updateOne({ _id: "a" }, { $set: { kept: i } })
      expect(await things.updateOne({ s: "x" }, { $inc: { n: 1 } })).toEqual({ matched: 1, modified: 1 })
    }
    expect(await things.get("a")).toEqual({ _id: "a", s: "x", n: 5, kept: 5 })
  })

  test("a condition beside the index is checked again, too", async () => {
    const things = await stale("images", [{ _id: "a", s: "x", open: true, n: 0 }])
    await things.updateOne({ _id: "a" }, { $set: { open: false } })
    expect(await things.updateMany({ s: "x", open: true }, { $inc: { n: 1 } })).toEqual({
      matched: 0,
      modified: 0,
    })
    expect(await things.get("a")).toEqual({ _id: "a", s: "x", open: false, n: 0 })
  })

  test("one that matches is written, although older images of others come first", async () => {
    const things = await stale("images", [
      { _id: "a", s: "x" },
      { _id: "b", s: "x" },
      { _id: "c", s: "x" },
    ])
    await things.updateOne({ _id: "a" }, { $set: { s: "y" } })
    await things.deleteOne({ _id: "b" })
    expect(await things.updateOne({ s: "x" }, { $set: { hit: true } })).toEqual({ matched: 1, modified: 1 })
    expect(await things.get("c")).toEqual({ _id: "c", s: "x", hit: true })
  })
})

describe("an index that has not yet heard of the newest writes", () => {
  test("an upsert looks strongly: it finds what was just inserted, and inserts it once", async () => {
    const things = await stale("misses", [])
    const first = await things.updateOne({ s: "x" }, { $inc: { n: 1 } }, { upsert: true })
    expect(first.upsertedId).toBeTypeOf("string")
    expect(await things.updateOne({ s: "x" }, { $inc: { n: 1 } }, { upsert: true })).toEqual({
      matched: 1,
      modified: 1,
    })
    expect(await things.replaceOne({ s: "x" }, { s: "x", n: 9 }, { upsert: true })).toEqual({
      matched: 1,
      modified: 1,
    })
    await things.findOneAndUpdate({ s: "x" }, { $inc: { n: 1 } }, { upsert: true })
    expect(await things.find({}).toArray()).toEqual([{ _id: first.upsertedId, s: "x", n: 10 }])
  })

  test("other writes may miss it, as that store does", async () => {
    const things = await stale("misses", [{ _id: "a", s: "x" }])
    expect(await things.updateMany({ s: "x" }, { $set: { hit: true } })).toEqual({ matched: 0, modified: 0 })
    expect(await things.updateMany({ _id: "a", s: "x" }, { $set: { hit: true } })).toEqual({
      matched: 1,
      modified: 1,
    })
  })
})
