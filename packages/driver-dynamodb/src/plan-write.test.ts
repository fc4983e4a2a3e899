import {
  and,
  type CollectionInfo,
  compare,
  type FilterNode,
  fold,
  type IndexInfo,
  type UpdateNode,
} from "@nosql/core/driver"
import { describe, expect, test } from "vitest"
import { planWrite } from "./plan-write.ts"
import { tableState } from "./table-state.ts"

const collection: CollectionInfo = { name: "things", declared: true, fields: {}, indexes: [], ids: "auto" }
const index = (name: string, paths: readonly string[], unique = false): IndexInfo => ({
  name,
  keys: paths.map((path) => ({ path: path.split("."), direction: 1 })),
  unique,
})
const stateOf = (...indexes: readonly IndexInfo[]) =>
  tableState("things", {
    version: 3,
    indexes: indexes.map((info) => ({ info, state: "ready", since: 0 })),
    hadTtl: false,
  })

const byId = compare("eq", ["_id"], "a")
const plan = (update: readonly UpdateNode[], indexes: readonly IndexInfo[] = [], filter: FilterNode = byId) =>
  planWrite(collection, { kind: "update", filter: fold(filter), many: false, update }, stateOf(...indexes))
    ?.native
const set = (path: string, value: never): UpdateNode => ({ kind: "set", path: path.split("."), value })
const inc = (path: string): UpdateNode => ({ kind: "inc", path: path.split("."), by: 2 })

