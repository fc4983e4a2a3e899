import { AsyncLocalStorage } from "node:async_hooks"
import { tracingChannel } from "node:diagnostics_channel"
import { NoSQLError, type OperationReport } from "@nosql/contracts"
import { afterEach, describe, expect, test } from "vitest"
import { traceBatches } from "../src/observe/trace-batches.ts"
import { collectEvents } from "./collect-events.ts"

const call = { operation: "find", collection: "users" }
const cleanups: (() => void)[] = []
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean()
})

function listen() {
  const { seen, stop } = collectEvents()
  cleanups.push(stop)
  return seen
}

async function* numbers(onEnd = () => {}): AsyncGenerator<readonly number[]> {
  try {
    yield [1, 2]
    yield [3]
  } finally {
    onEnd()
  }
}

async function read(batches: AsyncIterable<readonly number[]>, enough = Number.POSITIVE_INFINITY) {
  const all: number[] = []
  for await (const batch of batches) {
    all.push(...batch)
    if (all.length >= enough) break
  }
  return all
}

describe("traceBatches", () => {
  test("without a subscriber gives the very stream", () => {
    const stream = numbers()
    expect(traceBatches(call, () => stream)).toBe(stream)
  })

  test("tells nothing before the first batch is asked for; then of one operation, to the last", async () => {
    const seen = listen()
    const batches = traceBatches(call, () => numbers())
    expect(seen).toEqual([])
    expect(await read(batches)).toEqual([1, 2, 3])
    expect(seen.map(([event]) => event)).toEqual(["start", "end", "asyncStart", "asyncEnd"])
    expect(seen[3]?.[1]).toEqual({ ...call, counts: { returned: 3 }, durationMs: expect.any(Number) })
  })

  test("a reader who stops early ends the operation, after the stream is released", async () => {
    const seen = listen()
    const order: string[] = []
    const { asyncEnd } = tracingChannel("nosql:operation")
    const told = () => void order.push("told")
    asyncEnd.subscribe(told)
    cleanups.push(() => asyncEnd.unsubscribe(told))
    const batches = traceBatches(call, () => numbers(() => void order.push("released")))
    expect(await read(batches, 2)).toEqual([1, 2])
    expect(order).toEqual(["released", "told"])
    expect(seen.at(-1)?.[1].counts).toEqual({ returned: 2 })
  })

  test("the reader's own time is not counted", async () => {
    const seen = listen()
    for await (const batch of traceBatches(call, () => numbers())) {
      await new Promise((resolve) => setTimeout(resolve, batch.length * 100))
    }
    expect(seen.at(-1)?.[1].durationMs).toBeLessThan(100)
  })

  test("a failure is told once, by its code, and thrown as it is", async () => {
    const seen = listen()
    const error = new NoSQLError("unavailable", "find: lost")
    async function* broken(): AsyncGenerator<readonly number[]> {
      yield [1]
      throw error
    }
    await expect(read(traceBatches(call, broken))).rejects.toBe(error)
    expect(seen.map(([event]) => event)).toEqual(["start", "end", "error", "asyncStart", "asyncEnd"])
    expect(seen.at(-1)?.[1]).toMatchObject({ code: "unavailable", counts: { returned: 1 } })
  })

  test("each batch runs in the context that a subscriber binds, the reader does not", async () => {
    const storage = new AsyncLocalStorage<string>()
    const { start } = tracingChannel<unknown, OperationReport>("nosql:operation")
    start.bindStore(storage, (report) => `span of ${(report as OperationReport).operation}`)
    cleanups.push(() => start.unbindStore(storage))
    async function* contexts(): AsyncGenerator<readonly (string | undefined)[]> {
      yield [storage.getStore()]
      await new Promise((resolve) => setImmediate(resolve))
      yield [storage.getStore()]
    }
    const seen: unknown[] = []
    for await (const batch of traceBatches(call, contexts)) seen.push(...batch, storage.getStore())
    expect(seen).toEqual(["span of find", undefined, "span of find", undefined])
  })
})
