import { expect, test } from "vitest"
import { compare } from "../ast/filter.ts"
import { fold } from "../ast/fold.ts"
import { parseFilter } from "../parse/parse-filter.ts"
import type { RepositoryContext, Scope } from "./repository-context.ts"
import { behavioursOf } from "./repository-options.ts"
import { scoped, scopedId } from "./scope.ts"

const call = { operation: "list" }
const behaviours = behavioursOf({ softDelete: true, multiTenant: true }, call)
const context = (deleted: Scope["deleted"]): RepositoryContext =>
  ({ call, behaviours, scope: { tenant: "t1", deleted } }) as Partial<RepositoryContext> as RepositoryContext
const nodeOf = (filter: unknown) => fold(parseFilter(filter, { operation: "find" }))

const tenant = compare("eq", ["tenantId"], "t1")
const living = compare("eq", ["_deleted"], false)

test("the scope is equalities, which every store can push, beside what the caller asks", () => {
  expect(nodeOf(scoped(context("hidden"), {}))).toEqual({ kind: "and", filters: [tenant, living] })
  expect(nodeOf(scoped(context("only"), {}))).toEqual({
    kind: "and",
    filters: [tenant, compare("eq", ["_deleted"], true)],
  })
  expect(nodeOf(scoped(context("included"), {}))).toEqual(tenant)
  expect(nodeOf(scopedId(context("hidden"), "a"))).toEqual({
    kind: "and",
    filters: [tenant, living, compare("eq", ["_id"], "a")],
  })
})

test("what the caller says of the same fields is joined, and replaces nothing", () => {
  expect(nodeOf(scoped(context("hidden"), { tenantId: "t2" }))).toEqual({ kind: "false" })
  expect(nodeOf(scoped(context("hidden"), { _deleted: true }))).toEqual({ kind: "false" })
  expect(nodeOf(scoped(context("hidden"), { $or: [{ m: 1 }, { n: 1 }] }))).toEqual({
    kind: "and",
    filters: [tenant, living, { kind: "or", filters: [compare("eq", ["m"], 1), compare("eq", ["n"], 1)] }],
  })
})
