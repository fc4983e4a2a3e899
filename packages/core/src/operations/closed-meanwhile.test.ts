import type { Collection, Document } from "@nosql/contracts"
import { describe, expect, test } from "vitest"
import { scriptedDriver } from "../../test/scripted-driver.ts"
import type { DriverStore } from "../driver.ts"
import { connect } from "../store/connect.ts"

const native = { native: undefined, access: "key", reasons: [] } as const

/** A store that tells what it is asked for, and takes its time to open a collection. */
async function opened(openCollection?: () => Promise<void>, more: Partial<DriverStore> = {}) {
  const calls: string[] = []
  const store: Partial<DriverStore> = {
    ...(openCollection === undefined ? {} : { openCollection }),
    planFind: () => ({ ...native, remaining: {} }),
    async *runFind() {
      calls.push("runFind")
      yield { documents: [{ _id: "a" }], revisions: [1] }
    },
    planCount: () => native,
    runCount: async () => calls.push("runCount"),
    planDistinct: () => native,
    runDistinct: async () => {
      calls.push("runDistinct")
      return []
    },
    pageOrder: () => {
      calls.push("pageOrder")
      return []
    },
    runInsert: async (_, documents) => {
      calls.push("runInsert")
      return { done: documents.map((_, i) => i), failures: [] }
    },
    planWrite: () => native,
    runWrite: async () => {
      calls.push("runWrite")
      return { matched: 1, modified: 1 }
    },
    close: async () => {
      calls.push("close")
    },
    ...more,
  }
  const connected = await connect(scriptedDriver(store))
  return { store: connected, things: connected.collection("things"), calls }
}

const operations: [string, (things: Collection<Document>) => Promise<unknown>][] = [
  ["find", (things) => things.find({}).toArray()],
  ["findOne", (things) => things.findOne({})],
  ["count", (things) => things.count({})],
  ["distinct", (things) => things.distinct("n", {})],
  ["page", (things) => things.page({})],
  ["insertOne", (things) => things.insertOne({})],
  ["insertMany", (things) => things.insertMany([{}])],
  ["updateOne", (things) => things.updateOne({ n: 1 }, { $set: { n: 2 } })],
  ["bulkWrite", (things) => things.bulkWrite([{ insertOne: { document: {} } }])],
]

describe("a store that is closed while a call is on its way", () => {
  test.each(operations)("%s: nothing is asked of it any more", async (_, run) => {
    const { store, things, calls } = await opened(() => new Promise((resolve) => setTimeout(resolve, 5)))
    const running = expect(run(things)).rejects.toMatchObject({ code: "closed" })
    await store.close()
    await running
    expect(calls).toEqual(["close"])
  })

  test.each(operations)(
    "%s: where nothing is to be opened, it is asked at once or not at all",
    async (_, run) => {
      const { store, things, calls } = await opened()
      await Promise.allSettled([run(things), store.close()])
      expect(calls.at(-1)).toBe("close")
    },
  )

  test("updateMany says what was written", async () => {
    const { store, things } = await opened(undefined, {
      planWrite: () => undefined,
      async *runFind() {
        yield { documents: [{ _id: "a", n: 0 }], revisions: [1] }
        await store.close()
        yield { documents: [{ _id: "b", n: 0 }], revisions: [2] }
      },
      replaceIf: async () => true,
    })
    await expect(things.updateMany({}, { $set: { n: 1 } })).rejects.toMatchObject({
      code: "closed",
      details: { done: ["a"], failed: [], unknown: [] },
    })
  })
})
