import { expect, test, vi } from "vitest"
import { UuidSource } from "./uuid-source.ts"

test("each is a UUID of version 7, and greater than the one before", () => {
  const source = new UuidSource()
  const ids = Array.from({ length: 10_000 }, () => source.next())
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(ids).toEqual([...new Set(ids)].sort())
})

test("it begins with the time, also of ids that follow each other after the clock was set back", () => {
  vi.useFakeTimers({ now: 0x0190a1b2c3d4 })
  try {
    const source = new UuidSource()
    const first = source.next()
    expect(first.slice(0, 13)).toBe("0190a1b2-c3d4")
    vi.setSystemTime(1)
    const second = source.next()
    expect(second.slice(0, 13)).toBe("0190a1b2-c3d4")
    expect(second > first).toBe(true)
  } finally {
    vi.useRealTimers()
  }
})

test("no two share their randomness, also beyond what is in stock", () => {
  const source = new UuidSource()
  const tails = Array.from({ length: 1000 }, () => source.next().slice(-10))
  expect(new Set(tails).size).toBe(1000)
})

test("two sources share no randomness", () => {
  const [a, b] = [new UuidSource(), new UuidSource()].map((source) => source.next().slice(-10))
  expect(a).not.toBe(b)
})
