import { expect, test } from "vitest"
import { normalizeValue } from "./normalize-value.ts"

const normalize = (value: unknown) => normalizeValue(value, "v", { operation: "test" })

test("one form for each integer: a number where it is safe, else a bigint", () => {
  expect(normalize(5n)).toBe(5)
  expect(normalize(2 ** 53)).toBe(2n ** 53n)
  expect(normalize(2n ** 53n)).toBe(2n ** 53n)
  expect(normalize(Number.MAX_SAFE_INTEGER)).toBe(Number.MAX_SAFE_INTEGER)
  expect(normalize(-(2 ** 63))).toBe(-(2n ** 63n))
  expect(normalize(1.5)).toBe(1.5)
  expect(Object.is(normalize(-0), 0)).toBe(true)
})
