import type { FieldDeclaration } from "@nosql/contracts"
import { type CollectionInfo, compare, nativeValue, type UpdateNode } from "@nosql/core/driver"
import { describe, expect, test } from "vitest"
import { compileUpdate } from "./compile-update.ts"

const fields: Record<string, FieldDeclaration> = {
  n: "number",
  "deep.n": "number?",
  big: "bigint",
  nullable: "number|null",
  text: "string",
  tags: "array",
  loose: "array?",
}
const collection: CollectionInfo = { name: "things", declared: true, fields, indexes: [], ids: "auto" }
const compile = (...update: UpdateNode[]) => compileUpdate(update, collection)
const pull = (path: string, value: number | null): UpdateNode => ({
  kind: "pull",
  path: [path],
  of: "values",
  filter: compare("eq", [], value),
})

describe("blind, because nothing else can be there", () => {
  test.each<[string, UpdateNode, object]>([
    ["$set of a field", { kind: "set", path: ["x"], value: [1] }, { kind: "set", path: ["x"], value: [1] }],
    [
      "$set behind declared objects",
      { kind: "set", path: ["deep", "n"], value: 1 },
      { kind: "set", path: ["deep", "n"], value: 1 },
    ],
    ["$unset of a field", { kind: "unset", path: ["x"] }, { kind: "unset", path: ["x"] }],
    ["$inc of a number", { kind: "inc", path: ["n"], by: 0.5 }, { kind: "increment", path: ["n"], by: 0.5 }],
    ["$inc of a bigint", { kind: "inc", path: ["big"], by: 2n }, { kind: "increment", path: ["big"], by: 2 }],
    [
      "$addToSet to an array, missing or not",
      { kind: "addToSet", path: ["loose"], values: ["a", 1] },
      { kind: "union", path: ["loose"], values: ["a", 1] },
    ],
    ["$pull from an array that is there", pull("tags", 1), { kind: "remove", path: ["tags"], values: [1] }],
  ])("%s", (_, node, change) => {
    expect(compile(node)).toEqual([change])
  })

  test("$setOnInsert is nothing where nothing is inserted", () => {
    const setOnInsert: UpdateNode = { kind: "setOnInsert", path: ["x"], value: 1 }
    expect(compile(setOnInsert, { kind: "unset", path: ["y"] })).toEqual([{ kind: "unset", path: ["y"] }])
    expect(compile(setOnInsert)).toBeUndefined()
  })
})

describe("read, applied and written on condition, because something else can be there", () => {
  test.each<[string, UpdateNode]>([
    ["$set behind what may be a scalar", { kind: "set", path: ["other", "n"], value: 1 }],
    [
      "$set of a date that Firestore has not",
      { kind: "set", path: ["x"], value: new Date(Date.UTC(10_000, 0)) },
    ],
    ["$unset behind what may be a scalar", { kind: "unset", path: ["deep", "n"] }],
    ["$inc of what is not declared", { kind: "inc", path: ["x"], by: 1 }],
    ["$inc of a string", { kind: "inc", path: ["text"], by: 1 }],
    ["$inc of what may be null", { kind: "inc", path: ["nullable"], by: 1 }],
    ["$inc of a bigint by a half", { kind: "inc", path: ["big"], by: 0.5 }],
    ["$inc by more than a double holds", { kind: "inc", path: ["big"], by: 2n ** 60n }],
    ["$addToSet of objects", { kind: "addToSet", path: ["tags"], values: [{ a: 1 }] }],
    [
      "$addToSet of a carried value",
      {
        kind: "addToSet",
        path: ["tags"],
        values: [nativeValue({ driver: "firestore", type: "double", text: "1e300" })],
      },
    ],
    ["$addToSet of nothing", { kind: "addToSet", path: ["tags"], values: [] }],
    ["$addToSet to what is not declared", { kind: "addToSet", path: ["x"], values: [1] }],
    ["$pull from what may be missing", pull("loose", 1)],
    ["$pull by another test", { kind: "pull", path: ["tags"], of: "values", filter: compare("gt", [], 1) }],
    ["$mul", { kind: "mul", path: ["n"], by: 2 }],
    ["$min", { kind: "min", path: ["n"], value: 2 }],
    ["$rename", { kind: "rename", path: ["n"], to: ["m"] }],
    ["$currentDate", { kind: "currentDate", path: ["x"] }],
    ["$push", { kind: "push", path: ["tags"], values: [1] }],
    ["$pop", { kind: "pop", path: ["tags"], end: "first" }],
    ["a field that every object has", { kind: "set", path: ["constructor"], value: 1 }],
  ])("%s", (_, node) => {
    expect(compile(node)).toBeUndefined()
  })
})
