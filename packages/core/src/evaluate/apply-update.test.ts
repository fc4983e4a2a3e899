import type { Document } from "@nosql/contracts"
import { expect, test } from "vitest"
import { parseUpdate } from "../parse/parse-update.ts"
import { applyUpdate } from "./apply-update.ts"

const context = { operation: "updateOne" }
const apply = (document: Document, update: object) =>
  applyUpdate(document, parseUpdate(update, context), context)

test("the document given stays as it is, and the result shares nothing with it or with the update", () => {
  const document: Document = { list: [{ a: 1 }], nested: { deep: { n: 1 } } }
  const before = structuredClone(document)
  const value = { x: [1] }
  const next = apply(document, { $push: { list: value }, $inc: { "nested.deep.n": 1 } })
  expect(document).toEqual(before)
  value.x.push(2)
  expect(next).toEqual({ list: [{ a: 1 }, { x: [1] }], nested: { deep: { n: 2 } } })
  expect(next["nested"]).not.toBe(document["nested"])
})

test("sums stay exact beyond what a number holds", () => {
  expect(apply({ n: Number.MAX_SAFE_INTEGER }, { $inc: { n: 2 } })).toEqual({ n: 2n ** 53n + 1n })
  expect(apply({ n: 2n ** 53n + 1n }, { $inc: { n: -2 } })).toEqual({ n: Number.MAX_SAFE_INTEGER })
})

test("errors name operation and path, never a value", () => {
  expect(() => apply({ secret: "hunter2" }, { $inc: { secret: 1 } })).toThrow(
    'updateOne at "secret": $inc needs a number; nothing of this document was written',
  )
})
