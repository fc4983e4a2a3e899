import type { Value } from "@nosql/contracts"
import type { CollectionInfo, SortKey } from "@nosql/core/driver"
import { Long, MinKey, ObjectId, UUID } from "mongodb"
import { describe, expect, test } from "vitest"
import { compileAfter } from "./compile-after.ts"

const collection: CollectionInfo = {
  name: "things",
  declared: true,
  fields: { age: "number", at: "date?", ok: "boolean|null", total: "bigint", owner: "id" },
  indexes: [],
  ids: "auto",
}
const hex = "65f0a1b2c3d4e5f6a7b8c9d0"
const behindDates = ["timestamp", "regex", "dbPointer", "javascript", "javascriptWithScope", "maxKey"]
const behindIds = ["bool", "date", ...behindDates]
const behindStrings = ["object", "binData", "objectId", ...behindIds]
const key = (path: string, direction: 1 | -1): SortKey => ({ path: path.split("."), direction })
const after = (sort: readonly SortKey[], ...values: Value[]) => compileAfter(sort, values, collection)

describe("one key: a range for the value's own kind, and the kinds behind it by name", () => {
  test.each<[string, Value, object]>([
    ["a", 5, { $or: [{ a: { $gt: 5 } }, { a: { $type: ["string", "symbol", ...behindStrings] } }] }],
    ["a", "x", { $or: [{ a: { $gt: "x" } }, { a: { $type: behindStrings } }] }],
    ["a", true, { $or: [{ a: { $gt: true } }, { a: { $type: ["date", ...behindDates] } }] }],
    ["a", new Date(5), { $or: [{ a: { $gt: new Date(5) } }, { a: { $type: behindDates } }] }],
    ["a", null, { a: { $ne: null } }],
    ["a.0", null, { $nor: [{ $or: [{ "a.0": { $exists: false } }, { "a.0": { $type: "null" } }] }] }],
    ["_id", "x", { $or: [{ _id: { $gt: "x" } }, { _id: { $type: behindStrings } }] }],
    ["_id", hex, { $or: [{ _id: { $gt: new ObjectId(hex) } }, { _id: { $type: behindIds } }] }],
    ["owner", hex, { $or: [{ owner: { $gt: new ObjectId(hex) } }, { owner: { $type: behindIds } }] }],
    ["age", 5, { age: { $gt: 5 } }],
    ["at", new Date(5), { at: { $gt: new Date(5) } }],
    ["total", 5n, { total: { $gt: Long.fromNumber(5) } }],
    ["at", null, { at: { $ne: null } }],
  ])("%s ascending, behind %o", (path, value, expected) => {
    expect(after([key(path, 1)], value)).toEqual(expected)
  })

  const low = [null, [], new MinKey()]
  test.each<[string, Value, object]>([
    ["a", 5, { $or: [{ a: { $lt: 5 } }, { a: { $in: [null, Number.NaN, [], new MinKey()] } }] }],
    ["a", "x", { $or: [{ a: { $lt: "x" } }, { a: { $type: ["number"] } }, { a: { $in: low } }] }],
    [
      "a",
      false,
      {
        $or: [
          { a: { $lt: false } },
          { a: { $type: ["number", "string", "symbol", "object", "binData", "objectId"] } },
          { a: { $in: low } },
        ],
      },
    ],
    ["a", null, { a: { $in: [[], new MinKey()] } }],
    [
      "a.0",
      5,
      {
        $or: [
          { "a.0": { $lt: 5 } },
          { $or: [{ "a.0": { $exists: false } }, { "a.0": { $type: "null" } }] },
          { "a.0": { $in: [Number.NaN, [], new MinKey()] } },
        ],
      },
    ],
    [
      "_id",
      hex,
      {
        $or: [
          { _id: { $lt: new ObjectId(hex) } },
          { _id: { $type: ["number", "string", "symbol", "object", "binData"] } },
          { _id: { $in: low } },
        ],
      },
    ],
    ["age", 5, { age: { $lt: 5 } }],
    ["at", new Date(5), { $or: [{ at: { $lt: new Date(5) } }, { at: null }] }],
    ["ok", true, { $or: [{ ok: { $lt: true } }, { ok: null }] }],
  ])("%s descending, behind %o", (path, value, expected) => {
    expect(after([key(path, -1)], value)).toEqual(expected)
  })
})

describe("several keys: ties by equality", () => {
  test("each key's own direction", () => {
    expect(after([key("age", 1), key("at", -1), key("_id", -1)], 5, new Date(7), "x")).toEqual({
      $or: [
        { age: { $gt: 5 } },
        { $and: [{ age: 5 }, { at: { $lt: new Date(7) } }] },
        { $and: [{ age: 5 }, { at: null }] },
        { $and: [{ age: 5 }, { at: new Date(7) }, { _id: { $lt: "x" } }] },
        { $and: [{ age: 5 }, { at: new Date(7) }, { _id: { $type: ["number"] } }] },
        { $and: [{ age: 5 }, { at: new Date(7) }, { _id: { $in: [null, [], new MinKey()] } }] },
      ],
    })
  })

  test("a tie of nulls is one with what is missing; nothing lies behind null descending in a declared field", () => {
    expect(after([key("at", -1), key("age", -1)], null, 5)).toEqual({
      $and: [{ at: null }, { age: { $lt: 5 } }],
    })
    expect(after([key("a.0", -1), key("age", 1)], null, 5)).toEqual({
      $or: [
        { "a.0": { $in: [[], new MinKey()] } },
        {
          $and: [{ $or: [{ "a.0": { $exists: false } }, { "a.0": { $type: "null" } }] }, { age: { $gt: 5 } }],
        },
      ],
    })
  })
})

test("ids of every kind that MongoDB holds, as their texts name them", () => {
  const uuid = "00000000-0000-7000-8000-000000000001"
  const position = (id: string, ids: CollectionInfo["ids"] = "auto") =>
    compileAfter([key("_id", 1)], [id], { ...collection, ids })
  expect(position(uuid, "uuid")).toEqual({
    $or: [{ _id: { $gt: new UUID(uuid) } }, { _id: { $type: ["objectId", ...behindIds] } }],
  })
  expect(position(hex, "string")).toEqual({ $or: [{ _id: { $gt: hex } }, { _id: { $type: behindStrings } }] })
  expect(position("ejson:7")).toEqual({
    $or: [{ _id: { $gt: 7 } }, { _id: { $type: ["string", "symbol", ...behindStrings] } }],
  })
  expect(position('ejson:{"$maxKey":1}')).toMatchObject({ _id: { $gt: expect.anything() } })
})
