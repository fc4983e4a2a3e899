import { NoSQLError } from "@nosql/contracts"
import { describe, expect, test } from "vitest"
import type { UpdateNode } from "../ast/update.ts"
import { nativeValue } from "../values/native-value.ts"
import { parseUpdate } from "./parse-update.ts"

const decimal = nativeValue({ driver: "mongodb", type: "Decimal128", text: '{"$numberDecimal":"1"}' })
const parse = (update: unknown) => parseUpdate(update, { operation: "updateOne" })

describe("operators", () => {
  test.each<[string, object, UpdateNode]>([
    ["$set", { $set: { "a.b": -0 } }, { kind: "set", path: ["a", "b"], value: 0 }],
    [
      "$set of a document",
      { $set: { a: { b: 1, c: undefined } } },
      { kind: "set", path: ["a"], value: { b: 1 } },
    ],
    [
      "$set of a name with a dollar inside",
      { $set: { price$: 1 } },
      { kind: "set", path: ["price$"], value: 1 },
    ],
    ["$unset", { $unset: { a: "" } }, { kind: "unset", path: ["a"] }],
    ["$inc", { $inc: { a: 0.5 } }, { kind: "inc", path: ["a"], by: 0.5 }],
    ["$inc by a small bigint", { $inc: { a: 2n } }, { kind: "inc", path: ["a"], by: 2 }],
    ["$inc by a large bigint", { $inc: { a: 2n ** 60n } }, { kind: "inc", path: ["a"], by: 2n ** 60n }],
    ["$mul", { $mul: { a: 3 } }, { kind: "mul", path: ["a"], by: 3 }],
    ["$min", { $min: { a: "x" } }, { kind: "min", path: ["a"], value: "x" }],
    ["$max", { $max: { a: null } }, { kind: "max", path: ["a"], value: null }],
    ["$rename", { $rename: { "a.b": "c.d" } }, { kind: "rename", path: ["a", "b"], to: ["c", "d"] }],
    ["$currentDate", { $currentDate: { a: true } }, { kind: "currentDate", path: ["a"] }],
    [
      "$currentDate by type",
      { $currentDate: { a: { $type: "date" } } },
      { kind: "currentDate", path: ["a"] },
    ],
    ["$setOnInsert", { $setOnInsert: { a: [1] } }, { kind: "setOnInsert", path: ["a"], value: [1] }],
    ["$push", { $push: { a: 1 } }, { kind: "push", path: ["a"], values: [1] }],
    ["$push of an array", { $push: { a: [1, 2] } }, { kind: "push", path: ["a"], values: [[1, 2]] }],
    [
      "$push of an object",
      { $push: { a: { each: 1 } } },
      { kind: "push", path: ["a"], values: [{ each: 1 }] },
    ],
    ["$push of none", { $push: { a: { $each: [] } } }, { kind: "push", path: ["a"], values: [] }],
    [
      "$push with modifiers",
      { $push: { a: { $each: [1, 2], $position: -1, $slice: 0, $sort: 1 } } },
      {
        kind: "push",
        path: ["a"],
        values: [1, 2],
        position: -1,
        slice: 0,
        sort: [{ path: [], direction: 1 }],
      },
    ],
    [
      "$push with a sort by fields",
      { $push: { a: { $sort: { "x.y": -1, z: "asc" }, $each: [{}] } } },
      {
        kind: "push",
        path: ["a"],
        values: [{}],
        sort: [
          { path: ["x", "y"], direction: -1 },
          { path: ["z"], direction: 1 },
        ],
      },
    ],
    ["$addToSet", { $addToSet: { a: null } }, { kind: "addToSet", path: ["a"], values: [null] }],
    [
      "$addToSet of several",
      { $addToSet: { a: { $each: [1, 2] } } },
      { kind: "addToSet", path: ["a"], values: [1, 2] },
    ],
    [
      "$pull of a value",
      { $pull: { a: [1] } },
      {
        kind: "pull",
        path: ["a"],
        of: "values",
        filter: { kind: "compare", operator: "eq", path: [], value: [1] },
      },
    ],
    [
      "$pull of a native value, which is no filter",
      { $pull: { a: decimal } },
      {
        kind: "pull",
        path: ["a"],
        of: "values",
        filter: { kind: "compare", operator: "eq", path: [], value: decimal },
      },
    ],
    [
      "$pull of what equals an object",
      { $pull: { a: { $eq: { x: 1 } } } },
      {
        kind: "pull",
        path: ["a"],
        of: "values",
        filter: { kind: "compare", operator: "eq", path: [], value: { x: 1 } },
      },
    ],
    [
      "$pull of what operators find, folded",
      { $pull: { a: { $in: [1] } } },
      {
        kind: "pull",
        path: ["a"],
        of: "values",
        filter: { kind: "compare", operator: "eq", path: [], value: 1 },
      },
    ],
    [
      "$pull of the objects that a filter finds",
      { $pull: { a: { "x.y": { $gt: 1 } } } },
      {
        kind: "pull",
        path: ["a"],
        of: "objects",
        filter: { kind: "compare", operator: "gt", path: ["x", "y"], value: 1 },
      },
    ],
    [
      "$pull of every object",
      { $pull: { a: {} } },
      { kind: "pull", path: ["a"], of: "objects", filter: { kind: "true" } },
    ],
    ["$pop of the last", { $pop: { a: 1 } }, { kind: "pop", path: ["a"], end: "last" }],
    ["$pop of the first", { $pop: { a: -1 } }, { kind: "pop", path: ["a"], end: "first" }],
  ])("%s", (_, update, node) => {
    expect(parse(update)).toEqual([node])
  })

  test("stand in the order in which they were written, and are frozen", () => {
    const nodes = parse({
      $inc: { b: 1 },
      $push: { a: { $each: [1], $sort: 1 } },
      $set: { c: 1, d: undefined },
    })
    expect(nodes.map(({ kind, path }) => `${kind} ${path.join(".")}`)).toEqual(["inc b", "push a", "set c"])
    expect([nodes, ...nodes].every(Object.isFrozen)).toBe(true)
    expect(nodes.every(({ path }) => Object.isFrozen(path))).toBe(true)
  })

  test("share nothing with the caller's update", () => {
    const element = { x: [1] }
    const nodes = parse({
      $set: { s: element },
      $push: { p: element },
      $addToSet: { t: { $each: [element] } },
    })
    element.x.push(2)
    expect(nodes).toMatchObject([{ value: { x: [1] } }, { values: [{ x: [1] }] }, { values: [{ x: [1] }] }])
  })
})

