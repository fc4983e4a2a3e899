import type { Value } from "@nosql/contracts"
import { defineCollection } from "@nosql/core"
import {
  and,
  collectionInfo,
  compare,
  contains,
  type FilterNode,
  isIn,
  matchAll,
  matchNone,
  not,
  or,
  type Query,
  queryOf,
  regex,
} from "@nosql/core/driver"
import { describe, expect, test } from "vitest"
import type { FirestoreCollection } from "./firestore-collection.ts"
import { where } from "./native-query.ts"
import { planCount } from "./plan-count.ts"
import { planQuery } from "./plan-query.ts"

const named = collectionInfo("orders")
const declared = collectionInfo(
  defineCollection("orders", {
    fields: { status: "string", at: "date", total: "number", owner: "string", rank: "number?" },
    indexes: [{ keys: { status: 1, at: -1 } }, { keys: { owner: 1, at: -1 } }, { keys: { at: 1, total: 1 } }],
  }),
)
const single = collectionInfo(defineCollection("orders", { indexes: [{ keys: { status: 1 } }] }))
const eq = (path: string, value: Value) => compare("eq", [path], value)
const by = (...keys: string[]) =>
  keys.map((key) => ({
    path: [key.replace("-", "")],
    direction: key.startsWith("-") ? (-1 as const) : (1 as const),
  }))
const of = (
  filter: FilterNode,
  options: Omit<Partial<Query>, "filter"> = {},
  collection: FirestoreCollection = declared,
) => planQuery(collection, queryOf(filter, options))
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

describe("by name", () => {
  test("one id, several, and what is asked beside", () => {
    expect(of(eq("_id", "a"))).toEqual({
      access: "key",
      reasons: ["_id is given"],
      native: { kind: "get", ids: ["a"] },
      remaining: {},
    })
    const status = eq("status", "x")
    expect(
      of(and([isIn(["_id"], ["b", "a/b", "a"]), status]), { sort: by("at"), skip: 1, limit: 2 }),
    ).toMatchObject({
      native: { kind: "get", ids: ["b", "a"] },
      remaining: { filter: status, sort: by("at"), skip: 1, limit: 2 },
    })
  })

  test("nothing is asked for what cannot be", () => {
    for (const filter of [matchNone, eq("_id", "a/b"), eq("a", new Date(8.64e15))])
      expect(of(filter)).toMatchObject({ access: "key", native: { kind: "none" }, remaining: {} })
  })

  test("a range of ids goes by key", () => {
    expect(of(compare("gt", ["_id"], "m"), { sort: by("_id"), limit: 2 })).toMatchObject({
      access: "key",
      native: { query: { where: [where(["_id"], ">", "m")], orderBy: by("_id"), limit: 2 } },
      remaining: {},
    })
  })
})

