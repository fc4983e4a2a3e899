import { describe, expect, test } from "vitest"
import { commandOptions, cursorOptions, readOptions } from "./command-options.ts"

const call = { operation: "find" }

describe("command options", () => {
  test("nothing said is nothing sent, but for the size of batches", () => {
    expect(readOptions(call, { filter: {} })).toEqual({})
    expect(cursorOptions(call, {})).toEqual({ batchSize: 1000 })
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
    expect(cursorOptions(all, { limit: 9 })).toEqual({ batchSize: 5 })
    expect(cursorOptions(all, { limit: 1 })).toEqual({ singleBatch: true })
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
    const { maxTimeMS = 0 } = commandOptions({ ...call, deadline: performance.now() + 500 })
    expect(maxTimeMS).toBeGreaterThan(400)
    expect(maxTimeMS).toBeLessThanOrEqual(500)
    expect(commandOptions({ ...call, deadline: performance.now() - 500 })).toEqual({ maxTimeMS: 1 })
  })
})
