import type { FieldDeclaration, Value } from "@nosql/contracts"
import {
  and,
  type CollectionInfo,
  compare,
  type FilterNode,
  matchAll,
  matchNone,
  not,
  or,
  type UpdateNode,
} from "@nosql/core/driver"
import { Binary, Long, ObjectId } from "mongodb"
import { describe, expect, test } from "vitest"
import { changedPaths, compileUpdate } from "./compile-update.ts"

const fields: Record<string, FieldDeclaration> = { owner: "id", "team.lead": "id?", total: "bigint?" }
const collection: CollectionInfo = { name: "things", declared: true, fields, indexes: [], ids: "auto" }
const hex = "65f0a1b2c3d4e5f6a7b8c9d0"
const compile = (...update: UpdateNode[]) => compileUpdate(update, collection)
const pull = (value: Value) => pullBy("values", compare("eq", [], value))
const pullBy = (of: "values" | "objects", filter: FilterNode): UpdateNode => ({
  kind: "pull",
  path: ["l"],
  of,
  filter,
})

describe("goes down", () => {
  test.each<[string, UpdateNode, object]>([
    [
      "set",
      { kind: "set", path: ["a", "b"], value: 2n ** 60n },
      { $set: { "a.b": Long.fromBigInt(2n ** 60n) } },
    ],
    [
      "set of a reference",
      { kind: "set", path: ["owner"], value: hex },
      { $set: { owner: new ObjectId(hex) } },
    ],
    [
      "set of a reference's parent",
      { kind: "set", path: ["team"], value: { lead: hex, name: hex } },
      { $set: { team: { lead: new ObjectId(hex), name: hex } } },
    ],
    [
      "set of a declared bigint",
      { kind: "set", path: ["total"], value: 5 },
      { $set: { total: Long.fromNumber(5) } },
    ],
    ["unset", { kind: "unset", path: ["a"] }, { $unset: { a: "" } }],
    ["inc by a whole number", { kind: "inc", path: ["a"], by: 5 }, { $inc: { a: Long.fromNumber(5) } }],
    ["inc by a fraction", { kind: "inc", path: ["a"], by: 0.5 }, { $inc: { a: 0.5 } }],
    [
      "inc by a bigint",
      { kind: "inc", path: ["a"], by: 2n ** 60n },
      { $inc: { a: Long.fromBigInt(2n ** 60n) } },
    ],
    ["mul", { kind: "mul", path: ["a"], by: -3 }, { $mul: { a: Long.fromNumber(-3) } }],
    ["min", { kind: "min", path: ["a"], value: "x" }, { $min: { a: "x" } }],
    ["max", { kind: "max", path: ["a"], value: null }, { $max: { a: null } }],
    ["rename", { kind: "rename", path: ["a", "b"], to: ["c"] }, { $rename: { "a.b": "c" } }],
    ["currentDate", { kind: "currentDate", path: ["a"] }, { $currentDate: { a: true } }],
    [
      "setOnInsert of a reference",
      { kind: "setOnInsert", path: ["owner"], value: hex },
      { $setOnInsert: { owner: new ObjectId(hex) } },
    ],
    [
      "push",
      { kind: "push", path: ["l"], values: [[1], { x: 1 }] },
      { $push: { l: { $each: [[1], { x: 1 }] } } },
    ],
    [
      "push with modifiers",
      {
        kind: "push",
        path: ["l"],
        values: [],
        position: 0,
        slice: -3,
        sort: [
          { path: ["x", "y"], direction: -1 },
          { path: ["z"], direction: 1 },
        ],
      },
      { $push: { l: { $each: [], $position: 0, $slice: -3, $sort: { "x.y": -1, z: 1 } } } },
    ],
    [
      "push with a sort by a field of digits, which an object would put first",
      {
        kind: "push",
        path: ["l"],
        values: [],
        sort: [
          { path: ["s"], direction: 1 },
          { path: ["7"], direction: -1 },
        ],
      },
      {
        $push: {
          l: {
            $each: [],
            $sort: new Map([
              ["s", 1],
              ["7", -1],
            ]),
          },
        },
      },
    ],
    [
      "push with a sort of the elements",
      { kind: "push", path: ["l"], values: [1], sort: [{ path: [], direction: -1 }] },
      { $push: { l: { $each: [1], $sort: -1 } } },
    ],
    [
      "addToSet",
      { kind: "addToSet", path: ["l"], values: [1, [2], new Uint8Array([3])] },
      { $addToSet: { l: { $each: [1, [2], new Binary(new Uint8Array([3]))] } } },
    ],
    ["pull of a value", pull("x"), { $pull: { l: "x" } }],
    ["pull of null", pull(null), { $pull: { l: null } }],
    ["pull of an array", pull([1, 2]), { $pull: { l: [1, 2] } }],
    ["pull by a range", pullBy("values", compare("gt", [], 5)), { $pull: { l: { $gt: 5 } } }],
    ["pull by a complement", pullBy("values", not(compare("eq", [], 5))), { $pull: { l: { $ne: 5 } } }],
    [
      "pull by several",
      pullBy("values", and([compare("gt", [], 5), compare("lt", [], 9)])),
      { $pull: { l: { $gt: 5, $lt: 9 } } },
    ],
    [
      "pull by fields",
      pullBy("objects", compare("eq", ["x", "y"], 5)),
      { $pull: { l: { "x.y": { $eq: 5 } } } },
    ],
    [
      "pull by a disjunction of fields",
      pullBy("objects", or([compare("eq", ["x"], 5), compare("eq", ["owner"], hex)])),
      { $pull: { l: { $or: [{ x: { $eq: 5 } }, { owner: { $eq: hex } }] } } },
    ],
    ["pop of the last", { kind: "pop", path: ["l"], end: "last" }, { $pop: { l: 1 } }],
    ["pop of the first", { kind: "pop", path: ["l"], end: "first" }, { $pop: { l: -1 } }],
  ])("%s", (_, node, native) => {
    expect(compile(node)).toEqual(native)
  })

  test("several, one operator for each kind", () => {
    expect(
      compile(
        { kind: "set", path: ["a"], value: 1 },
        { kind: "unset", path: ["b"] },
        { kind: "set", path: ["c"], value: 2 },
      ),
    ).toEqual({ $set: { a: 1, c: 2 }, $unset: { b: "" } })
  })
})

