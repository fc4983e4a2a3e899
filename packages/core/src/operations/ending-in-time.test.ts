import { describe, expect, test } from "vitest"
import { scriptedDriver } from "../../test/scripted-driver.ts"
import type { Batch, DriverStore } from "../driver.ts"
import { connect } from "../store/connect.ts"

const never = new Promise<never>(() => {})

/** A store that answers so many batches and then nothing more. */
async function silentAfter(batches: number) {
  const closed: string[] = []
  const store: Partial<DriverStore> = {
    planFind: () => ({ native: undefined, access: "key", reasons: [], remaining: {} }),
    runFind: () => ({
      [Symbol.asyncIterator]: (): AsyncIterator<Batch> => {
        let given = 0
        return {
          next: async () =>
            given++ < batches ? { done: false, value: { documents: [{ _id: `${given}` }] } } : never,
          return: () => {
            closed.push("return")
            return never
          },
        }
      },
    }),
  }
  return { things: (await connect(scriptedDriver(store))).collection("things"), closed }
}

describe("a read of a store that falls silent", () => {
  test.each([0, 1, 3])("ends in its time, after %i batches", async (batches) => {
    const { things, closed } = await silentAfter(batches)
    const found: unknown[] = []
    const reading = (async () => {
      for await (const document of things.find({}, { timeoutMs: 20 })) found.push(document)
    })()
    await expect(reading).rejects.toMatchObject({ code: "timeout", operation: "find" })
    expect(found).toHaveLength(batches)
    expect(closed).toEqual(["return"])
  })

  test("ends by its signal", async () => {
    const { things } = await silentAfter(1)
    const ends = new AbortController()
    const reading = things.find({}, { signal: ends.signal }).toArray()
    setTimeout(() => ends.abort(), 5)
    await expect(reading).rejects.toMatchObject({ code: "aborted", operation: "find" })
  })
})
