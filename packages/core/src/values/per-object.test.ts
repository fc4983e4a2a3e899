import { expect, test } from "vitest"
import { perObject } from "./per-object.ts"

test("perObject works out each object once, whichever was asked for last, and undefined as well", () => {
  const asked: object[] = []
  const nameOf = perObject((key: { name?: string }) => {
    asked.push(key)
    return key.name
  })
  const ada = { name: "Ada" }
  const bob = { name: "Bob" }
  const nobody: { name?: string } = {}
  for (const key of [ada, ada, bob, ada, nobody, nobody, bob, nobody]) expect(nameOf(key)).toBe(key.name)
  expect(asked).toEqual([ada, bob, nobody])
})
