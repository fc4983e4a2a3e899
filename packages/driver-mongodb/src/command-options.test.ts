import { describe, expect, test } from "vitest"
import { commandOptions, findOptions, readOptions } from "./command-options.ts"

const call = { operation: "find" }

describe("command options", () => {
  test("nothing said is nothing sent, but for the size of batches", () => {
    expect(commandOptions(call)).toBeUndefined()
    expect(readOptions(call, { filter: {} })).toEqual({})
    expect(findOptions(call, { filter: {} })).toEqual({ batchSize: 1000 })
  })

  test("comment, hint, signal, batch size and read preference reach the command", () => {
    const { signal } = new AbortController()
    const all = { ...call, signal, comment: "c", batchSize: 5, readPreference: "nearest" } as const
    expect(readOptions(all, { filter: {}, hint: "a_1" })).toEqual({
      signal,
      comment: "c",
      hint: "a_1",
      readPreference: "nearest",
    })
  })

  test("a find sends its window, its order and its projection", () => {
    const native = { filter: {}, sort: { a: 1 }, skip: 2, limit: 9, projection: { a: 1 } } as const
    const { filter, ...window } = native
    expect(findOptions({ ...call, batchSize: 5 }, native)).toEqual({ ...window, batchSize: 5 })
    expect(findOptions(call, { filter, limit: 1 })).toEqual({ limit: 1, singleBatch: true })
  })

  test("strong reads go to the primary and see what a majority has, whatever the preference", () => {
    const preferring = { ...call, readPreference: "secondary" } as const
    expect(readOptions(preferring, { filter: {}, consistency: "strong" })).toEqual({
      readPreference: "primary",
      readConcern: { level: "majority" },
    })
    expect(readOptions(call, { filter: {}, consistency: "eventual" })).toEqual({
      readPreference: "secondaryPreferred",
    })
  })

  test("what is left of the operation's time is the server's limit, never 0, which would be none", () => {
    const { maxTimeMS = 0 } = commandOptions({ ...call, deadline: performance.now() + 500 }) ?? {}
    expect(maxTimeMS).toBeGreaterThan(400)
    expect(maxTimeMS).toBeLessThanOrEqual(500)
    expect(commandOptions({ ...call, deadline: performance.now() - 500 })).toEqual({ maxTimeMS: 1 })
  })
})