describe("stays with core", () => {
  test.each<[string, UpdateNode]>([
    ["addToSet of an object", { kind: "addToSet", path: ["l"], values: [1, { x: 1 }] }],
    ["addToSet of an array that holds an object", { kind: "addToSet", path: ["l"], values: [[[{}]]] }],
    ["pull of an object", pull({ x: 1 })],
    ["pull of an array that holds an object", pull([{ x: 1 }])],
    ["pull of every object", pullBy("objects", matchAll)],
    ["pull of every element", pullBy("values", matchAll)],
    ["pull of none", pullBy("values", matchNone)],
    ["pull by a bare $not", pullBy("values", not(compare("gt", [], 5)))],
    [
      "pull by a disjunction of operators",
      pullBy("values", or([compare("gt", [], 5), compare("lt", [], 1)])),
    ],
    ["pull by a field that is a whole object", pullBy("objects", compare("eq", ["o"], { x: 1 }))],
    ["min of a reference", { kind: "min", path: ["owner"], value: hex }],
    ["max of a reference", { kind: "max", path: ["team", "lead"], value: "x" }],
    ["rename of a reference", { kind: "rename", path: ["owner"], to: ["x"] }],
    ["rename to a reference", { kind: "rename", path: ["x"], to: ["owner"] }],
    ["rename of a reference's parent", { kind: "rename", path: ["team"], to: ["x"] }],
  ])("%s", (_, node) => {
    expect(compile(node)).toBeUndefined()
    expect(compile({ kind: "set", path: ["other"], value: 1 }, node)).toBeUndefined()
  })
})

test("the paths that an error may be about", () => {
  expect(changedPaths({ $set: { "a.b": 1, c: 2 }, $rename: { d: "e.f" } })).toEqual(["a.b", "c", "d", "e.f"])
})
