import { connect, NoSQLError } from "@nosql/core"
import type { DriverStore } from "@nosql/core/driver"
import { memory } from "@nosql/driver-memory"
import { expect, test } from "vitest"

test("an upsert whose _id another document holds says so after a second look", async () => {
  const driver = memory()
  let asked = 0
  const counting = async (): Promise<DriverStore> => {
    const store = await driver.connect()
    const runInsert = store.runInsert.bind(store)
    const runWrite = store.runWrite.bind(store)
    store.runInsert = (...call) => {
      asked++
      return runInsert(...call)
    }
    store.runWrite = (...call) => {
      asked++
      return runWrite(...call)
    }
    return store
  }
  const store = await connect({ ...driver, connect: counting })
  const things = store.collection<{ kind: string; n?: number }>("things")
  await things.insertOne({ _id: "a", kind: "x" })
  asked = 0
  const error: unknown = await things
    .updateOne({ _id: "a", kind: "y" }, { $set: { n: 1 } }, { upsert: true })
    .catch((reason: unknown) => reason)
  expect(NoSQLError.isInstance(error) && error.code).toBe("already-exists")
  expect(asked).toBeLessThanOrEqual(4)
})

test("errors of one of many say which, beside the plain name of the operation", async () => {
  const store = await connect(memory())
  const things = store.collection<{ n: number }>("things")
  const bulk = things.bulkWrite([
    { deleteOne: { filter: { n: 1 } } },
    { updateOne: { filter: { n: 1 }, update: { $inc: { "a..b": 1 } } as never } },
  ])
  await expect(bulk).rejects.toMatchObject({
    code: "invalid-argument",
    operation: "bulkWrite",
    details: { item: 1 },
    message: expect.stringMatching(/^bulkWrite \(operation 1\)/),
  })
  const many = things.insertMany([{ n: 1 }, { n: 2 }, { n: Number.NaN }])
  await expect(many).rejects.toMatchObject({
    code: "invalid-argument",
    operation: "insertMany",
    path: "n",
    details: { item: 2 },
    message: expect.stringMatching(/^insertMany \(document 2\) at "n": /),
  })
  expect(await things.count({})).toBe(0)
})
