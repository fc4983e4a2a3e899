import type { CollectionInfo } from "@nosql/core/driver"
import { ObjectId } from "mongodb"
import { expect, test } from "vitest"
import { compileChange } from "./compile-change.ts"

const hex = "0123456789abcdef01234567"
const collection: CollectionInfo = {
  name: "things",
  declared: true,
  fields: { owner: "id" },
  indexes: [],
  ids: "auto",
}
const before = { _id: "a", n: 1, o: { x: 1, y: [1] }, gone: true, owner: "x" }

test("only what differs is sent, encoded as its declaration says", () => {
  const after = { _id: "a", n: 2, o: { y: [1], x: 1 }, owner: hex, made: null }
  expect(compileChange(before, after, collection)).toEqual({
    $set: { n: 2, owner: new ObjectId(hex), made: null },
    $unset: { gone: "" },
  })
})

test("a value of another type is another value; an own field is not that of a prototype", () => {
  expect(compileChange({ n: 1 }, { n: "1" }, collection)).toEqual({ $set: { n: "1" } })
  expect(compileChange({}, { toString: "x" }, collection)).toEqual({ $set: { toString: "x" } })
})

test("nothing different is no update", () => {
  expect(compileChange(before, { ...before, o: { ...before.o } }, collection)).toBeUndefined()
})
