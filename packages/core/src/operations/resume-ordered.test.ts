import { describe, expect, test } from "vitest"
import type { InsertOutcome } from "../driver/driver.ts"
import { joinInserts, resumeOrdered } from "./resume-ordered.ts"

const items = ["a", "b", "c", "d"]

async function resume(stoppedAt: number, settled: InsertOutcome, next: InsertOutcome | undefined) {
  const asked: (readonly string[])[] = []
  const run = async (rest: readonly string[]) => {
    asked.push(rest)
    return next
  }
  return { outcome: await resumeOrdered(items, { stoppedAt, settled }, run, joinInserts), asked }
}

describe("an ordered run that stopped", () => {
  test("goes on behind the item that is done after all, by the indexes of the whole", async () => {
    const broken = new Error("x")
    const next = { done: [0], failures: [{ index: 1, error: broken }], unknown: [1], error: broken }
    expect(await resume(1, { done: [1, 0], failures: [] }, next)).toEqual({
      outcome: { done: [0, 1, 2], failures: [{ index: 3, error: broken }], unknown: [3], error: broken },
      asked: [["c", "d"]],
    })
  })

  test("stays where it failed again, where nothing follows, and where the rest is not its to do", async () => {
    const settled = { done: [0, 1, 2, 3], failures: [] }
    const failed = { done: [0], failures: [{ index: 1, error: "again" }] }
    const none = { done: [], failures: [] }
    expect(await resume(1, failed, none)).toEqual({ outcome: failed, asked: [] })
    expect(await resume(3, settled, none)).toEqual({ outcome: settled, asked: [] })
    expect(await resume(1, settled, undefined)).toEqual({ outcome: settled, asked: [["c", "d"]] })
  })
})
