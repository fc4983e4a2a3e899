import { connect, defineCollection } from "@nosql/core"
import { memory } from "@nosql/driver-memory"
import { expect, test } from "vitest"

test("a range along a descending index, alone and behind an equality, in either direction", async () => {
  const store = await connect(memory(), { scans: "refuse" })
  const numbers = store.collection(
    defineCollection<{ n: number; m: number }>("numbers", {
      indexes: [{ keys: { n: -1 } }, { keys: { m: 1, n: -1 } }],
    }),
  )
  await numbers.insertMany([1, 2, 3, 4, 5].map((n) => ({ n, m: 0 })))
  for (const where of [{}, { m: 0 }]) {
    const found = async (n: object) =>
      (await numbers.find({ ...where, n }).toArray()).map((one) => one.n).sort()
    expect(await found({ $gt: 3 })).toEqual([4, 5])
    expect(await found({ $lte: 2 })).toEqual([1, 2])
    expect(await found({ $gte: 2, $lt: 4 })).toEqual([2, 3])
  }
})

test("of an undeclared collection nobody knows the indexes: the scan policy is silent", async () => {
  const warnings: string[] = []
  const store = await connect(memory(), { logger: { warn: (_fields, message) => warnings.push(message) } })
  const things = store.collection<{ n: number }>("things")
  await things.insertOne({ n: 1 })
  expect((await things.explain({ n: 1 })).access).toBe("unknown")
  expect(await things.count({ n: 1 })).toBe(1)
  expect(warnings).toEqual([])
})

test("of two who make different indexes of one name at once, one is refused, and no promise is lost", async () => {
  const store = await connect(memory())
  const things = store.collection<{ email: string }>("things")
  const made = await Promise.allSettled([
    things.createIndex({ keys: { email: 1 } }),
    things.createIndex({ keys: { email: 1 } }),
    things.createIndex({ keys: { email: 1 }, unique: true }),
  ])
  expect(made).toMatchObject([
    { value: "email_1" },
    { value: "email_1" },
    {
      reason: {
        code: "failed-precondition",
        path: "unique",
        message:
          'createIndex at "unique": the index "email_1" is to be unique and is not; drop it or rename yours',
        details: { index: "email_1" },
      },
    },
  ])
})

test("a limit of 0 asks the store for nothing", async () => {
  const driver = memory()
  const deaf = async () => {
    const store = await driver.connect()
    store.runFind = () => {
      throw new Error("was asked")
    }
    return store
  }
  const store = await connect({ ...driver, connect: deaf })
  const things = store.collection<{ n: number }>("things")
  expect(await things.find({}, { limit: 0 }).toArray()).toEqual([])
  await expect(things.find({}).toArray()).rejects.toThrow("was asked")
})
