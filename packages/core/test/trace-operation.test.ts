import { AsyncLocalStorage } from "node:async_hooks"
import { tracingChannel } from "node:diagnostics_channel"
import { NoSQLError, type OperationReport } from "@nosql/contracts"
import { afterEach, describe, expect, test } from "vitest"
import { traceOperation } from "../src/observe/trace-operation.ts"
import { collectEvents } from "./collect-events.ts"

const call = { operation: "updateOne", collection: "users", backend: "memory" }
const cleanups: (() => void)[] = []
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean()
})

function listen() {
  const { seen, stop } = collectEvents()
  cleanups.push(stop)
  return seen
}

describe("traceOperation", () => {
  test("without a subscriber gives no trace and the very promise of the operation", () => {
    const running = Promise.resolve("done")
    let given: unknown = "not called"
    const returned = traceOperation(call, (trace) => {
      given = trace
      return running
    })
    expect(given).toBeUndefined()
    expect(returned).toBe(running)
  })

  test("tells of start and end, with what the operation noted meanwhile, and not of the result", async () => {
    const seen = listen()
    const result = await traceOperation(
      call,
      async (trace) => {
        await Promise.resolve()
        if (trace !== undefined) trace.access = "key"
        return { secret: "result", matched: 2 }
      },
      ({ matched }) => ({ matched }),
    )
    expect(result).toEqual({ secret: "result", matched: 2 })
    expect(seen.map(([event]) => event)).toEqual(["start", "end", "asyncStart", "asyncEnd"])
    expect(seen[0]?.[1]).toEqual(call)
    expect(seen[3]?.[1]).toEqual({
      ...call,
      access: "key",
      counts: { matched: 2 },
      durationMs: expect.any(Number),
    })
  })

  test("a failure is told by its code alone and rejects as it is", async () => {
    const seen = listen()
    const error = new NoSQLError("conflict", "updateOne: lost", {
      cause: new Error("dup key: ada@example.com"),
    })
    await expect(traceOperation(call, () => Promise.reject(error))).rejects.toBe(error)
    expect(seen.map(([event]) => event)).toEqual(["start", "end", "error", "asyncStart", "asyncEnd"])
    expect(seen[2]?.[1]).toEqual({ ...call, code: "conflict", durationMs: expect.any(Number) })
    await expect(traceOperation(call, () => Promise.reject(new TypeError("x")))).rejects.toThrow("x")
    expect(seen.at(-1)?.[1].code).toBe("unknown")
  })

  test("runs in the context that a subscriber binds, so that spans have their parent", async () => {
    const storage = new AsyncLocalStorage<string>()
    const { start } = tracingChannel<unknown, OperationReport>("nosql:operation")
    start.bindStore(storage, (report) => `span of ${(report as OperationReport).operation}`)
    cleanups.push(() => start.unbindStore(storage))
    const inside = await traceOperation(call, async () => {
      await new Promise((resolve) => setImmediate(resolve))
      return storage.getStore()
    })
    expect(inside).toBe("span of updateOne")
    expect(storage.getStore()).toBeUndefined()
  })
})
