import { setTimeout as delay } from "node:timers/promises"
import { describe, expect, test } from "vitest"
import { someAtATime } from "./some-at-a-time.ts"

describe("some at a time", () => {
  test("all, in their order, and no more at once than the limit", async () => {
    const begun: number[] = []
    let underWay = 0
    let most = 0
    const left = await someAtATime([5, 4, 3, 2, 1], 2, async (n) => {
      begun.push(n)
      most = Math.max(most, ++underWay)
      await delay(n)
      underWay--
      return undefined
    })
    expect({ begun, most, left }).toEqual({ begun: [5, 4, 3, 2, 1], most: 2, left: [] })
  })

  test("after a stop none is begun, and those under way end", async () => {
    const ended: number[] = []
    const left = await someAtATime([1, 2, 3, 4], 2, async (n) => {
      await delay(n === 1 ? 1 : 20)
      ended.push(n)
      return n === 1 ? "stop" : undefined
    })
    expect({ ended, left }).toEqual({ ended: [1, 2], left: [3, 4] })
  })

  test("what is thrown stops it, too, and is thrown when those under way have ended", async () => {
    const ended: number[] = []
    const working = someAtATime([1, 2, 3], 2, async (n) => {
      if (n === 1) throw new Error("first")
      await delay(5)
      ended.push(n)
      return undefined
    })
    await expect(working).rejects.toThrow("first")
    expect(ended).toEqual([2])
  })

  test("nothing to do", async () => {
    expect(await someAtATime([], 4, () => Promise.reject(new Error("not asked")))).toEqual([])
  })
})
