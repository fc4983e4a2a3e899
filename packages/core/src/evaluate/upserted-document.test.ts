import { describe, expect, test } from "vitest"
import { fold } from "../ast/fold.ts"
import { parseFilter } from "../parse/parse-filter.ts"
import { parseUpdate } from "../parse/parse-update.ts"
import { seedFromFilter } from "./seed-from-filter.ts"
import { upsertedDocument } from "./upserted-document.ts"

const context = { operation: "updateOne" }
const parsed = (filter: object) => fold(parseFilter(filter, context))

describe("seedFromFilter", () => {
  test.each([
    ["the empty filter", {}, {}],
    ["equalities", { a: 1, b: { $eq: "x" } }, { a: 1, b: "x" }],
    ["null", { a: null, b: { $eq: null } }, { a: null, b: null }],
    ["the _id", { _id: "mine", a: 1 }, { _id: "mine", a: 1 }],
    ["dotted paths", { "a.b": 1, "a.c.d": 2 }, { a: { b: 1, c: { d: 2 } } }],
    ["digits are keys in a new document", { "a.0": 1 }, { a: { "0": 1 } }],
    ["whole objects and arrays", { a: { b: 1 }, c: [1, 2] }, { a: { b: 1 }, c: [1, 2] }],
    ["nested conjunctions", { $and: [{ a: 1 }, { $and: [{ b: 2 }, { c: { $gt: 1 } }] }] }, { a: 1, b: 2 }],
    ["$in of one", { a: { $in: [1] }, b: { $in: [1, 2] } }, { a: 1 }],
    ["a disjunction of one", { $or: [{ a: 1 }] }, { a: 1 }],
    ["no disjunction of several", { $or: [{ a: 1 }, { b: 2 }], c: 3 }, { c: 3 }],
    ["no negation", { a: { $ne: 1 }, b: { $not: { $eq: 1 } }, c: { $nin: [1] } }, {}],
    ["a double negation", { a: { $not: { $ne: 1 } } }, { a: 1 }],
    ["no range and no existence", { a: { $gte: 1, $lte: 1 }, b: { $exists: true } }, {}],
    ["one value said twice", { a: 1, $and: [{ a: 1 }, { a: { $lt: 5 } }] }, { a: 1 }],
    [
      "one object said twice, in another order",
      { a: { x: 1, y: 2 }, $and: [{ a: { y: 2, x: 1 } }] },
      { a: { x: 1, y: 2 } },
    ],
  ])("%s", (_, filter, seed) => {
    expect(seedFromFilter(parsed(filter), context)).toEqual(seed)
  })

  test.each([
    ["two objects for one path", { a: { x: 1 }, $and: [{ a: { x: 2 } }] }, undefined],
    ["a filter that nothing can match", { a: { $in: [] } }, undefined],
    ["an array and its element", { a: [1], "a.0": 1 }, "a.0"],
    ["a parent and its child", { a: { b: 1 }, "a.b": 1 }, "a.b"],
    ["a child and its parent", { "a.b": 1, a: null }, "a"],
  ])("refuses %s", (_, filter, path) => {
    expect(() => seedFromFilter(parsed(filter), context)).toThrow(
      expect.objectContaining({ code: "invalid-argument", path }),
    )
  })
})

describe("upsertedDocument", () => {
  const now = new Date(5)
  const made = (filter: object, update: object) =>
    upsertedDocument(seedFromFilter(parsed(filter), context), parseUpdate(update, context), context, now)

  test("is the seed, then $setOnInsert, then the update", () => {
    expect(
      made(
        { _id: "a", kind: "x", n: 2, tags: ["seed"], seen: { $gt: 5 } },
        {
          $setOnInsert: { made: true, "o.p": 1 },
          $inc: { n: 3, m: 1 },
          $push: { tags: "new" },
          $set: { "o.q": 2 },
          $unset: { kind: true },
          $currentDate: { at: true },
        },
      ),
    ).toEqual({ _id: "a", n: 5, m: 1, tags: ["seed", "new"], made: true, o: { p: 1, q: 2 }, at: now })
  })

  test("the update and $setOnInsert win over the seed", () => {
    expect(made({ a: 1, b: 1 }, { $set: { a: 2 }, $setOnInsert: { b: 2 } })).toEqual({ a: 2, b: 2 })
  })

  test("a seed that the update cannot change is the error of the update", () => {
    expect(() => made({ a: null }, { $inc: { a: 1 } })).toThrow(
      expect.objectContaining({ code: "invalid-argument", path: "a" }),
    )
    expect(() => made({ a: 5 }, { $setOnInsert: { "a.b": 1 } })).toThrow(
      expect.objectContaining({ path: "a.b" }),
    )
  })
})
