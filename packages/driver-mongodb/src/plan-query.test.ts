import {
  and,
  type CollectionInfo,
  compare,
  exists,
  type FilterNode,
  isIn,
  matchAll,
  matchNone,
  not,
  or,
  queryOf,
} from "@nosql/core/driver"
import { Long, ObjectId } from "mongodb"
import { describe, expect, test } from "vitest"
import { planCount, planQuery } from "./plan-query.ts"
import { planWrite } from "./plan-write.ts"

const collection: CollectionInfo = {
  name: "things",
  declared: true,
  fields: { owner: "id", total: "bigint?" },
  indexes: [
    {
      name: "a_1",
      keys: [
        { path: ["a"], direction: 1 },
        { path: ["_id"], direction: 1 },
      ],
      unique: false,
    },
  ],
  ids: "auto",
}
const hex = "65f0a1b2c3d4e5f6a7b8c9d0"
const filterOf = (filter: FilterNode) => planQuery(collection, { filter, sort: [], skip: 0 }).native.filter

describe("filters", () => {
  test.each<[string, FilterNode, object]>([
    ["everything", matchAll, {}],
    ["nothing", matchNone, { $nor: [{}] }],
    ["equality", compare("eq", ["a", "b"], 1), { "a.b": { $eq: 1 } }],
    ["null", compare("eq", ["a"], null), { a: { $eq: null } }],
    ["a range", compare("gte", ["a"], "x"), { a: { $gte: "x" } }],
    ["a bigint", compare("lt", ["a"], 2n ** 60n), { a: { $lt: Long.fromBigInt(2n ** 60n) } }],
    ["membership", isIn(["a"], [1, null]), { a: { $in: [1, null] } }],
    ["existence", exists(["a"]), { a: { $exists: true } }],
    ["a complement", not(compare("eq", ["a"], 1)), { $nor: [{ a: { $eq: 1 } }] }],
    [
      "groups",
      and([exists(["a"]), or([exists(["b"]), exists(["c"])])]),
      { $and: [{ a: { $exists: true } }, { $or: [{ b: { $exists: true } }, { c: { $exists: true } }] }] },
    ],
    ["a hex id", compare("eq", ["_id"], hex), { _id: new ObjectId(hex) }],
    ["another id", compare("eq", ["_id"], "mine"), { _id: "mine" }],
    ["a declared reference", compare("eq", ["owner"], hex), { owner: { $eq: new ObjectId(hex) } }],
    ["hex text elsewhere", compare("eq", ["a"], hex), { a: { $eq: hex } }],
  ])("%s", (_, node, expected) => {
    expect(filterOf(node)).toEqual(expected)
  })
})

describe("reads", () => {
  test("everything goes down", () => {
    const projection = { kind: "include", paths: [["a"]], id: true } as const
    const plan = planQuery(collection, {
      filter: compare("eq", ["a"], 1),
      sort: [{ path: ["b"], direction: -1 }],
      skip: 2,
      limit: 3,
      projection,
    })
    expect(plan).toMatchObject({
      access: "index",
      index: "a_1",
      native: { filter: { a: { $eq: 1 } }, sort: { b: -1 }, skip: 2, limit: 3, projection: { a: 1 } },
      remaining: {},
    })
  })

  test("a whole object is narrowed there and finished here, with the window and the projection", () => {
    const filter = compare("eq", ["o"], { x: 1 })
    const projection = { kind: "include", paths: [], id: true } as const
    const plan = planQuery(collection, {
      filter,
      sort: [{ path: ["b"], direction: 1 }],
      skip: 2,
      limit: 3,
      projection,
    })
    expect(plan.native).toEqual({
      filter: { $and: [{ o: { $type: "object" } }, { "o.x": { $eq: 1 } }] },
      sort: { b: 1 },
    })
    expect(plan.remaining).toEqual({ filter, skip: 2, limit: 3, projection })
  })

  test("a superset is never negated", () => {
    expect(filterOf(not(compare("eq", ["o"], { x: 1 })))).toEqual({})
    expect(filterOf(not(compare("eq", ["o"], [1, 2])))).toEqual({})
    expect(filterOf(not(and([exists(["a"]), compare("eq", ["o"], { x: 1 })])))).toEqual({})
  })

  test("an inexact filter is not counted there", () => {
    expect(planCount(collection, queryOf(compare("eq", ["o"], { x: 1 })))).toBeUndefined()
    expect(planCount(collection, queryOf(exists(["a"])))?.native).toEqual({
      filter: { a: { $exists: true } },
    })
  })
})