test("where there was a ttl, an update removes what it left: the document would be swept", () => {
  const planned = (hadTtl: boolean) =>
    planWrite(
      collection,
      { kind: "update", filter: byId, many: false, update: [set("a", 1 as never)] },
      tableState("things", { version: 3, indexes: [], hadTtl }),
    )?.native
  const { UpdateExpression = "", ExpressionAttributeNames = {} } = planned(true) as never as Record<
    string,
    never
  >
  expect(UpdateExpression).toMatch(/ REMOVE #\w+$/)
  expect(Object.values(ExpressionAttributeNames)).toContain("_nosql_ttl")
  expect((planned(false) as never as Record<string, never>)["UpdateExpression"]).not.toContain("REMOVE")
})

/** With the placeholders filled in; the revision is random. */
function text(update: readonly UpdateNode[], indexes: readonly IndexInfo[] = [], filter?: FilterNode) {
  const native = plan(update, indexes, filter)
  if (native?.kind !== "update") return undefined
  const fill = (expression: string) =>
    expression
      .replaceAll(/#\d+/g, (alias) => native.ExpressionAttributeNames?.[alias] ?? alias)
      .replaceAll(/:\d+/g, (alias) => {
        const value = native.ExpressionAttributeValues?.[alias]
        if (value?.N === native.revision.N) return "REV"
        return value?.B === undefined ? JSON.stringify(value) : "BYTES"
      })
  return { update: fill(native.UpdateExpression), condition: fill(native.ConditionExpression) }
}

describe("planWrite", () => {
  test("one update by _id: the change, a fresh revision, and that the document is there", () => {
    expect(text([set("a", 1 as never), inc("n"), { kind: "unset", path: ["u"] }])).toEqual({
      update: 'SET a = {"N":"1"}, n = if_not_exists(n, {"N":"0"}) + {"N":"2"}, _nosql_rev = REV REMOVE u',
      condition: "attribute_exists(_nosql_pk) AND _nosql_rev <> REV",
    })
  })

  test("with places in indexes to keep, the document is one of ours, which has a revision", () => {
    const condition = "attribute_exists(_nosql_rev) AND _nosql_rev <> REV"
    expect(text([inc("n")], [index("k_1", ["k"])])?.condition).toBe(condition)
    const ttl = {
      info: { ...index("at_1_ttl", ["at"]), expireAfterSeconds: 0 },
      state: "ready",
      since: 0,
    } as const
    const update = { kind: "update", filter: byId, many: false, update: [inc("n")] } as const
    const native = planWrite(
      collection,
      update,
      tableState("things", { version: 3, indexes: [ttl], hadTtl: false }),
    )?.native
    expect(Object.values(native?.ExpressionAttributeNames ?? {})).toEqual(["n", "_nosql_rev"])
  })

  test("what else the filter says is the condition", () => {
    const filter = and([byId, compare("gt", ["n"], 5)])
    expect(text([set("a", 1 as never)], [], filter)?.condition).toBe(
      'attribute_exists(_nosql_pk) AND _nosql_rev <> REV AND n > {"N":"5"}',
    )
  })

  test("what a nested path passes through has to be an object, which a date is not", () => {
    expect(text([set("a.b", 1 as never)])?.condition).toBe(
      'attribute_exists(_nosql_pk) AND _nosql_rev <> REV AND attribute_type(a, {"S":"M"}) AND attribute_not_exists(a._nosql_date)',
    )
  })

  test("$push appends or puts in front; what it sorts or cuts is read", () => {
    const push = (options: object): UpdateNode => ({ kind: "push", path: ["l"], values: [1], ...options })
    expect(text([push({})])?.update).toContain(
      'l = list_append(if_not_exists(l, {"L":[]}), {"L":[{"N":"1"}]})',
    )
    expect(text([push({ position: 0 })])?.update).toContain(
      'l = list_append({"L":[{"N":"1"}]}, if_not_exists',
    )
    expect(plan([push({ slice: 3 })])).toBeUndefined()
    expect(plan([push({ position: 1 })])).toBeUndefined()
  })

  test.each<[string, UpdateNode]>([
    ["a digit may index an array", set("l.0", 1 as never)],
    ["$mul", { kind: "mul", path: ["n"], by: 2 }],
    ["$min below a digit", { kind: "min", path: ["l", "0"], value: 2 }],
    ["$rename to a digit", { kind: "rename", path: ["a"], to: ["b", "0"] }],
    ["$addToSet of several values", { kind: "addToSet", path: ["l"], values: [1, 2] }],
    ["$pop", { kind: "pop", path: ["l"], end: "last" }],
    ["$pull", { kind: "pull", path: ["l"], of: "values", filter: compare("eq", [], 1) }],
  ])("%s: read, applied and written on condition", (_, node) => {
    expect(plan([node])).toBeUndefined()
  })

  const there = "attribute_exists(_nosql_pk) AND _nosql_rev <> REV"
  test.each<[string, UpdateNode, string, string]>([
    [
      "$max of a number",
      { kind: "max", path: ["n"], value: 2 },
      'n = {"N":"2"}',
      '(attribute_not_exists(n) OR n < {"N":"2"})',
    ],
    [
      "$min of a string",
      { kind: "min", path: ["s"], value: "b" },
      's = {"S":"b"}',
      '(attribute_not_exists(s) OR s > {"S":"b"})',
    ],
    [
      "$max of a date",
      { kind: "max", path: ["t"], value: new Date(5) },
      't = {"M":{"_nosql_date":{"N":"5"}}}',
      '(attribute_not_exists(t) OR t._nosql_date < {"N":"5"})',
    ],
    [
      "$max of true",
      { kind: "max", path: ["b"], value: true },
      'b = {"BOOL":true}',
      '(attribute_not_exists(b) OR b = {"BOOL":false})',
    ],
    [
      "$min of true",
      { kind: "min", path: ["b"], value: true },
      'b = {"BOOL":true}',
      "attribute_not_exists(b)",
    ],
    [
      "$min of null",
      { kind: "min", path: ["n"], value: null },
      'n = {"NULL":true}',
      'NOT attribute_type(n, {"S":"NULL"})',
    ],
    [
      "$max of null",
      { kind: "max", path: ["n"], value: null },
      'n = {"NULL":true}',
      "attribute_not_exists(n)",
    ],
    [
      "$addToSet",
      { kind: "addToSet", path: ["l"], values: [1] },
      'l = list_append(if_not_exists(l, {"L":[]}), {"L":[{"N":"1"}]})',
      '(attribute_not_exists(l) OR attribute_type(l, {"S":"L"}) AND NOT (attribute_type(l, {"S":"L"}) AND contains(l, {"N":"1"})))',
    ],
  ])("%s is set on the condition that it changes something", (_, node, change, condition) => {
    expect(text([node])).toEqual({
      update: `SET ${change}, _nosql_rev = REV`,
      condition: `${there} AND ${condition}`,
    })
  })

  test("$rename moves what is there", () => {
    expect(text([{ kind: "rename", path: ["a"], to: ["b"] }])).toEqual({
      update: "SET b = a, _nosql_rev = REV REMOVE a",
      condition: `${there} AND attribute_exists(a)`,
    })
  })

  test("$currentDate sets the time of this process", () => {
    expect(text([{ kind: "currentDate", path: ["t"] }])?.update).toMatch(
      /^SET t = \{"M":\{"_nosql_date":\{"N":"\d{13}"\}\}\}, _nosql_rev = REV$/,
    )
  })

  test("a replacement that inserts asks for nothing to be there; with another condition, or as an update, it is core's", () => {
    const upsert = { document: { _id: "a", x: 1 }, idGiven: true }
    const replace = { kind: "replace", filter: byId, many: false, replacement: { x: 1 }, upsert } as const
    expect(planWrite(collection, replace, stateOf())?.native).toMatchObject({
      kind: "replace",
      upsert: true,
      ConditionExpression: "#0 <> :0",
      ExpressionAttributeNames: { "#0": "_nosql_rev" },
      Item: { _nosql_pk: { S: "d#a" }, x: { N: "1" } },
    })
    const filter = and([byId, compare("eq", ["x"], 2)])
    expect(planWrite(collection, { ...replace, filter }, stateOf())).toBeUndefined()
    expect(planWrite(collection, replace, stateOf(index("email_1", ["email"], true)))).toBeUndefined()
    expect(
      planWrite(
        collection,
        { kind: "update", filter: byId, many: false, update: [inc("n")], upsert },
        stateOf(),
      ),
    ).toBeUndefined()
  })

  describe("indexes", () => {
    const byStatus = index("status_at", ["status", "at", "_id"])

    test("an index that is not touched stays as it is", () => {
      expect(text([set("a", 1 as never)], [byStatus])?.update).not.toContain("status_at")
    })

    test("each part of its key is set where the update alone says it", () => {
      expect(text([set("status", "new" as never)], [byStatus])?.update).toBe(
        'SET status = {"S":"new"}, _nosql_rev = REV, _nosql_status_at_h = BYTES',
      )
      expect(text([set("at", 5 as never)], [byStatus])?.update).toContain("_nosql_status_at_r = BYTES")
      expect(text([{ kind: "unset", path: ["status"] }], [byStatus])?.update).toContain(
        "_nosql_status_at_h = BYTES",
      )
    })

    test("where a $max or a $currentDate is done, its value is known", () => {
      expect(text([{ kind: "max", path: ["at"], value: 5 }], [byStatus])?.update).toContain(
        "_nosql_status_at_r = BYTES",
      )
      expect(text([{ kind: "currentDate", path: ["at"] }], [byStatus])?.update).toContain(
        "_nosql_status_at_r = BYTES",
      )
      expect(plan([{ kind: "rename", path: ["a"], to: ["at"] }], [byStatus])).toBeUndefined()
    })

    test("else the document is read", () => {
      expect(plan([inc("at")], [byStatus])).toBeUndefined()
      expect(plan([set("a", 1 as never)], [index("ab", ["k", "a", "b"])])).toBeUndefined()
      expect(plan([set("a.b", 1 as never)], [index("a_1", ["a"])])).toBeUndefined()
      expect(text([set("a", { b: 1 } as never)], [index("a.b_1", ["a.b"])])?.update).toContain(
        "_nosql_a.b_1_h = BYTES",
      )
    })

    test("values of unique indexes are written with the items that hold them", () => {
      const unique = index("email_1", ["email"], true)
      expect(plan([set("email", "a" as never)], [unique])).toBeUndefined()
      expect(plan([set("name", "a" as never)], [unique])).toBeDefined()
      const request = { kind: "delete", filter: byId, many: false } as const
      expect(planWrite(collection, request, stateOf(unique))).toBeUndefined()
      expect(planWrite(collection, request, stateOf())).toMatchObject({ access: "key" })
    })

    test("the time of expiry follows its date", () => {
      const ttl: IndexInfo = { ...index("at_1_ttl", ["at"]), expireAfterSeconds: 10 }
      expect(text([set("at", new Date(1500) as never)], [ttl])?.update).toContain('_nosql_ttl = {"N":"12"}')
      expect(text([{ kind: "unset", path: ["at"] }], [ttl])?.update).toContain("REMOVE at, _nosql_ttl")
    })
  })

  test("a filter that DynamoDB cannot be asked exactly, or without an _id, is core's", () => {
    const sized: FilterNode = { kind: "mod", path: ["n"], divisor: 2, remainder: 0 } as never
    expect(plan([set("a", 1 as never)], [], and([byId, sized]))).toBeUndefined()
    expect(plan([set("a", 1 as never)], [], compare("eq", ["n"], 1))).toBeUndefined()
  })
})
