import type { DocumentStore } from "@nosql/contracts"
import { connect, defineCollection } from "@nosql/core"
import type { Driver, DriverStore } from "@nosql/core/driver"
import { memory } from "@nosql/driver-memory"
import { expect, test } from "vitest"

/** The memory store behind a slow line: writes happen at once, their answers come late. */
function late(driver: Driver, delayMs: number): Driver {
  const wait = () => new Promise((resolve) => setTimeout(resolve, delayMs))
  return {
    ...driver,
    connect: async () => {
      const store = await driver.connect()
      const slow: Partial<DriverStore> = {
        runInsert: async (...call) => {
          const outcome = await store.runInsert(...call)
          await wait()
          return outcome
        },
        listIndexes: async (...call) => {
          await wait()
          call[1].signal?.throwIfAborted()
          return store.listIndexes(...call)
        },
        async *runFind(...call) {
          for await (const batch of store.runFind(...call)) {
            await wait()
            yield batch
          }
        },
      }
      return new Proxy(store, {
        get: (target, name) => {
          const own: unknown = slow[name as keyof DriverStore] ?? Reflect.get(target, name, target)
          return typeof own === "function" ? own.bind(target) : own
        },
      })
    },
  }
}

async function withStore(run: (store: DocumentStore) => Promise<void>): Promise<void> {
  const store = await connect(late(memory(), 200))
  await run(store)
  await store.close()
}

test("timeoutMs ends a write with timeout, and says that it may have happened: it has", () =>
  withStore(async (store) => {
    const target = store.collection("things")
    await expect(target.insertOne({ _id: "a" }, { timeoutMs: 20 })).rejects.toMatchObject({
      code: "timeout",
      operation: "insertOne",
      retryable: false,
      details: { unknown: "rest" },
    })
    expect(await target.count({})).toBe(1)
  }))

test("timeoutMs ends a read with timeout, one answer or a stream", () =>
  withStore(async (store) => {
    const target = store.collection("things")
    await target.insertOne({ _id: "a" })
    const timeout = { code: "timeout", retryable: true, details: {} }
    await expect(target.findOne({}, { timeoutMs: 20 })).rejects.toMatchObject(timeout)
    await expect(target.find({}, { timeoutMs: 20 }).toArray()).rejects.toMatchObject(timeout)
    expect(await target.find({}, { timeoutMs: 5000 }).toArray()).toHaveLength(1)
  }))

test("a signal ends an operation with aborted at once; one that was aborted before ends it before the store", () =>
  withStore(async (store) => {
    const target = store.collection("things")
    const controller = new AbortController()
    const writing = target.insertOne({ _id: "a" }, { signal: controller.signal, timeoutMs: 5000 })
    controller.abort(new Error("the user left"))
    await expect(writing).rejects.toMatchObject({ code: "aborted", details: { unknown: "rest" } })
    await expect(target.insertOne({ _id: "b" }, { signal: controller.signal })).rejects.toMatchObject({
      code: "aborted",
      details: {},
    })
    // The first was on its way, as `unknown` says; the second never was.
    expect(await target.getMany(["a", "b"])).toEqual([{ _id: "a" }, null])
  }))

test("the time of the call that makes the indexes is its own: it ends in time, and others who wait for them do not", () =>
  withStore(async (store) => {
    const target = store.collection(defineCollection("things", { indexes: [{ keys: { a: 1 } }] }))
    const started = performance.now()
    const hurried = target.find({}, { timeoutMs: 20 }).toArray()
    const other = target.insertOne({ _id: "a" })
    await expect(hurried).rejects.toMatchObject({ code: "timeout", operation: "find", details: {} })
    expect(performance.now() - started).toBeLessThan(150)
    expect(await other).toBe("a")
  }))

test("health answers in its own time", () =>
  withStore(async (store) => {
    expect(await store.health({ timeoutMs: 1000 })).toMatchObject({ status: "up" })
  }))
