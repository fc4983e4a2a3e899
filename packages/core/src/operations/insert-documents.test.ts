import { type Document, NoSQLError, type StandardSchema } from "@nosql/contracts"
import { describe, expect, test } from "vitest"
import { scriptedDriver } from "../../test/scripted-driver.ts"
import { defineCollection } from "../declaration/define-collection.ts"
import type { InsertOutcome } from "../driver.ts"
import { connect } from "../store/connect.ts"

/** A store that takes documents while they are checked, and tells what it was given. */
async function opened(outcome?: InsertOutcome) {
  const lent: { id: string; fields: Document; plain: boolean }[] = []
  const copied: (readonly Document[])[] = []
  let runs = 0
  const store = await connect(
    scriptedDriver({
      startInsert: () => ({
        add: (id, fields, plain) => {
          lent.push({ id, fields, plain })
        },
        run: async () => {
          runs++
          return outcome ?? { done: lent.map((_, i) => i), failures: [] }
        },
      }),
      runInsert: async (_, documents) => {
        copied.push(documents)
        return { done: documents.map((_, i) => i), failures: [] }
      },
    }),
  )
  return { store, things: store.collection("things"), lent, copied, runs: () => runs }
}

describe("insertMany on a store that takes documents while they are checked", () => {
  test("hands over the caller's own values, and no copies", async () => {
    const { things, lent, copied } = await opened()
    const first = { tags: ["a"], at: new Date(0) }
    const { ids } = await things.insertMany([first, { _id: "own", inner: { n: 1 } }])
    expect(lent.map(({ id }) => id)).toEqual(ids)
    expect(ids[1]).toBe("own")
    expect(lent[0]?.fields).toBe(first)
    expect(lent[1]?.fields).toEqual({ inner: { n: 1 } })
    expect(copied).toEqual([])
  })

  test("hands over a normalized copy of what is not portable as it stands", async () => {
    const { things, lent } = await opened()
    const zero = { n: -0, gone: undefined } as unknown as Document
    await things.insertMany([zero, {}])
    expect(lent[0]?.fields).toStrictEqual({ n: 0 })
  })

  test("says which documents hold nothing that a store may have to turn into something else", async () => {
    const { things, lent } = await opened()
    await things.insertMany([{ a: [{ b: "x", at: new Date(0) }] }, { n: 1n }, { bytes: new Uint8Array(1) }])
    expect(lent.map(({ plain }) => plain)).toEqual([true, false, false])
  })

  test("sends nothing where a document is refused, and names its place", async () => {
    const { things, runs } = await opened()
    const error = await things.insertMany([{}, { a: [Number.NaN] }]).catch((error: unknown) => error)
    expect(error).toMatchObject({ code: "invalid-argument", path: "a.0", details: { item: 1 } })
    expect(runs()).toBe(0)
  })

  test.each([null, undefined, "text", [], new Map()])("refuses %o by its place", async (wrong) => {
    const { things, runs } = await opened()
    const error = await things.insertMany([{}, wrong as unknown as Document]).catch((error: unknown) => error)
    expect(error).toMatchObject({ code: "invalid-argument", details: { item: 1 } })
    expect(runs()).toBe(0)
  })

  test("reports what was written", async () => {
    const taken = new NoSQLError("already-exists", "insertMany: taken", {})
    const { things } = await opened({ done: [0], failures: [{ index: 1, error: taken }] })
    const error = await things.insertMany([{ _id: "a" }, { _id: "b" }]).catch((error: unknown) => error)
    expect(error).toMatchObject({ code: "already-exists" })
  })

  test("copies one document, and those of a schema or a ttl, which may be needed later", async () => {
    const { store, things, lent, copied } = await opened()
    const inner = { n: 1 }
    await things.insertMany([{ inner }])
    const schema: StandardSchema<Document, Document> = {
      "~standard": { version: 1, vendor: "test", validate: (value) => ({ value: value as Document }) },
    }
    await store.collection(defineCollection("checked", { schema })).insertMany([{ inner }, { inner }])
    const short = store.collection(defineCollection("short", { ttl: { field: "at" }, provision: "never" }))
    await short.insertMany([
      { at: new Date(0), inner },
      { at: new Date(0), inner },
    ])
    expect(lent).toEqual([])
    expect(copied.map((documents) => documents.length)).toEqual([1, 2, 2])
    for (const document of copied.flat()) expect(document["inner"]).not.toBe(inner)
  })
})

test("a store is told whether copies are plain, and how many bytes are enough for one that is", async () => {
  const told: unknown[] = []
  const store = await connect(
    scriptedDriver({
      documentProblem: (_, mostBytes) => {
        told.push(mostBytes)
        return undefined
      },
      runInsert: async (_, documents, { plain }) => {
        told.push(plain)
        return { done: documents.map((_, i) => i), failures: [] }
      },
    }),
  )
  const things = store.collection("things")
  await things.insertOne({ _id: "id", n: 1 })
  await things.insertOne({ _id: "id", n: 2n ** 60n })
  await things.insertMany([
    { _id: "id", n: 1 },
    { _id: "b", bytes: new Uint8Array(1) },
  ])
  await things.insertMany([{ _id: "c" }, { _id: "d" }])
  const enough = 32 * 3 + 3 * "_ididn".length
  const short = 32 * 2 + 3 * "_idc".length
  expect(told).toEqual([enough, true, undefined, false, enough, undefined, false, short, short, true])
})
