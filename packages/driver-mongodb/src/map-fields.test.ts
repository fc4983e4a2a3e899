import { expect, test } from "vitest"
import { mapFields } from "./map-fields.ts"

test("a field named __proto__ is a field of the copy, too", () => {
  const copy = mapFields(JSON.parse('{"a":1,"__proto__":{"b":2}}'), (value) => value)
  expect(Object.keys(copy)).toEqual(["a", "__proto__"])
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
})
