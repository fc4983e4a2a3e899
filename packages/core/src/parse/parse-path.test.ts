import { expect, test } from "vitest"
import { parsePath } from "./parse-path.ts"

const context = { operation: "find" }

test("a path is its segments, the same each time", () => {
  expect(parsePath("address.city", context)).toEqual(["address", "city"])
  expect(parsePath("address.city", context)).toBe(parsePath("address.city", context))
})

test("one that is wrong stays wrong", () => {
  for (let i = 0; i < 2; i++) expect(() => parsePath("a..b", context)).toThrow('find at "a..b"')
})

test("any number of paths may be asked", () => {
  for (let i = 0; i < 3000; i++) expect(parsePath(`a${i}.b`, context)).toEqual([`a${i}`, "b"])
  expect(parsePath("a0.b", context)).toEqual(["a0", "b"])
})
