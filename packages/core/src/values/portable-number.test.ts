import { describe, expect, test } from "vitest"
import { portableNumber } from "./portable-number.ts"

describe("portableNumber", () => {
  test.each<[number, number | bigint | undefined]>([
    [0, 0],
    [-0, 0],
    [-7, -7],
    [2 ** 31, 2 ** 31],
    [0.5, 0.5],
    [1e-130, 1e-130],
    [-1e-131, undefined],
    [5e-324, undefined],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    [2 ** 53, 2n ** 53n],
    [-(2 ** 63), -(2n ** 63n)],
    [2 ** 63, undefined],
    [-(2 ** 63) - 2048, undefined],
    [Infinity, undefined],
    [-Infinity, undefined],
    [Number.NaN, undefined],
  ])("%d is %s", (value, expected) => {
    expect(portableNumber(value)).toBe(expected)
  })
})
