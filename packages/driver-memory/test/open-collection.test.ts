import type { Document } from "@nosql/contracts"
import { connect, defineCollection } from "@nosql/core"
import type { Driver, DriverStore } from "@nosql/core/driver"
import { memory } from "@nosql/driver-memory"
import { expect, test } from "vitest"

const acts = new Set(["openCollection", "createIndexes", "runInsert", "pageOrder"])

/** Tells the order in which core calls a store. */
function told(calls: string[], open: () => Promise<void> = async () => {}): Driver {
  const driver = memory()
  return {
    ...driver,
    connect: async () => {
      const own = { openCollection: open, pageOrder: () => [{ path: ["_id"], direction: 1 as const }] }
      return new Proxy(await driver.connect(), {
        get(target, name) {
          const member: unknown = name in own ? own[name as keyof typeof own] : Reflect.get(target, name)
          if (typeof member !== "function") return member
          return (...args: unknown[]) => {
            if (acts.has(String(name)) || String(name).startsWith("plan")) calls.push(String(name))
            return member.apply(target, args)
          }
        },
      }) as DriverStore
    },
  }
}

const Things = defineCollection<Document>("things", { indexes: [{ keys: { a: 1 } }] })

test("a collection is opened before the first plan or insert of each operation, and after its indexes are made", async () => {
  const calls: string[] = []
  const things = (await connect(told(calls), { scans: "allow" })).collection(Things)
  await things.insertOne({ a: 1 })
  expect(calls).toEqual(["createIndexes", "openCollection", "runInsert"])
  const operations: Record<string, () => Promise<unknown>> = {
    find: () => things.find({}).toArray(),
    get: () => things.get("x"),
    getMany: () => things.getMany(["x"]),
    count: () => things.count({ a: 1 }),
    exists: () => things.exists({ a: 1 }),
    distinct: () => things.distinct("a"),
    page: () => things.page({}),
    explain: () => things.explain({ a: 1 }),
    updateOne: () => things.updateOne({ a: 1 }, { $set: { b: 1 } }),
    updateMany: () => things.updateMany({ a: 1 }, { $set: { b: 1 } }),
    upsert: () => things.updateOne({ a: 2 }, { $set: { b: 1 } }, { upsert: true }),
    replaceOne: () => things.replaceOne({ a: 1 }, { a: 1 }),
    deleteOne: () => things.deleteOne({ a: 9 }),
    deleteMany: () => things.deleteMany({ a: 9 }),
    findOneAndUpdate: () => things.findOneAndUpdate({ a: 1 }, { $set: { b: 2 } }),
    bulkWrite: () => things.bulkWrite([{ updateOne: { filter: { a: 1 }, update: { $set: { b: 3 } } } }]),
    insertMany: () => things.insertMany([{ a: 3 }]),
  }
  for (const [name, run] of Object.entries(operations)) {
    calls.length = 0
    await run()
    expect([name, calls[0]]).toEqual([name, "openCollection"])
  }
})

test("a bad call is refused before the store is asked anything", async () => {
  const calls: string[] = []
  const things = (await connect(told(calls))).collection(Things)
  await expect(things.count({ a: { $bad: 1 } } as never)).rejects.toMatchObject({ code: "invalid-argument" })
  await expect(things.page({}, { size: 0 })).rejects.toMatchObject({ code: "invalid-argument" })
  await expect(things.updateOne({}, { a: 1 } as never)).rejects.toMatchObject({ code: "invalid-argument" })
  expect(calls).toEqual([])
})

test("who is out of time does not wait for it; what fails is asked for again", async () => {
  let answer: () => Promise<void> = () => new Promise(() => {})
  const things = (await connect(told([], () => answer()))).collection<Document>("things")
  await expect(things.find({}, { timeoutMs: 20 }).toArray()).rejects.toMatchObject({ code: "timeout" })
  answer = () => Promise.reject(new Error("not now"))
  await expect(things.find({}).toArray()).rejects.toThrow("not now")
  answer = async () => {}
  expect(await things.find({}).toArray()).toEqual([])
})
