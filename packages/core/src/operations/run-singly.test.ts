import { setTimeout as delay } from "node:timers/promises"
import { type BulkOperation, type Document, NoSQLError } from "@nosql/contracts"
import { describe, expect, test } from "vitest"
import { scriptedDriver } from "../../test/scripted-driver.ts"
import type { DriverStore, InsertOutcome } from "../driver.ts"
import { connect } from "../store/connect.ts"

/** A store without bulks that answers inserts as scripted, and what it was asked. */
async function opened(insert: (documents: readonly Document[], ordered: boolean) => InsertOutcome) {
  const calls: string[] = []
  const store: Partial<DriverStore> = {
    async runInsert(_, documents, { ordered, newIds = false }) {
      calls.push(newIds ? `${documents.length} new` : documents.map(({ _id }) => _id).join("+"))
      return insert(documents, ordered)
    },
    planWrite: () => ({ native: undefined, access: "key", reasons: [] }),
    async runWrite() {
      calls.push("write")
      return { matched: 1, modified: 1 }
    },
  }
  return { calls, things: (await connect(scriptedDriver(store))).collection<Document>("things") }
}

const insert = (_id: string): BulkOperation<Document> => ({ insertOne: { document: { _id } } })
const update: BulkOperation<Document> = { updateOne: { filter: { _id: "x" }, update: { $set: { n: 1 } } } }
const operations = [insert("a"), insert("b"), update, insert("c"), insert("d"), update]
const all = (documents: readonly Document[]): InsertOutcome => ({
  done: documents.map((_, i) => i),
  failures: [],
})
const taken = new NoSQLError("already-exists", "insert: taken", { operation: "insert" })

/** All but `c`. */
const withoutC = (documents: readonly Document[], ordered: boolean): InsertOutcome => {
  const at = documents.findIndex(({ _id }) => _id === "c")
  if (at < 0) return all(documents)
  const done = documents.flatMap((_, i) => (i < at || (i > at && !ordered) ? [i] : []))
  return { done, failures: [{ index: at, error: taken }] }
}

describe("a bulk on a store that has none", () => {
  test("inserts that follow each other go together, and everything in its order", async () => {
    const { things, calls } = await opened(all)
    expect(await things.bulkWrite(operations)).toMatchObject({
      inserted: 4,
      matched: 2,
      insertedIds: { 0: "a", 1: "b", 3: "c", 4: "d" },
    })
    expect(calls).toEqual(["a+b", "write", "c+d", "write"])
  })

  test("those whose ids were all made here are told so", async () => {
    const { things, calls } = await opened(all)
    const made: BulkOperation<Document> = { insertOne: { document: {} } }
    await things.bulkWrite([made, made, update, made, insert("a")])
    expect(calls).toEqual(["2 new", "write", expect.stringMatching(/.\+a$/)])
  })

  test("ordered, it ends at the first failure", async () => {
    const { things, calls } = await opened(withoutC)
    await expect(things.bulkWrite(operations)).rejects.toMatchObject({
      code: "already-exists",
      details: { done: [0, 1, 2], failed: [3], unknown: [], notTried: [4, 5], result: { inserted: 2 } },
    })
    expect(calls).toEqual(["a+b", "write", "c+d"])
  })

  test("unordered, it goes on", async () => {
    const { things, calls } = await opened(withoutC)
    await expect(things.bulkWrite(operations, { ordered: false })).rejects.toMatchObject({
      details: { done: [0, 1, 2, 4, 5], failed: [3], unknown: [], notTried: [] },
    })
    expect(calls).toEqual(["a+b", "write", "c+d", "write"])
  })

  test("what has no answer is told, and ends an ordered one", async () => {
    const { things, calls } = await opened(() => ({ done: [0], failures: [], unknown: [1], error: taken }))
    await expect(things.bulkWrite(operations)).rejects.toMatchObject({
      details: { done: [0], failed: [], unknown: [1], notTried: [2, 3, 4, 5] },
    })
    expect(calls).toEqual(["a+b"])
  })

  test("unordered, writes of different documents that follow each other go side by side, others in turn", async () => {
    const log: string[] = []
    const planWrite: DriverStore["planWrite"] = (_, { filter }) => ({
      native: filter.kind === "compare" ? filter.value : "many",
      access: "key",
      reasons: [],
    })
    const store: Partial<DriverStore> = {
      planWrite,
      async runWrite(_, { native }) {
        log.push(`${native} begins`)
        await delay(native === "a" ? 5 : 1)
        log.push(`${native} ends`)
        if (native === "a" || native === "b") throw taken
        return { matched: 1, modified: 1 }
      },
    }
    const things = (await connect(scriptedDriver(store))).collection<Document>("things")
    const write = (filter: Document): BulkOperation<Document> => ({
      updateMany: { filter, update: { $set: { n: 1 } } },
    })
    const writes = ["a", "b", "a", "c"].map((_id) => write({ _id }))
    const bulk = things.bulkWrite([...writes, write({})], { ordered: false })
    await expect(bulk).rejects.toMatchObject({
      message: expect.stringContaining("number 0 failed after 2"),
      details: { done: [3, 4], failed: [0, 1, 2], notTried: [] },
    })
    expect(log.join(", ")).toBe(
      "a begins, b begins, b ends, a ends, a begins, c begins, c ends, a ends, many begins, many ends",
    )
    log.length = 0
    await expect(things.bulkWrite(writes)).rejects.toMatchObject({ details: { failed: [0] } })
    expect(log).toEqual(["a begins", "a ends"])
  })

  test("a store that throws where it should report has its error told with what was done", async () => {
    const throwing = await opened((documents) => {
      if (documents.some(({ _id }) => _id === "c")) throw taken
      return all(documents)
    })
    await expect(throwing.things.bulkWrite(operations)).rejects.toMatchObject({
      code: "already-exists",
      details: { done: [0, 1, 2], failed: [3], notTried: [4, 5] },
    })
    await expect(throwing.things.bulkWrite(operations, { ordered: false })).rejects.toMatchObject({
      details: { done: [0, 1, 2, 5], failed: [3, 4], notTried: [] },
    })
  })
})
