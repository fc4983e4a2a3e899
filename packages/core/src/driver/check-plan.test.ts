import { describe, expect, test } from "vitest"
import { matchAll } from "../ast/filter.ts"
import { type Query, queryOf } from "../ast/query.ts"
import { checkPlan } from "./check-plan.ts"
import type { Remaining } from "./plan.ts"

const sort = [{ path: ["a"], direction: 1 as const }]
const context = { operation: "find", backend: "mine", collection: "things" }
const check = (query: Query, remaining: Remaining) =>
  checkPlan(query, { native: {}, access: "scan", reasons: [], remaining }, context)

describe("checkPlan", () => {
  test.each<[string, Partial<Query>, Remaining]>([
    ["leaves the sort but not limit", { sort, limit: 1 }, { sort }],
    ["leaves the filter but not skip", { skip: 1, limit: 1 }, { filter: matchAll, limit: 1 }],
    [
      "leaves the filter but not projection",
      { projection: { kind: "include", paths: [], id: true } },
      { filter: matchAll },
    ],
    ["leaves the sort but not after", { sort, after: [1] }, { sort }],
    ["leaves after but not the sort", { sort, after: [1] }, { after: [1] }],
  ])("refuses a plan that %s", (problem, query, remaining) => {
    expect(() => check(queryOf(matchAll, query), remaining)).toThrow(
      expect.objectContaining({
        code: "unknown",
        backend: "mine",
        message: expect.stringContaining(problem),
      }),
    )
  })

  test.each<[Partial<Query>, Remaining]>([
    [{ sort, after: [1], skip: 1, limit: 1 }, {}],
    [
      { sort, after: [1], limit: 1 },
      { sort, after: [1], limit: 1 },
    ],
    [
      { sort, after: [1], limit: 1 },
      { filter: matchAll, limit: 1 },
    ],
    [{ after: ["id"] }, {}],
    [{ limit: 1, skip: 2 }, { limit: 1 }],
  ])("lets through what %o leaves as %o", (query, remaining) => {
    expect(() => check(queryOf(matchAll, query), remaining)).not.toThrow()
  })
})
