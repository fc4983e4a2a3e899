import { defineCollection } from "@nosql/core"
import { collectionInfo } from "@nosql/core/driver"
import { describe, expect, test } from "vitest"
import {
  declaredComposites,
  indexesFor,
  indexNeeds,
  isServed,
  printIndex,
  printNeeds,
} from "./composite-index.ts"
import type { FirestoreCollection } from "./firestore-collection.ts"
import { type NativeFilter, where } from "./native-query.ts"

const by = (...keys: string[]) =>
  keys.map((key) => ({
    path: [key.replace("-", "")],
    direction: key.startsWith("-") ? (-1 as const) : (1 as const),
  }))
const needs = (filters: readonly NativeFilter[], ...order: string[]) =>
  indexNeeds({ where: filters, orderBy: by(...order) }, {})
const printed = (filters: readonly NativeFilter[], ...order: string[]) =>
  needs(filters, ...order)
    .flatMap(indexesFor)
    .map(printIndex)
const a = where(["a"], "==", 1)
const b = where(["b"], "==", 2)
const range = where(["r"], ">", 3)
const element = where(["t"], "array-contains", "x")

// https://firebase.google.com/docs/firestore/query-data/index-overview
describe("what the automatic indexes serve", () => {
  test.each<[string, readonly NativeFilter[], string[]]>([
    ["everything", [], []],
    ["by name", [], ["_id"]],
    ["an equality", [a], []],
    ["equalities, merged", [a, b], []],
    ["equalities and an element", [a, b, element], []],
    ["equalities by name", [a, b], ["_id"]],
    ["a list", [where(["a"], "in", [1, 2]), b], []],
    [
      "alternatives of equalities",
      [{ kind: "or", filters: [a, { kind: "and", filters: [b, element] }] }],
      [],
    ],
    ["a range", [range], []],
    ["a range in its order", [range], ["r"]],
    ["a range backwards, by name", [range], ["-r", "-_id"]],
    ["an order", [], ["-a"]],
    ["a range of ids beside an equality", [where(["_id"], ">", "m"), a], []],
    ["an order by what is fixed", [a], ["a"]],
    ["not a value", [where(["a"], "!=", 1)], []],
  ])("%s", (_, filters, order) => {
    expect(needs(filters, ...order)).toEqual([])
  })
})

describe("what needs a composite index", () => {
  test.each<[string, readonly NativeFilter[], string[], string[]]>([
    ["an equality and a range", [a, range], [], ['{ keys: { "a": 1, "r": 1 } }']],
    ["an equality and an order", [b, a], ["-o"], ['{ keys: { "a": 1, "b": 1, "o": -1 } }']],
    ["an element and an order", [element], ["o"], ['{ keys: { "t": 1, "o": 1 } }']],
    ["two orders", [], ["o", "-p"], ['{ keys: { "o": 1, "p": -1 } }']],
    ["an order and a range", [range], ["-o"], ['{ keys: { "o": -1, "r": -1 } }']],
    ["two ranges", [where(["z"], "<", 1), range], [], ['{ keys: { "r": 1, "z": 1 } }']],
    ["ids against the order", [], ["o", "-_id"], ['{ keys: { "o": 1, "_id": -1 } }']],
    [
      "each alternative its own",
      [{ kind: "or", filters: [a, b] }],
      ["o"],
      ['{ keys: { "a": 1, "o": 1 } }', '{ keys: { "b": 1, "o": 1 } }'],
    ],
  ])("%s", (_, filters, order, expected) => {
    expect(printed(filters, ...order)).toEqual(expected)
  })
})

