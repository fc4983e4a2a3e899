import { describe, expect, test } from "vitest"
import { allowedRate, type Clock, RampUp } from "./ramp-up.ts"

const call = { operation: "insertMany" }
const minutes = 60_000

interface FakeClock extends Clock {
  time: number
  admits: boolean
  readonly waits: number[]
}

/** Time passes only where it is told to, and where somebody waits. */
function fakeClock(): FakeClock {
  const clock: FakeClock = {
    time: 0,
    waits: [],
    admits: true,
    now: () => clock.time,
    async wait(ms: number): Promise<boolean> {
      clock.waits.push(ms)
      if (clock.admits) clock.time += ms
      return clock.admits
    },
  }
  return clock
}

test.each([
  [0, 500],
  [5 * minutes - 1, 500],
  [5 * minutes, 750],
  [10 * minutes, 1125],
  [90 * minutes, 738_945],
])("the rate %i ms after the first writes: %i a second", (elapsed, rate) => {
  expect(allowedRate(elapsed)).toBe(rate)
})

describe("reported", () => {
  test("a burst of ten seconds is none; more is, once in five minutes and for each collection", async () => {
    const clock = fakeClock()
    const reports: [string, number][] = []
    const rampUp = new RampUp("report", (collection, rate) => reports.push([collection, rate]), clock)
    for (let i = 0; i < 10; i++) expect(await rampUp.admit("a", 500, call)).toBe(true)
    expect(reports).toEqual([])
    for (let i = 0; i < 10; i++) expect(await rampUp.admit("a", 500, call)).toBe(true)
    expect(reports).toEqual([["a", 500]])
    await rampUp.admit("b", 500, call)
    expect(reports).toHaveLength(1)
    clock.time += 5 * minutes
    for (let i = 0; i < 30; i++) await rampUp.admit("a", 500, call)
    expect(reports).toEqual([
      ["a", 500],
      ["a", 750],
    ])
    expect(clock.waits).toEqual([])
  })

  test("what keeps to the rate is not reported, however long", async () => {
    const clock = fakeClock()
    const reports: string[] = []
    const rampUp = new RampUp("report", (collection) => reports.push(collection), clock)
    for (let second = 0; second < 3000; second++) {
      await rampUp.admit("a", allowedRate(second * 1000), call)
      clock.time += 1000
    }
    expect(reports).toEqual([])
  })
})

describe("waited for", () => {
  const never = () => expect.fail("nothing is reported")

  test("500 at once, then so many a second as there may be", async () => {
    const clock = fakeClock()
    const rampUp = new RampUp("wait", never, clock)
    for (let i = 0; i < 4; i++) expect(await rampUp.admit("a", 500, call)).toBe(true)
    expect(clock.waits).toEqual([1000, 1000, 1000])
    clock.time = 5 * minutes
    await rampUp.admit("a", 750, call)
    await rampUp.admit("a", 375, call)
    expect(clock.waits).toEqual([1000, 1000, 1000, 500])
  })

  test("those that come at a time wait one behind the other", async () => {
    const clock = { ...fakeClock(), wait: async (ms: number) => waits.push(ms) > 0 }
    const waits: number[] = []
    const rampUp = new RampUp("wait", never, clock)
    await Promise.all([1, 2, 3].map(() => rampUp.admit("a", 500, call)))
    expect(waits).toEqual([1000, 2000])
  })

  test("where the call ends first nothing is sent, and nobody waits for it", async () => {
    const clock = fakeClock()
    const rampUp = new RampUp("wait", never, clock)
    await rampUp.admit("a", 500, call)
    clock.admits = false
    expect(await rampUp.admit("a", 500, call)).toBe(false)
    clock.admits = true
    expect(await rampUp.admit("a", 100, call)).toBe(true)
    expect(clock.waits).toEqual([1000, 200])
  })
})
