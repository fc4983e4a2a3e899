import { expect, test } from "vitest"
import { gsiName, indexAttributeNames } from "./index-names.ts"

test.each([
  ["status_1_createdAt_-1", "status_1_createdAt_-1"],
  ["address.city_1", "address.city_1"],
  ["a", "a-e40c292c"],
  ["größe_1", "gr__e_1-4c6c6722"],
])("index %s is %s in DynamoDB", (name, expected) => {
  expect(gsiName(name)).toBe(expected)
})

test("a long name is cut, and told apart by its hash", () => {
  const long = "x".repeat(250)
  expect(gsiName(long)).toHaveLength(200)
  expect(gsiName(long)).not.toBe(gsiName(`${long}y`))
  expect(Object.values(indexAttributeNames({ name: long })).every((name) => name.length <= 255)).toBe(true)
})
