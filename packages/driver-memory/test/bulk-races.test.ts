import { connect, NoSQLError } from "@nosql/core"
import type { BulkOutcome, Driver, DriverStore } from "@nosql/core/driver"
import { memory } from "@nosql/driver-memory"
import { expect, test } from "vitest"

/** The memory store with bulks of its own, in which these upserts meet a writer who was a little earlier. */
function racing(lost: readonly number[], requests: number[]): Driver {
  const driver = memory()
  return {
    ...driver,
    connect: async () => {
      const store = await driver.connect()
      const races = new Set(lost)
      const runBulk: DriverStore["runBulk"] = async (collection, steps, call) => {
        requests.push(steps.length)
        const outcome = {
          done: [] as number[],
          failures: [] as BulkOutcome["failures"][number][],
          upserted: [],
        }
        const counts = { inserted: 0, matched: 0, modified: 0, deleted: 0 }
        for (const [index, step] of steps.entries()) {
          if (step.kind === "insert") {
            await store.runInsert(collection, [step.document], call)
            counts.inserted++
          } else if (races.delete(requests.length === 1 ? index : -1)) {
            await store.runWrite(collection, step.plan, call)
            outcome.failures.push({ index, error: new NoSQLError("already-exists", "taken") })
            if (call.ordered) break
            continue
          } else counts.matched += (await store.runWrite(collection, step.plan, call))?.matched ?? 0
          outcome.done.push(index)
        }
        return { ...outcome, ...counts, modified: counts.matched }
      }
      return new Proxy(store, {
        get: (target, name) => {
          const own: unknown = name === "runBulk" ? runBulk : Reflect.get(target, name, target)
          return typeof own === "function" ? own.bind(target) : own
        },
      })
    },
  }
}

const upsert = (_id: string) => ({
  updateOne: { filter: { _id }, update: { $inc: { n: 1 } }, upsert: true },
})
const insert = (_id: string) => ({ insertOne: { document: { _id } } })

test("an ordered bulk tries an upsert that lost its race again, then goes on behind it", async () => {
  const requests: number[] = []
  const store = await connect(racing([1], requests))
  const things = store.collection<{ n?: number }>("things")
  expect(await things.bulkWrite([insert("a"), upsert("u"), insert("b"), insert("c")])).toMatchObject({
    inserted: 3,
    matched: 1,
    insertedIds: { 0: "a", 2: "b", 3: "c" },
  })
  expect(await things.get("u")).toEqual({ _id: "u", n: 2 })
  expect(requests).toEqual([4, 2])
})

test("an unordered bulk tries each of them again, and nothing twice", async () => {
  const requests: number[] = []
  const store = await connect(racing([0, 2], requests))
  const things = store.collection<{ n?: number }>("things")
  const bulk = [upsert("u"), insert("a"), upsert("v"), insert("b")]
  expect(await things.bulkWrite(bulk, { ordered: false })).toMatchObject({ inserted: 2, matched: 2 })
  expect(await things.find({}, { sort: { _id: 1 } }).toArray()).toEqual([
    { _id: "a" },
    { _id: "b" },
    { _id: "u", n: 2 },
    { _id: "v", n: 2 },
  ])
  expect(requests).toEqual([4])
})