describe("isServed", () => {
  const declared = declaredComposites(
    collectionInfo(
      defineCollection("c", {
        fields: { t: "array", s: "string" },
        indexes: [
          { keys: { s: 1 } },
          { keys: { a: 1, o: -1 } },
          { keys: { b: 1, o: -1 } },
          { keys: { t: 1, o: 1 }, unique: true },
          { keys: { words: "text" } },
        ],
        ttl: { field: "until" },
      }),
    ),
  )

  test("declared indexes of several fields; arrays by their elements; single fields, texts and ttls make none", () => {
    expect(declared).toEqual([
      [
        { path: ["a"], mode: 1 },
        { path: ["o"], mode: -1 },
      ],
      [
        { path: ["b"], mode: 1 },
        { path: ["o"], mode: -1 },
      ],
      [
        { path: ["t"], mode: "contains" },
        { path: ["o"], mode: 1 },
      ],
    ])
  })

  test.each<[boolean, readonly NativeFilter[], string[]]>([
    [true, [a], ["-o"]],
    [true, [a, b], ["-o", "-_id"]],
    [true, [element], ["o"]],
    [false, [a], ["o"]],
    [false, [a], ["-o", "_id"]],
    [false, [a, where(["c"], "==", 1)], ["-o"]],
    [false, [where(["t"], "==", [1])], ["o"]],
    [false, [], ["a", "o"]],
    [true, [], ["a", "-o"]],
    [false, [], ["a", "-o", "_id"]],
  ])("%s: %j %j", (served, filters, order) => {
    const open = needs(filters, ...order)
    expect(open.length).toBe(1)
    expect(open.every((need) => isServed(need, declared))).toBe(served)
  })
})

describe("a collection group", () => {
  const group = { group: "c" }
  const collection = {
    ...collectionInfo(
      defineCollection("c", {
        fields: { t: "array" },
        indexes: [{ keys: { a: 1 } }, { keys: { b: 1 } }, { keys: { t: 1 } }, { keys: { a: 1, o: -1 } }],
      }),
    ),
    ...group,
  }
  const declared = declaredComposites(collection)
  const open = (filters: readonly NativeFilter[], ...order: string[]) =>
    indexNeeds({ where: filters, orderBy: by(...order) }, group).filter((need) => !isServed(need, declared))

  test.each<[string, readonly NativeFilter[], string[], string]>([
    ["everything, by name", [], ["_id"], ""],
    ["an equality", [a], [], '{ keys: { "a": 1 } }'],
    ["equalities, merged", [b, a], [], '{ keys: { "a": 1 } } and { keys: { "b": 1 } }'],
    ["an element", [element], [], '{ keys: { "t": 1 } }'],
    ["a range backwards", [range], ["-r"], '{ keys: { "r": -1 } }'],
    ["an order", [], ["o"], '{ keys: { "o": 1 } }'],
    ["an equality and an order", [a], ["-o"], '{ keys: { "a": 1, "o": -1 } }'],
    ["alternatives", [{ kind: "or", filters: [a, b] }], [], '{ keys: { "a": 1 } } and { keys: { "b": 1 } }'],
  ])("no index is automatic: %s", (_, filters, order, expected) => {
    expect(printNeeds(indexNeeds({ where: filters, orderBy: by(...order) }, group), collection)).toBe(
      expected,
    )
  })

  test.each<[readonly NativeFilter[], string[], string]>([
    [[a, b, element], [], ""],
    [[], ["a"], ""],
    [[], ["-a", "-_id"], ""],
    [[where(["a"], ">", 1)], ["-a"], ""],
    [[a], ["-o"], ""],
    [[a], ["o"], '{ keys: { "a": 1, "o": 1 } }'],
    [[b], ["-o"], '{ keys: { "b": 1, "o": -1 } }'],
    [[a, range], [], '{ keys: { "a": 1, "r": 1 } }'],
    [[where(["c"], "==", 1)], [], '{ keys: { "c": 1 } }'],
    [[where(["t"], "==", ["x"])], [], '{ keys: { "t": 1 } }'],
    [[], ["t"], '{ keys: { "t": 1 } }'],
  ])("%j by %j: %s is not declared", (filters, order, missing) => {
    expect(printNeeds(open(filters, ...order), collection)).toBe(missing)
  })
})

test("what is searched by its elements must be declared an array", () => {
  const named: FirestoreCollection = collectionInfo("c")
  const ordered = indexNeeds({ where: [element, a], orderBy: by("-o") }, named)
  expect(printNeeds(ordered, named)).toBe(
    '{ keys: { "a": 1, "t": 1, "o": -1 } } with fields: { "t": "array?" }',
  )
  const info = collectionInfo(defineCollection("c", { fields: { t: "array?" } }))
  expect(printNeeds(ordered, info)).toBe('{ keys: { "a": 1, "t": 1, "o": -1 } }')
})
