import type { Document } from "@nosql/contracts"
import { expect, test } from "vitest"
import { matches, type PlainFilter } from "./matches.ts"
import { OutsideThePromise } from "./promise.ts"

/** Rules of docs/semantics.md §3, answered by hand: the reference itself is held to something. */
const rows: readonly (readonly [document: Document, filter: PlainFilter, answer: boolean])[] = [
  [{}, {}, true],
  [{}, { $and: [] }, true],
  [{}, { $or: [] }, false],
  [{}, { $nor: [] }, true],
  [{ n: 5 }, { n: 5n }, true],
  [{ n: 5 }, { n: { $in: [] } }, false],
  [{ n: 5 }, { n: { $nin: [] } }, true],
  [{}, { n: null }, true],
  [{ n: null }, { n: { $exists: true } }, true],
  [{}, { n: { $in: [null] } }, true],
  [{}, { n: { $ne: 5 } }, true],
  [{}, { n: { $gt: 5 } }, false],
  [{}, { n: { $not: { $gt: 5 } } }, true],
  [{ n: "6" }, { n: { $gt: 5 } }, false],
  [{ s: "\u{1F600}" }, { s: { $gt: "\uFF5E" } }, true],
  [{ o: { a: 1, b: 2 } }, { o: { b: 2, a: 1 } }, true],
  [{ o: { a: 1 } }, { "o.a.b": null }, true],
  [{ a: [1, [2]] }, { a: [1, [2]] }, true],
  [{ a: [1, 2] }, { a: { $ne: [2, 1] } }, true],
  [{ a: ["x", "y"] }, { "a.1": "y" }, true],
  [{ a: ["x"] }, { "a.1": null }, true],
  [{ a: { "1": "y" } }, { "a.1": "y" }, true],
  [{ a: [1, 2] }, { a: { $all: [2, 1] } }, true],
  [{ a: [1] }, { a: { $all: [] } }, false],
  [{ a: 1 }, { a: { $contains: 1 } }, false],
  [{ a: [{ x: 1 }, 5] }, { a: { $elemMatch: {} } }, true],
  [{ a: [5] }, { a: { $elemMatch: {} } }, false],
  [{ a: [1, 9] }, { a: { $elemMatch: { $gt: 2, $lt: 8 } } }, false],
  [{ n: -7.5 }, { n: { $mod: [4, -3] } }, true],
  [{ n: "8" }, { n: { $mod: [4, 0] } }, false],
  [{ s: "ab\nc" }, { s: { $regex: "^C", $options: "im" } }, true],
  [{ s: "ab" }, { s: { $startsWith: "" } }, true],
  [{ d: new Date(5) }, { d: { $type: ["date"] } }, true],
  [{}, { d: { $type: "null" } }, false],
]

for (const [document, filter, answer] of rows) {
  test(`${JSON.stringify(document)} ${print(filter)}: ${answer}`, () => {
    expect(matches(document, filter)).toBe(answer)
  })
}

test("what is outside the promise is told apart", () => {
  for (const filter of [
    { a: 1 },
    { a: { $gt: 1 } },
    { a: null },
    { "a.x": 1 },
    { b: { $elemMatch: { $gt: 1 } } },
  ])
    expect(() => matches({ a: [1], b: [[1]] }, filter)).toThrow(OutsideThePromise)
})

function print(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? `${item}n` : item))
}