describe("writes", () => {
  test("an update is one request", () => {
    const update = [
      { kind: "set", path: ["a", "b"], value: "x" },
      { kind: "set", path: ["owner"], value: hex },
      { kind: "unset", path: ["c"] },
      { kind: "inc", path: ["n"], by: 0.5 },
      { kind: "inc", path: ["m"], by: 5 },
      { kind: "push", path: ["l"], values: [[1]] },
    ] as const
    expect(
      planWrite(collection, { kind: "update", filter: exists(["a"]), many: true, update })?.native,
    ).toEqual({
      kind: "update",
      many: true,
      filter: { a: { $exists: true } },
      update: {
        $set: { "a.b": "x", owner: new ObjectId(hex) },
        $unset: { c: "" },
        $inc: { n: 0.5, m: Long.fromNumber(5) },
        $push: { l: { $each: [[1]] } },
      },
    })
  })

  test("an upsert is seeded by the server, save for an _id that nobody gave and a path that the filter names twice", () => {
    const update = [{ kind: "inc", path: ["n"], by: 1 }] as const
    const plan = (filter: FilterNode, idGiven: boolean) =>
      planWrite(collection, {
        kind: "update",
        filter,
        many: false,
        update,
        upsert: { document: { _id: hex, n: 1 }, idGiven },
      })
    const a1 = compare("eq", ["a"], 1)
    expect(plan(and([a1, compare("eq", ["_id"], hex)]), true)?.native).toMatchObject({
      upsert: true,
      update: { $inc: { n: Long.fromNumber(1) } },
    })
    expect(plan(a1, false)?.native).toMatchObject({
      upsert: true,
      update: { $inc: { n: Long.fromNumber(1) }, $setOnInsert: { _id: new ObjectId(hex) } },
    })
    expect(plan(and([a1, exists(["b"]), a1]), true)).toBeUndefined()
    expect(plan(and([a1, compare("gte", ["a"], 1)]), true)).toBeDefined()
  })

  test("an inexact filter is never written through", () => {
    const filter = compare("eq", ["o"], { x: 1 })
    expect(planWrite(collection, { kind: "delete", filter, many: true })).toBeUndefined()
  })
})

test("a key of digits keeps its place in a sort: an object would put it first", () => {
  const sort = (...paths: string[]) =>
    planQuery(
      collection,
      queryOf(matchAll, { sort: paths.map((path) => ({ path: path.split("."), direction: -1 as const })) }),
    ).native.sort
  expect(sort("a", "7", "_id")).toEqual([
    ["a", -1],
    ["7", -1],
    ["_id", -1],
  ])
  expect(Object.keys(sort("a", "b.7") ?? {})).toEqual(["a", "b.7"])
  expect(sort("7")).toEqual({ 7: -1 })
})

test("what lies behind a position stands beside the filter, and goes down though core finishes the filter", () => {
  const sort = [{ path: ["_id"], direction: 1 as const }]
  const inexact = compare("eq", ["a"], [1])
  const { native, remaining } = planQuery(collection, queryOf(inexact, { sort, after: ["x"], limit: 2 }))
  expect(native.filter["$and"]).toHaveLength(2)
  expect(native.filter["$and"]?.[1]).toMatchObject({ $or: [{ _id: { $gt: "x" } }, {}] })
  expect(remaining).toEqual({ filter: inexact, limit: 2 })
  expect(planQuery(collection, queryOf(matchAll, { sort, after: ["x"] })).native.filter).toMatchObject({
    $or: [{ _id: { $gt: "x" } }, {}],
  })
})
