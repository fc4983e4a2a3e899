import type { Filter, QueryBuilder, Sort, Update } from "@nosql/contracts"
import { describe, expect, expectTypeOf, test } from "vitest"
import { path } from "./path.ts"

interface Shop {
  name: string
  a: { b: { c: { d: { e: number } } } }
}

describe("path", () => {
  test("is the text itself, checked", () => {
    expect(path("a.b.c.d.e")).toBe("a.b.c.d.e")
    expect(() => path("a..b")).toThrow(expect.objectContaining({ code: "invalid-argument" }))
    expect(() => path("a.$b")).toThrow(/path/)
  })

  test("stands as a computed key, beside paths that are checked", () => {
    const filter: Filter<Shop> = { name: "x", [path("a.b.c.d.e")]: { $gt: 5 } }
    const update: Update<Shop> = { $inc: { [path("a.b.c.d.e")]: 1 } }
    const sort: Sort<Shop> = { [path("a.b.c.d.e")]: -1, name: 1 }
    // @ts-expect-error a typo beside it is seen
    const typo: Filter<Shop> = { [path("a.b.c.d.e")]: 5, nmae: "x" }
    // @ts-expect-error and so is a wrong value
    const wrong: Filter<Shop> = { [path("a.b.c.d.e")]: 5, name: 5 }
    expect([filter, update, sort, typo, wrong].map((o) => Object.keys(o).length)).toEqual([2, 1, 2, 2, 2])
  })

  test("stands in the builder wherever a path does", () => {
    type Query = QueryBuilder<Shop, Shop>
    const ask = (query: Query) =>
      query.where(path("a.b.c.d.e"), 5).whereGt(path("x"), 5).whereContains(path("y"), "z").sortBy(path("x"))
    expectTypeOf(ask).returns.toEqualTypeOf<Query>()
    // @ts-expect-error a string is no path
    const deep = (query: Query) => query.where("a.b.c.d.e", 5)
    expectTypeOf(deep).toBeFunction()
  })
})