describe("one query", () => {
  test("equalities need no index but their own; window and projection go down", () => {
    const projection = { kind: "include", paths: [["a"], ["b"]], id: true } as const
    expect(of(and([eq("status", "x"), eq("owner", "me")]), { skip: 2, limit: 3, projection })).toEqual({
      access: "index",
      index: "status_1_at_-1",
      reasons: ["the automatic single-field indexes serve the query"],
      native: {
        kind: "query",
        query: {
          where: [where(["status"], "==", "x"), where(["owner"], "==", "me")],
          orderBy: [],
          offset: 2,
          limit: 3,
          select: [["a"], ["b"]],
        },
      },
      remaining: {},
    })
  })

  test("everything is read where nothing is asked", () => {
    expect(of(matchAll)).toMatchObject({
      access: "scan",
      native: { kind: "query", query: { where: [], orderBy: [] } },
      remaining: {},
    })
  })

  test("projections below the top and without _id are finished by core", () => {
    const nested = {
      kind: "include",
      paths: [
        ["a", "b"],
        ["a", "c"],
      ],
      id: true,
    } as const
    expect(of(eq("status", "x"), { projection: nested })).toMatchObject({
      native: { query: { select: [["a"]] } },
      remaining: { projection: nested },
    })
    const without = { kind: "exclude", paths: [["a"]], id: true } as const
    const plan = of(eq("status", "x"), { projection: without })
    expect(plan.native).toEqual({
      kind: "query",
      query: { where: [where(["status"], "==", "x")], orderBy: [] },
    })
    expect(plan.remaining).toEqual({ projection: without })
  })

  test("a path that is too long for Firestore is asked for nowhere", () => {
    const long = "x".repeat(1501)
    const projection = { kind: "include", paths: [["a"], [long]], id: true } as const
    expect(of(eq(long, 1), { projection, sort: [{ path: [long], direction: 1 }] })).toMatchObject({
      native: { query: { where: [], orderBy: [] } },
      remaining: { filter: eq(long, 1), sort: [{ path: [long], direction: 1 }], projection },
    })
    expect(of(eq("status", "x"), { projection })).toMatchObject({ native: { query: { select: [["a"]] } } })
  })

  test("a filter that stays keeps the window, and is read page by page", () => {
    const mod = regex(["name"], "x", "")
    expect(of(and([eq("status", "x"), mod]), { skip: 10, limit: 30 })).toMatchObject({
      access: "index",
      native: { kind: "query", query: { where: [where(["status"], "==", "x")], orderBy: [] }, pageSize: 50 },
      remaining: { filter: mod, skip: 10, limit: 30 },
    })
    expect(of(mod)).toMatchObject({
      access: "scan",
      native: { query: { where: [] } },
      remaining: { filter: mod },
    })
  })

  test("a hidden ttl is looked at after the read", () => {
    const expiring = collectionInfo(defineCollection("sessions", { ttl: { field: "until" } }))
    const visible = not(compare("lte", ["until"], new Date(5)))
    expect(of(and([eq("user", "me"), visible]), { limit: 5 }, expiring)).toMatchObject({
      access: "index",
      native: { query: { where: [where(["user"], "==", "me")] }, pageSize: 20 },
      remaining: { filter: visible, limit: 5 },
    })
  })
})

describe("indexes of several fields", () => {
  const since = compare("gte", ["at"], new Date(5))
  const status = eq("status", "x")

  test("a declared one is used in its own direction", () => {
    const plan = of(and([status, since]))
    expect(plan).toMatchObject({
      access: "index",
      index: "status_1_at_-1",
      native: {
        query: {
          where: [where(["status"], "==", "x"), where(["at"], ">=", new Date(5))],
          orderBy: by("-at"),
        },
      },
      remaining: {},
    })
    expect(plan.reasons).toEqual([
      'the query needs the composite index { keys: { "status": 1, "at": -1 } }, which is declared',
    ])
  })

  test("several that end alike are merged", () => {
    expect(of(and([status, eq("owner", "me"), since])).remaining).toEqual({})
  })

  test("without one the range is finished by core, which says what to declare", () => {
    const above = compare("gt", ["total"], 5)
    const plan = of(and([status, above]))
    expect(plan).toMatchObject({
      access: "index",
      native: { query: { where: [where(["status"], "==", "x")], orderBy: [] } },
      remaining: { filter: above },
    })
    expect(plan.reasons.at(-1)).toContain('declare { keys: { "status": 1, "total": 1 } }')
  })

  test("of a collection that is only named the server knows the indexes", () => {
    const plan = of(and([status, since]), {}, named)
    expect(plan).toMatchObject({
      access: "unknown",
      native: { query: { where: [where(["status"], "==", "x"), where(["at"], ">=", new Date(5))] } },
      remaining: {},
    })
    expect(plan.reasons[0]).toContain('{ keys: { "status": 1, "at": 1 } }')
  })

  test("a mere superset is never worth an index that may not be there", () => {
    const sizes = regex(["name"], "^x.", "")
    expect(of(and([status, sizes]), {}, named)).toMatchObject({
      access: "index",
      native: { query: { where: [where(["status"], "==", "x")] } },
      remaining: { filter: sizes },
    })
    expect(of(sizes, {}, named)).toMatchObject({
      access: "index",
      native: { query: { where: [{ kind: "and" }] } },
      remaining: { filter: sizes },
    })
  })
})