describe("refusals name the path and the remedy", () => {
  test.each<[string, unknown, string | undefined, string]>([
    ["a field map", { a: 1 }, "a", "write { $set: { … } } to set fields"],
    ["a pipeline", [{ $set: { a: 1 } }], undefined, "pipelines are not portable"],
    ["an unknown operator", { $foo: { a: 1 } }, "$foo", "known are $set $unset $inc"],
    ["a positional operator", { $set: { "a.$.b": 1 } }, "a.$.b", "set the whole array"],
    [
      "a filtered positional operator",
      { $inc: { "a.$[x].b": 1 } },
      "a.$[x].b",
      "name the element by its index",
    ],
    ["a change of _id", { $unset: { _id: true } }, "_id", "an _id never changes"],
    ["a conflict", { $set: { "a.b": 1 }, $unset: { a: true } }, "a", 'conflicts with the change of "a.b"'],
    [
      "a conflict with a rename's target",
      { $rename: { a: "b" }, $inc: { b: 1 } },
      "b",
      'conflicts with the change of "b"',
    ],
    [
      "an unknown modifier",
      { $push: { a: { $each: [1], $foo: 1 } } },
      "a.$foo",
      "known are $each $position $slice $sort",
    ],
    ["modifiers without $each", { $push: { a: { $slice: 1 } } }, "a.$each", "[] adds none"],
    ["a bad $slice", { $push: { a: { $each: [], $slice: "1" } } }, "a.$slice", "takes a whole number"],
    ["a bad $sort", { $push: { a: { $each: [], $sort: "a" } } }, "a.$sort", "takes 1, -1 or an object"],
    [
      "a $sort that has lost its order",
      { $push: { a: { $each: [], $sort: { s: 1, "7": -1 } } } },
      "7",
      'write them as pairs, such as [["city", 1], ["2024", -1]]',
    ],
    [
      "a $sort by one field twice",
      {
        $push: {
          a: {
            $each: [],
            $sort: [
              ["s", 1],
              ["s", 1],
            ],
          },
        },
      },
      "s",
      "twice",
    ],
    ["an element deep inside", { $push: { a: { $each: [1, { b: Number.NaN }] } } }, "a.1.b", "NaN"],
    ["a single element deep inside", { $push: { a: { b: Number.NaN } } }, "a.b", "NaN"],
    ["a timestamp", { $currentDate: { a: { $type: "timestamp" } } }, "a", "timestamps are not portable"],
    [
      "a filter of elements deep inside",
      { $pull: { a: { x: { $foo: 1 } } } },
      "a.x.$foo",
      "unknown operator",
    ],
    ["an operand without an order", { $min: { a: new Uint8Array() } }, "a", "$min takes a number"],
  ])("%s", (_, update, path, remedy) => {
    try {
      parse(update)
    } catch (error) {
      if (!NoSQLError.isInstance(error)) throw error
      expect(error).toMatchObject({ code: "invalid-argument", operation: "updateOne", path })
      expect(error.message).toContain(remedy)
      return
    }
    throw new Error("nothing was thrown")
  })
})

describe("depth", () => {
  const path = (segments: number) => Array(segments).fill("a").join(".")

  test("a path and its value together are no deeper than a document", () => {
    expect(() => parse({ $set: { [path(21)]: 1 } })).not.toThrow()
    expect(() => parse({ $set: { [path(22)]: 1 } })).toThrow("deeper than 20 levels")
    expect(() => parse({ $set: { [path(20)]: { b: 1 } } })).not.toThrow()
    expect(() => parse({ $set: { [path(20)]: { b: {} } } })).toThrow("deeper than 20 levels")
  })

  test("an array directly inside an array counts two, however it gets there", () => {
    expect(() => parse({ $push: { [path(18)]: [1] } })).not.toThrow()
    expect(() => parse({ $push: { [path(19)]: [1] } })).toThrow("deeper than 20 levels")
    expect(() => parse({ $push: { [path(18)]: { $each: [[1]] } } })).not.toThrow()
    expect(() => parse({ $push: { [path(19)]: { $each: [[1]] } } })).toThrow("deeper than 20 levels")
  })
})
