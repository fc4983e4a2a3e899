import { describe, expect, test } from "vitest"
import { compareForSort, compareStrings, equalValues } from "./compare-values.ts"

describe("compareStrings", () => {
  test("goes by code point, where < goes by UTF-16 unit", () => {
    const words = ["\u{1F600}", "\uFF5E", "b", "", "ab", "a", "\uD7FF", "\u{10000}"]
    const bytes = (text: string) => Buffer.from(text, "utf8")
    expect([...words].sort(compareStrings)).toEqual(
      [...words].sort((x, y) => Buffer.compare(bytes(x), bytes(y))),
    )
    expect([...words].sort(compareStrings)).not.toEqual([...words].sort())
  })
})

describe("equalValues", () => {
  test("a number and a bigint of one value are equal, near ones are not", () => {
    expect(equalValues(2 ** 60, 2n ** 60n)).toBe(true)
    expect(equalValues(2 ** 60, 2n ** 60n + 1n)).toBe(false)
    expect(equalValues(0, false)).toBe(false)
    expect(equalValues("5", 5)).toBe(false)
  })

  test("a field that only one object owns makes them differ", () => {
    expect(equalValues({ constructor: 1 }, { other: 1 })).toBe(false)
    expect(equalValues({}, { toString: 1 })).toBe(false)
  })
})

describe("compareForSort", () => {
  test("null and missing tie and come first", () => {
    expect(compareForSort(undefined, null)).toBe(0)
    expect(compareForSort(undefined, -5)).toBeLessThan(0)
    expect(compareForSort("a", null)).toBeGreaterThan(0)
  })
})