describe("sorts", () => {
  const status = eq("status", "x")

  test("by declared keys, with an index", () => {
    expect(of(status, { sort: by("-at"), limit: 5 })).toMatchObject({
      native: { query: { where: [where(["status"], "==", "x")], orderBy: by("-at"), limit: 5 } },
      remaining: {},
    })
    expect(of(matchAll, { sort: by("at", "total") })).toMatchObject({
      access: "index",
      index: "at_1_total_1",
      native: { query: { orderBy: by("at", "total") } },
      remaining: {},
    })
    expect(of(matchAll, { sort: by("-total") })).toMatchObject({
      native: { query: { orderBy: by("-total") } },
      remaining: {},
    })
  })

  test("a key of one value is left out", () => {
    expect(of(status, { sort: by("status", "-at", "-_id") })).toMatchObject({
      native: { query: { orderBy: by("-at", "-_id") } },
      remaining: {},
    })
  })

  test.each<[string, FilterNode, ReturnType<typeof by>, string]>([
    ["a key that may be missing", matchAll, by("rank"), "declare it in `fields`"],
    ["no index", status, by("at"), 'declare { keys: { "status": 1, "at": 1 } }'],
    ["ids backwards", matchAll, by("-_id"), "no descending order of ids"],
    ["ids beside a range", compare("gt", ["total"], 1), by("_id"), 'orders by "total" before ids'],
    ["a key with several values asked for", isIn(["status"], ["x", "y"]), by("status"), "beside an equality"],
  ])("finished by core: %s", (_, filter, sort, reason) => {
    const plan = of(filter, { sort, limit: 5 })
    expect(plan.remaining).toMatchObject({ sort, limit: 5 })
    expect(plan.native).not.toMatchObject({ query: { limit: 5 } })
    expect(plan.reasons.at(-1)).toContain(reason)
  })

  test("a filter that is sent shows that a key is there", () => {
    for (const filter of [compare("gt", ["rank"], 1), not(eq("rank", null))])
      expect(of(filter, { sort: by("rank", "_id"), limit: 5 }).remaining).toEqual({})
  })

  test("a page goes on behind a position", () => {
    const after = ["x", new Date(7), "id7"]
    expect(of(status, { sort: by("status", "-at", "-_id"), after, limit: 3 })).toMatchObject({
      native: { query: { orderBy: by("-at", "-_id"), startAfter: [new Date(7), "id7"], limit: 3 } },
      remaining: {},
    })
    expect(of(matchAll, { sort: by("rank", "_id"), after: [null, "id7"], limit: 3 })).toMatchObject({
      remaining: { sort: by("rank", "_id"), after: [null, "id7"], limit: 3 },
    })
    const name = regex(["name"], "x", "")
    expect(of(and([status, name]), { sort: by("_id"), after: ["id7"], limit: 3 })).toMatchObject({
      native: { query: { orderBy: by("_id"), startAfter: ["id7"] }, pageSize: 20 },
      remaining: { filter: name, limit: 3 },
    })
  })
})

