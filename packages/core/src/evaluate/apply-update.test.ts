import { type Document, NoSQLError } from "@nosql/contracts"
import { describe, expect, test } from "vitest"
import { parseUpdate } from "../parse/parse-update.ts"
import { nativeValue } from "../values/native-value.ts"
import { applyUpdate } from "./apply-update.ts"

const context = { operation: "updateOne" }
const now = new Date(1_700_000_000_000)
const apply = (document: Document, update: object) =>
  applyUpdate(document, parseUpdate(update, context), context, now)

const decimal = nativeValue({ driver: "mongodb", type: "Decimal128", text: "1.5" })

/** Of each operator: what it makes of a missing field, of null, of values of other kinds, and of nested paths. */
type Outcome = Document | "same" | { readonly refusedAt: string }
const operators: Readonly<
  Record<string, readonly (readonly [update: object, before: Document, after: Outcome])[]>
> = {
  $set: [
    [{ $set: { a: 1 } }, {}, { a: 1 }],
    [{ $set: { a: 1 } }, { a: null }, { a: 1 }],
    [{ $set: { a: 1 } }, { a: [2] }, { a: 1 }],
    [{ $set: { a: 1 } }, { a: decimal }, { a: 1 }],
    [{ $set: { a: 1 } }, { a: 1 }, "same"],
    [{ $set: { a: { x: 1, y: [2] } } }, { a: { y: [2], x: 1 } }, "same"],
    [{ $set: { "a.b.c": 1 } }, {}, { a: { b: { c: 1 } } }],
    [{ $set: { "a.b.c": 1 } }, { a: { x: 1 } }, { a: { x: 1, b: { c: 1 } } }],
    [{ $set: { "a.b": 1 } }, { a: null }, { refusedAt: "a.b" }],
    [{ $set: { "a.b": 1 } }, { a: "text" }, { refusedAt: "a.b" }],
    [{ $set: { "a.b": 1 } }, { a: new Date(0) }, { refusedAt: "a.b" }],
    [{ $set: { "a.b": 1 } }, { a: new Uint8Array([1]) }, { refusedAt: "a.b" }],
    [{ $set: { "a.b": 1 } }, { a: decimal }, { refusedAt: "a.b" }],
    [{ $set: { "a.b": 1 } }, { a: [{ b: 2 }] }, { refusedAt: "a.b" }],
    [{ $set: { "a.1": 1 } }, { a: [5, 6] }, { a: [5, 1] }],
    [{ $set: { "a.2": 1 } }, { a: [5, 6] }, { refusedAt: "a.2" }],
    [{ $set: { "a.01": 1 } }, { a: [5, 6] }, { refusedAt: "a.01" }],
    [{ $set: { "a.0.b": 1 } }, { a: [{}] }, { a: [{ b: 1 }] }],
    [{ $set: { "constructor.name": 1 } }, {}, { constructor: { name: 1 } } as unknown as Document],
  ],
  $unset: [
    [{ $unset: { a: true } }, {}, "same"],
    [{ $unset: { a: true } }, { a: null, b: 1 }, { b: 1 }],
    [{ $unset: { "a.b": true } }, {}, "same"],
    [{ $unset: { "a.b": true } }, { a: null }, "same"],
    [{ $unset: { "a.b": true } }, { a: 5 }, "same"],
    [{ $unset: { "a.b": true } }, { a: { b: 1 } }, { a: {} }],
    [{ $unset: { "a.0": true } }, { a: [1, 2] }, { a: [null, 2] }],
    [{ $unset: { "a.0": true } }, { a: [null, 2] }, "same"],
    [{ $unset: { "a.5": true } }, { a: [1] }, "same"],
    [{ $unset: { toString: true } }, {}, "same"],
  ],
  $inc: [
    [{ $inc: { a: 2 } }, {}, { a: 2 }],
    [{ $inc: { a: 0 } }, {}, { a: 0 }],
    [{ $inc: { a: 0 } }, { a: 5 }, "same"],
    [{ $inc: { a: 2 } }, { a: null }, { refusedAt: "a" }],
    [{ $inc: { a: 2 } }, { a: "1" }, { refusedAt: "a" }],
    [{ $inc: { a: 2 } }, { a: true }, { refusedAt: "a" }],
    [{ $inc: { a: 2 } }, { a: decimal }, { refusedAt: "a" }],
    [{ $inc: { "a.b": 2 } }, {}, { a: { b: 2 } }],
    [{ $inc: { "a.b": 2 } }, { a: 5 }, { refusedAt: "a.b" }],
    [{ $inc: { a: 0.5 } }, { a: 1 }, { a: 1.5 }],
    [{ $inc: { a: -1.5 } }, { a: 1.5 }, { a: 0 }],
    [{ $inc: { a: 2 } }, { a: Number.MAX_SAFE_INTEGER }, { a: 2n ** 53n + 1n }],
    [{ $inc: { a: -2 } }, { a: 2n ** 53n + 1n }, { a: Number.MAX_SAFE_INTEGER }],
    [{ $inc: { a: 2n ** 62n } }, { a: -(2n ** 62n) }, { a: 0 }],
    [{ $inc: { a: 1 } }, { a: 2n ** 63n - 2n }, { a: 2n ** 63n - 1n }],
    [{ $inc: { a: 1 } }, { a: 2n ** 63n - 1n }, { refusedAt: "a" }],
    [{ $inc: { a: -1 } }, { a: -(2n ** 63n) }, { refusedAt: "a" }],
    [{ $inc: { a: 2 ** 62 } }, { a: 2 ** 62 + 2 ** 20 }, { refusedAt: "a" }],
  ],
  $mul: [
    [{ $mul: { a: 2 } }, {}, { a: 0 }],
    [{ $mul: { a: 0.5 } }, {}, { a: 0 }],
    [{ $mul: { a: 1 } }, { a: 5 }, "same"],
    [{ $mul: { a: 2 } }, { a: null }, { refusedAt: "a" }],
    [{ $mul: { a: 2 } }, { a: [1] }, { refusedAt: "a" }],
    [{ $mul: { "a.b": 2 } }, {}, { a: { b: 0 } }],
    [{ $mul: { "a.b": 2 } }, { a: null }, { refusedAt: "a.b" }],
    [{ $mul: { a: 3 } }, { a: 1.5 }, { a: 4.5 }],
    [{ $mul: { a: 3n } }, { a: 2n ** 60n }, { a: 3n * 2n ** 60n }],
    [{ $mul: { a: 2 ** 30 } }, { a: 2 ** 30 + 1 }, { a: (2n ** 30n + 1n) * 2n ** 30n }],
    [{ $mul: { a: 8 } }, { a: 2n ** 60n }, { refusedAt: "a" }],
    [{ $mul: { a: 2 ** 62 } }, { a: 2.5 }, { refusedAt: "a" }],
  ],
  $min: [
    [{ $min: { a: 3 } }, {}, { a: 3 }],
    [{ $min: { a: null } }, {}, { a: null }],
    [{ $min: { a: 3 } }, { a: null }, "same"],
    [{ $min: { a: null } }, { a: 3 }, { a: null }],
    [{ $min: { a: 3 } }, { a: 3n as never }, "same"],
    [{ $min: { a: 3 } }, { a: 5 }, { a: 3 }],
    [{ $min: { a: "\uFF5E" } }, { a: "\u{1F600}" }, { a: "\uFF5E" }],
    [{ $min: { a: new Date(1) } }, { a: new Date(2) }, { a: new Date(1) }],
    [{ $min: { "a.b": 3 } }, {}, { a: { b: 3 } }],
    [{ $min: { "a.b": 3 } }, { a: 5 }, { refusedAt: "a.b" }],
  ],
  $max: [
    [{ $max: { a: 3 } }, {}, { a: 3 }],
    [{ $max: { a: null } }, {}, { a: null }],
    [{ $max: { a: null } }, { a: 3 }, "same"],
    [{ $max: { a: 3 } }, { a: null }, { a: 3 }],
    [{ $max: { a: 5 } }, { a: 3 }, { a: 5 }],
    [{ $max: { a: true } }, { a: false }, { a: true }],
    [{ $max: { "a.b": 3 } }, { a: null }, { refusedAt: "a.b" }],
  ],
  $rename: [
    [{ $rename: { a: "b" } }, {}, "same"],
    [{ $rename: { a: "b" } }, { b: 1 }, "same"],
    [{ $rename: { a: "b" } }, { a: null }, { b: null }],
    [{ $rename: { a: "b" } }, { a: 1, b: { c: 2 } }, { b: 1 }],
    [{ $rename: { a: "b.c" } }, { a: 1 }, { b: { c: 1 } }],
    [{ $rename: { a: "b.c" } }, { a: 1, b: null }, { refusedAt: "b.c" }],
    [{ $rename: { a: "b.c" } }, { b: null }, "same"],
    [{ $rename: { "a.b": "a.c" } }, { a: { b: 1 } }, { a: { c: 1 } }],
  ],
  $currentDate: [
    [{ $currentDate: { a: true } }, {}, { a: now }],
    [{ $currentDate: { a: true } }, { a: null }, { a: now }],
    [{ $currentDate: { a: true } }, { a: "text" }, { a: now }],
    [{ $currentDate: { a: true } }, { a: new Date(now) }, "same"],
    [{ $currentDate: { "a.b": true } }, {}, { a: { b: now } }],
    [{ $currentDate: { "a.b": true } }, { a: 5 }, { refusedAt: "a.b" }],
  ],
  $setOnInsert: [
    [{ $setOnInsert: { a: 1 } }, {}, "same"],
    [{ $setOnInsert: { "a.b": 1 } }, { a: null }, "same"],
  ],
  $push: [
    [{ $push: { a: 1 } }, {}, { a: [1] }],
    [{ $push: { a: 1 } }, { a: null }, { refusedAt: "a" }],
    [{ $push: { a: 1 } }, { a: {} }, { refusedAt: "a" }],
    [{ $push: { a: 1 } }, { a: decimal }, { refusedAt: "a" }],
    [{ $push: { "a.b": 1 } }, {}, { a: { b: [1] } }],
    [{ $push: { "a.b": 1 } }, { a: 5 }, { refusedAt: "a.b" }],
    [{ $push: { "a.0": 1 } }, { a: [[]] }, { a: [[1]] }],
    [{ $push: { a: { $each: [] } } }, {}, { a: [] }],
    [{ $push: { a: { $each: [] } } }, { a: [1] }, "same"],
    [{ $push: { a: { $each: [], $sort: 1 } } }, { a: [1, 2] }, "same"],
    [{ $push: { a: { $each: [3], $slice: 2 } } }, { a: [1, 2] }, "same"],
    [{ $push: { a: { $each: [3, 1], $sort: -1, $slice: -2 } } }, { a: [2] }, { a: [2, 1] }],
    [{ $push: { a: { $each: [9], $position: -1 } } }, { a: [1, 2] }, { a: [1, 9, 2] }],
    [
      { $push: { a: { $each: [], $sort: { n: 1 } } } },
      { a: [{ n: 1 }, {}, { n: null }] },
      { a: [{}, { n: null }, { n: 1 }] },
    ],
  ],
  $addToSet: [
    [{ $addToSet: { a: 1 } }, {}, { a: [1] }],
    [{ $addToSet: { a: 1 } }, { a: null }, { refusedAt: "a" }],
    [{ $addToSet: { a: 1 } }, { a: 1 }, { refusedAt: "a" }],
    [{ $addToSet: { a: 1 } }, { a: [1] }, "same"],
    [{ $addToSet: { a: { y: 2, x: 1 } } }, { a: [{ x: 1, y: 2 }] }, "same"],
    [{ $addToSet: { a: { $each: [] } } }, {}, { a: [] }],
    [{ $addToSet: { a: { $each: [2, 2, 1] } } }, { a: [1, 1] }, { a: [1, 1, 2] }],
    [{ $addToSet: { "a.b": 1 } }, {}, { a: { b: [1] } }],
    [{ $addToSet: { "a.b": 1 } }, { a: null }, { refusedAt: "a.b" }],
  ],
  $pull: [
    [{ $pull: { a: 1 } }, {}, "same"],
    [{ $pull: { a: 1 } }, { a: null }, { refusedAt: "a" }],
    [{ $pull: { a: 1 } }, { a: 1 }, { refusedAt: "a" }],
    [{ $pull: { a: 1 } }, { a: [2, [1]] }, "same"],
    [{ $pull: { a: 1 } }, { a: [1, 2, 1] }, { a: [2] }],
    [{ $pull: { a: null } }, { a: [null, {}] }, { a: [{}] }],
    [{ $pull: { a: { $gt: 1 } } }, { a: [1, 2, "3"] }, { a: [1, "3"] }],
    [{ $pull: { a: { x: { $ne: 1 } } } }, { a: [1, {}, { x: 1 }] }, { a: [1, { x: 1 }] }],
    [{ $pull: { a: {} } }, { a: [1, {}, [2]] }, { a: [1, [2]] }],
    [{ $pull: { a: { x: 1 } } }, { a: { x: 1 } }, { refusedAt: "a" }],
    [{ $pull: { "a.b": 1 } }, {}, "same"],
    [{ $pull: { "a.b": 1 } }, { a: { b: [1] } }, { a: { b: [] } }],
  ],
  $pop: [
    [{ $pop: { a: 1 } }, {}, "same"],
    [{ $pop: { a: 1 } }, { a: null }, { refusedAt: "a" }],
    [{ $pop: { a: 1 } }, { a: "text" }, { refusedAt: "a" }],
    [{ $pop: { a: 1 } }, { a: [] }, "same"],
    [{ $pop: { a: 1 } }, { a: [1, 2] }, { a: [1] }],
    [{ $pop: { a: -1 } }, { a: [1, 2] }, { a: [2] }],
    [{ $pop: { "a.b": 1 } }, {}, "same"],
  ],
}

