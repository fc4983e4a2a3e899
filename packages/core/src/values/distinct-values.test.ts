import { expect, test } from "vitest"
import { distinctValues } from "./distinct-values.ts"

test("equal values are kept once, the first of them, whatever their form", () => {
  const object = { a: 1, b: [new Date(5), { c: 2n ** 60n }] }
  const same = { b: [new Date(5), { c: 2n ** 60n }], a: 1n }
  const bytes = new Uint8Array([1])
  expect(
    distinctValues([5, 5n, "5", null, null, object, same, bytes, new Uint8Array([1]), [1], [[1]]]),
  ).toEqual([5, "5", null, object, bytes, [1], [[1]]])
})

test("a list of thousands of objects is no matter of seconds", () => {
  const values = Array.from({ length: 20_000 }, (_, i) => ({ i: i % 10_000 }))
  const started = performance.now()
  expect(distinctValues(values)).toHaveLength(10_000)
  expect(performance.now() - started).toBeLessThan(2000)
})