describe("several queries", () => {
  test("more values than one query takes", () => {
    const plan = of(isIn(["rank"], numbers(70)), { sort: by("at"), skip: 1, limit: 5 }, named)
    expect(plan.native).toMatchObject({ kind: "queries", queries: { length: 3 }, skip: 0 })
    const merged = of(isIn(["total"], numbers(70)), { sort: by("-_id"), skip: 1, limit: 5 }).native
    expect(merged).not.toHaveProperty("order")
    const unsorted = of(isIn(["rank"], numbers(70)), { skip: 1, limit: 5 })
    expect(unsorted).toMatchObject({
      native: {
        kind: "queries",
        queries: [
          { where: [where(["rank"], "in", numbers(30))], limit: 6 },
          { where: [where(["rank"], "in", numbers(60).slice(30))], limit: 6 },
          { where: [where(["rank"], "in", numbers(70).slice(60))], limit: 6 },
        ],
        skip: 1,
        limit: 5,
      },
      remaining: {},
    })
  })

  test("are merged in one order", () => {
    const projection = { kind: "include", paths: [["a"]], id: true } as const
    expect(
      of(isIn(["owner"], [...numbers(40).map(String)]), { sort: by("-at"), limit: 5, projection }),
    ).toMatchObject({
      native: {
        kind: "queries",
        queries: [
          { orderBy: by("-at"), limit: 5 },
          { orderBy: by("-at"), limit: 5 },
        ],
        order: by("-at"),
        limit: 5,
      },
      remaining: { projection },
    })
  })

  test("an alternative with a range of its own would leave out what lacks it", () => {
    const either = or([eq("a", 1), compare("gt", ["b"], 2)])
    expect(of(either)).toMatchObject({
      access: "index",
      native: {
        kind: "queries",
        queries: [{ where: [where(["a"], "==", 1)] }, { where: [where(["b"], ">", 2)] }],
      },
      remaining: {},
    })
    expect(of(or([eq("a", 1), compare("gt", ["total"], 2)])).native).toMatchObject({ kind: "queries" })
    expect(of(or([eq("a", 1), compare("gt", ["total"], 2)]), {}, named).native).toMatchObject({
      kind: "queries",
    })
  })

  test("one array-contains each", () => {
    expect(of(and([contains(["a"], [1]), contains(["b"], [2])]))).toMatchObject({
      native: { query: { where: [where(["a"], "array-contains", 1)] } },
      remaining: { filter: contains(["b"], [2]) },
    })
    expect(of(or([contains(["a"], [1]), contains(["b"], [2])])).native).toMatchObject({ kind: "query" })
  })

  test("not more than are worth it", () => {
    const plan = of(isIn(["rank"], numbers(5000)))
    expect(plan).toMatchObject({ access: "scan", remaining: { filter: { kind: "in" } } })
  })

  test("one inequality of values a query", () => {
    const both = and([not(eq("status", "x")), not(eq("owner", "me"))])
    expect(of(both)).toMatchObject({
      native: { query: { where: [where(["status"], "!=", "x")] } },
      remaining: { filter: not(eq("owner", "me")) },
    })
  })
})

describe("a large answer of selected fields comes in pages, whose keys are selected beside", () => {
  const projection = { kind: "include", paths: [["a"]], id: true } as const

  test.each<[string, FilterNode, Partial<Query>, string[], boolean]>([
    ["by name: nothing is needed", eq("status", "x"), {}, ["a"], false],
    ["a sort's keys", eq("status", "x"), { sort: by("-at", "-_id") }, ["a", "at"], true],
    ["the key of a range", compare("gt", ["total"], 1), {}, ["a", "total"], true],
    ["a large limit", eq("status", "x"), { sort: by("-at"), limit: 2001 }, ["a", "at"], true],
    ["one answer: nothing is needed", eq("status", "x"), { sort: by("-at"), limit: 2000 }, ["a"], false],
  ])("%s", (_, filter, options, select, cut) => {
    expect(of(filter, { ...options, projection })).toMatchObject({
      native: { kind: "query", query: { select: select.map((field) => [field]) } },
    })
    expect(of(filter, { ...options, projection }).remaining).toEqual(cut ? { projection } : {})
  })

  test("what is selected already is not selected twice", () => {
    const at = { kind: "include", paths: [["at"]], id: true } as const
    const plan = of(eq("status", "x"), { sort: by("-at"), projection: at })
    expect(plan).toMatchObject({ native: { query: { select: [["at"]] } } })
    expect(plan.remaining).toEqual({})
  })
})