describe.each(Object.entries(operators))("%s", (_, rows) => {
  test.each(
    rows.map(
      ([update, before, after]) => [inspect(update), inspect(before), { update, before, after }] as const,
    ),
  )("%s on %s", (_update, _before, { update, before, after }) => {
    const frozen = deepFreeze(before)
    if (after === "same") expect(apply(frozen, update)).toBe(frozen)
    else if (typeof after["refusedAt"] === "string") {
      const error = errorOf(() => apply(frozen, update))
      expect(error).toMatchObject({
        code: "invalid-argument",
        operation: "updateOne",
        path: after["refusedAt"],
      })
    } else expect(apply(frozen, update)).toEqual(after)
  })
})

describe("the result", () => {
  test("shares what it did not change with the document given", () => {
    const before: Document = { list: [{ a: 1 }], nested: { deep: { n: 1 }, other: {} } }
    const next = apply(before, { $inc: { "nested.deep.n": 1 } })
    expect(next).toEqual({ list: [{ a: 1 }], nested: { deep: { n: 2 }, other: {} } })
    expect(next["list"]).toBe(before["list"])
    expect(before["nested"]).toEqual({ deep: { n: 1 }, other: {} })
  })

  test("is the document given where several operators change nothing", () => {
    const before: Document = { a: 1, b: [1], c: 5 }
    expect(apply(before, { $set: { a: 1 }, $addToSet: { b: 1 }, $max: { c: 4 }, $unset: { d: true } })).toBe(
      before,
    )
  })

  test("keeps a foreign field __proto__ an own one", () => {
    const before = JSON.parse('{"__proto__": {"x": 1}, "a": 1}') as Document
    const next = apply(before, { $inc: { a: 1 } })
    expect(Object.keys(next)).toEqual(["__proto__", "a"])
    expect(Object.getPrototypeOf(next)).toBe(Object.prototype)
  })
})

test("errors name operation and path, never a value, and nothing of an update that fails is applied", () => {
  const before: Document = { a: 1, secret: "hunter2" }
  expect(errorOf(() => apply(before, { $set: { a: 2 }, $inc: { secret: 1 } })).message).toBe(
    'updateOne at "secret": $inc needs a number; nothing of this document was written',
  )
  expect(before).toEqual({ a: 1, secret: "hunter2" })
})

function errorOf(run: () => unknown): NoSQLError {
  try {
    run()
  } catch (error) {
    if (NoSQLError.isInstance(error)) return error
    throw error
  }
  throw new Error("nothing was thrown")
}

function inspect(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? `${item}n` : item))
}

/** Plain containers only: bytes cannot be frozen. */
function deepFreeze(value: Document): Document {
  for (const item of Object.values(value)) {
    if (typeof item === "object" && item !== null && !ArrayBuffer.isView(item)) deepFreeze(item as Document)
  }
  return Object.freeze(value)
}
