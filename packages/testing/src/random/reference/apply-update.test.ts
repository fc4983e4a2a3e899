import type { Document } from "@nosql/contracts"
import { expect, test } from "vitest"
import { applyUpdate } from "./apply-update.ts"
import { OutsideThePromise, Refused } from "./promise.ts"
import { type PlainUpdate, refuseConflicts } from "./update-paths.ts"

/** Rules of docs/semantics.md §5, answered by hand. */
const rows: readonly (readonly [
  before: Document,
  update: PlainUpdate,
  after: Document | typeof Refused | typeof OutsideThePromise,
])[] = [
  [{}, { $set: { "a.b": 1 } }, { a: { b: 1 } }],
  [{ a: null }, { $set: { "a.b": 1 } }, Refused],
  [{ a: [1] }, { $set: { "a.0": 2 } }, { a: [2] }],
  [{ a: [1] }, { $set: { "a.1": 2 } }, OutsideThePromise],
  [{ a: [1] }, { $unset: { "a.0": true } }, { a: [null] }],
  [{ a: 5 }, { $unset: { "a.b": true } }, { a: 5 }],
  [{}, { $inc: { n: 2 }, $mul: { m: 2 } }, { n: 2, m: 0 }],
  [{ n: null }, { $inc: { n: 2 } }, Refused],
  [{ n: 2 ** 53 - 1 }, { $inc: { n: 1 } }, OutsideThePromise],
  [{ n: null }, { $max: { n: 2 }, $min: { m: 2 } }, { n: 2, m: 2 }],
  [{ n: "a" }, { $max: { n: 2 } }, OutsideThePromise],
  [{ a: 1, b: 2 }, { $rename: { a: "b", c: "d" } }, { b: 1 }],
  [{ a: [1, 3] }, { $push: { a: { $each: [2], $position: -1 } } }, { a: [1, 2, 3] }],
  [{ a: [3, 1] }, { $push: { a: { $each: [2], $sort: -1, $slice: 2 } } }, { a: [3, 2] }],
  [{}, { $push: { a: [1] } }, { a: [[1]] }],
  [{ a: 1 }, { $push: { a: 1 } }, Refused],
  [{ a: [{ x: 1, y: 2 }] }, { $addToSet: { a: { y: 2, x: 1 } } }, { a: [{ x: 1, y: 2 }] }],
  [{ a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
  [{ a: [{ x: 1 }, 1] }, { $pull: { a: { x: 1 } } }, { a: [1] }],
  [{ a: [1, 2, 3] }, { $pull: { a: { $gt: 1 } } }, { a: [1] }],
  [{ a: [1, 2] }, { $pop: { a: -1, b: 1 } }, { a: [2] }],
  [{}, { $setOnInsert: { a: 1 } }, {}],
]

for (const [before, update, after] of rows) {
  test(`${JSON.stringify(before)} ${JSON.stringify(update)}`, () => {
    if (typeof after === "function") expect(() => applyUpdate(before, update)).toThrow(after)
    else expect(applyUpdate(before, update)).toEqual(after)
  })
}

test("two operators on one path, or on a parent and its child, are an error", () => {
  expect(() => refuseConflicts({ $set: { a: 1 }, $inc: { "a.b": 1 } })).toThrow(Refused)
  expect(() => refuseConflicts({ $rename: { a: "b" }, $set: { b: 1 } })).toThrow(Refused)
  expect(() => refuseConflicts({ $set: { "a.b": 1, "a.c": 1, ab: 1 } })).not.toThrow()
})