describe("a collection group", () => {
  const group = { ...named, group: "orders" }
  const known = { ...declared, group: "orders" }

  test("ids are paths, and only those of the group", () => {
    const ids = ["users/ada/orders/o1", "users/ada", "users/ada/bills/b1", "orders/o2", "o3"]
    expect(of(isIn(["_id"], ids), {}, group).native).toEqual({
      kind: "get",
      ids: ["users/ada/orders/o1", "orders/o2"],
    })
  })

  test("ids are tested by core, and ordered by Firestore", () => {
    for (const filter of [
      compare("gt", ["_id"], "users/ada/orders/o1"),
      not(eq("_id", "users/ada/orders/o1")),
      or([eq("_id", "users/ada/orders/o1"), eq("status", "x")]),
    ])
      expect(of(filter, {}, known)).toMatchObject({
        access: "scan",
        native: { kind: "query", query: { where: [] } },
        remaining: { filter },
      })
    expect(of(matchAll, { sort: by("_id"), after: ["a/b/orders/c"], limit: 2 }, known)).toMatchObject({
      native: { query: { orderBy: by("_id"), startAfter: ["a/b/orders/c"], limit: 2 } },
      remaining: {},
    })
  })

  test("what is not declared is finished by core, which says what to declare", () => {
    const plan = of(and([eq("status", "x"), compare("gt", ["at"], new Date(5))]), {}, known)
    expect(plan).toMatchObject({
      access: "scan",
      native: { query: { where: [] } },
      remaining: { filter: { kind: "and" } },
    })
    expect(plan.reasons.join()).toContain('declare { keys: { "status": 1 } }')
  })

  test("what is declared is sent", () => {
    const indexes = [...declared.indexes, ...single.indexes]
    const plan = of(eq("status", "x"), { sort: by("-at") }, { ...known, indexes })
    expect(plan).toMatchObject({
      access: "index",
      native: { query: { where: [where(["status"], "==", "x")], orderBy: by("-at") } },
      remaining: {},
    })
    expect(of(eq("status", "x"), {}, { ...known, indexes }).reasons).toEqual([
      'the query needs the collection group index { keys: { "status": 1 } }, which is declared',
    ])
  })

  test("below a prefix it is kept there, and goes along its names", () => {
    const below = { ...group, below: "tenants/acme" }
    const prefix = [where(["_id"], ">", "tenants/acme"), where(["_id"], "<", "tenants/acme\0")]
    expect(of(matchAll, { sort: by("_id"), limit: 2 }, below)).toEqual({
      access: "scan",
      reasons: ["everything is read"],
      native: { kind: "query", query: { where: prefix, orderBy: by("_id"), limit: 2 } },
      remaining: {},
    })
    const newer = compare("gt", ["at"], new Date(5))
    expect(of(and([eq("status", "x"), newer]), { sort: by("at") }, below)).toMatchObject({
      access: "unknown",
      native: { query: { where: [...prefix, where(["status"], "==", "x")] } },
      remaining: { filter: newer, sort: by("at") },
    })
    expect(planCount(below, queryOf(eq("status", "x")))?.native).toEqual({
      plus: [{ where: [...prefix, where(["status"], "==", "x")], orderBy: [] }],
      minus: [],
    })
  })

  test("one that is only named sends what can be asked, and names what it needs", () => {
    const plan = of(eq("status", "x"), {}, group)
    expect(plan).toMatchObject({
      access: "unknown",
      native: { query: { where: [where(["status"], "==", "x")] } },
      remaining: {},
    })
    expect(plan.reasons[0]).toContain('the collection group index { keys: { "status": 1 } }')
  })
})
