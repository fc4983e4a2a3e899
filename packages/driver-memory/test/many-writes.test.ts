import { connect, type Document, NoSQLError } from "@nosql/core"
import type { Driver } from "@nosql/core/driver"
import { memory } from "@nosql/driver-memory"
import { expect, test } from "vitest"

const ids = Array.from({ length: 60 }, (_, n) => `d${String(n).padStart(2, "0")}`)

test("an updateMany that one document stops says which were written and which were not tried", async () => {
  const store = await connect(memory(), { scans: "allow" })
  const things = store.collection<Document>("things")
  await things.insertMany(ids.map((_id) => ({ _id, n: _id === "d20" ? "text" : 1 })))
  const error: unknown = await things
    .updateMany({}, { $inc: { n: 1 } } as never)
    .catch((reason: unknown) => reason)
  if (!NoSQLError.isInstance(error)) throw error
  expect(error).toMatchObject({
    code: "invalid-argument",
    path: "n",
    details: { failed: ["d20"], unknown: [] },
  })
  const { done, notTried } = error.details as { done: string[]; notTried: string[] }
  expect([...done, "d20", ...notTried].sort()).toEqual(ids)
  expect(done.length).toBeGreaterThan(0)
  expect(notTried.length).toBeGreaterThan(0)
  const written = await things.find({ n: 2 }).toArray()
  expect(written.map(({ _id }) => _id).sort()).toEqual([...done].sort())
})

/** Reads everything twice, as a store does that meets a document again where its own update has moved it to. */
function repeating(): Driver {
  const driver = memory()
  return {
    ...driver,
    connect: async () => {
      const store = await driver.connect()
      const runFind = store.runFind.bind(store)
      store.planWrite = () => undefined
      store.runFind = async function* (...call) {
        yield* runFind(...call)
        yield* runFind(...call)
      }
      return store
    },
  }
}

test("a document that is met twice is written once and counted once", async () => {
  const store = await connect(repeating(), { scans: "allow" })
  const things = store.collection<{ n: number }>("things")
  await things.insertMany([{ n: 1 }, { n: 1 }])
  expect(await things.updateMany({}, { $inc: { n: 1 } })).toEqual({ matched: 2, modified: 2 })
  expect(await things.distinct("n")).toEqual([2])
})

test("what expired is kept from a read by the plan that explain shows", async () => {
  const store = await connect(memory(), { scans: "allow" })
  const { defineCollection } = await import("@nosql/core")
  const sessions = store.collection(
    defineCollection<{ expiresAt: Date; user: string }>("sessions", { ttl: { field: "expiresAt" } }),
  )
  expect(JSON.stringify(await sessions.explain({ user: "ada" }))).toContain("expiresAt")
})
