import type { Collection, Document } from "@nosql/contracts"
import { describe, expect, test } from "vitest"
import {
  and,
  compare,
  contains,
  elemMatch,
  exists,
  type FilterNode,
  hasSize,
  hasType,
  isIn,
  not,
  or,
  regex,
  startsWith,
  text,
} from "../ast/filter.ts"
import { parseFilter } from "../parse/parse-filter.ts"
import { DocumentQueryBuilder } from "./document-query-builder.ts"

const context = { operation: "query" }
const builder = () => new DocumentQueryBuilder<Document, Document>({} as Collection<Document>, context)
type Builder = ReturnType<typeof builder>
const filterOf = (query: Pick<Builder, "build">) => parseFilter(query.build().filter, context)
const a1 = compare("eq", ["a"], 1)

describe("the builder's conditions", () => {
  test.each<[string, (query: Builder) => Pick<Builder, "build">, FilterNode]>([
    ["where", (query) => query.where("a", 1), a1],
    ["where null", (query) => query.where("a.b", null), compare("eq", ["a", "b"], null)],
    ["whereNe", (query) => query.whereNe("a", 1), not(a1)],
    ["whereGt", (query) => query.whereGt("a", 1), compare("gt", ["a"], 1)],
    ["whereGte", (query) => query.whereGte("a", "x"), compare("gte", ["a"], "x")],
    ["whereLt", (query) => query.whereLt("a", 1n), compare("lt", ["a"], 1)],
    ["whereLte", (query) => query.whereLte("a", 1), compare("lte", ["a"], 1)],
    [
      "whereBetween",
      (query) => query.whereBetween("a", 1, 5),
      and([compare("gte", ["a"], 1), compare("lte", ["a"], 5)]),
    ],
    ["whereIn", (query) => query.whereIn("a", [1, 2]), isIn(["a"], [1, 2])],
    ["whereNotIn", (query) => query.whereNotIn("a", [1]), not(isIn(["a"], [1]))],
    ["whereExists", (query) => query.whereExists("a"), exists(["a"])],
    ["whereExists, not", (query) => query.whereExists("a", false), not(exists(["a"]))],
    [
      "whereType",
      (query) => query.whereType("a", ["string", "null"]),
      or([hasType(["a"], "string"), hasType(["a"], "null")]),
    ],
    ["whereRegex", (query) => query.whereRegex("a", "x"), regex(["a"], "x", "")],
    ["whereRegex with flags", (query) => query.whereRegex("a", "x", "si"), regex(["a"], "x", "is")],
    ["whereStartsWith", (query) => query.whereStartsWith("a", "x"), startsWith(["a"], "x")],
    ["whereContains", (query) => query.whereContains("a", 1), contains(["a"], [1])],
    ["whereContainsAny", (query) => query.whereContainsAny("a", [1, 2]), contains(["a"], [1, 2])],
    ["whereAll", (query) => query.whereAll("a", [1, 2]), and([contains(["a"], [1]), contains(["a"], [2])])],
    ["whereSize", (query) => query.whereSize("a", 2), hasSize(["a"], 2)],
    [
      "whereElemMatch",
      (query) => query.whereElemMatch("a", { b: 1 }),
      elemMatch(["a"], { of: "objects", filter: compare("eq", ["b"], 1) }),
    ],
    ["whereText", (query) => query.whereText("x", { language: "en" }), text("x", { language: "en" })],
    ["whereNot", (query) => query.whereNot("a", { $gt: 1 }), not(compare("gt", ["a"], 1))],
    ["whereNot a value", (query) => query.whereNot("a", 1), not(a1)],
    ["andWhere", (query) => query.andWhere({ a: 1 }, { b: 2 }), and([a1, compare("eq", ["b"], 2)])],
    ["orWhere", (query) => query.orWhere({ a: 1 }, { b: 2 }), or([a1, compare("eq", ["b"], 2)])],
    ["norWhere", (query) => query.norWhere({ a: 1 }, { b: 2 }), not(or([a1, compare("eq", ["b"], 2)]))],
  ])("%s", (_, add, expected) => {
    expect(filterOf(add(builder()))).toEqual(and([expected]))
  })

  test("all hold together, several on one field too", () => {
    const query = builder()
      .where("a", 1)
      .whereNe("a", 2)
      .orWhere({ b: 1 }, { b: 2 })
      .orWhere({ c: 1 }, { d: 1 })
    expect(filterOf(query)).toEqual(
      and([
        a1,
        not(compare("eq", ["a"], 2)),
        or([compare("eq", ["b"], 1), compare("eq", ["b"], 2)]),
        or([compare("eq", ["c"], 1), compare("eq", ["d"], 1)]),
      ]),
    )
  })

  test("a step leaves the builder as it was", () => {
    const first = builder().where("a", 1)
    const second = first.where("b", 2)
    expect(filterOf(first)).toEqual(and([a1]))
    expect(filterOf(second)).toEqual(and([a1, compare("eq", ["b"], 2)]))
  })

  test("values are never code, whatever they hold", () => {
    const fromOutside = JSON.parse('{ "$ne": null }')
    for (const add of [
      () => builder().where("password", fromOutside),
      () => builder().whereIn("password", [fromOutside]),
      () => builder().whereContains("password", fromOutside),
      () => builder().whereGt("password", fromOutside),
    ]) {
      expect(add).toThrow('query at "password": takes values, never operators; write whereGt')
    }
    expect(() => builder().whereStartsWith("password", fromOutside)).toThrow('"password')
    expect(() => builder().where("$where" as never, "1" as never)).toThrow("does not begin with $")
    expect(() => builder().where("password", { a: fromOutside } as never)).toThrow("does not begin with $")
    const threeParts = builder().where.bind(builder()) as (...parts: unknown[]) => unknown
    expect(() => threeParts("age", ">", 5)).toThrow('query at "age": where takes a path and a value')
    expect(() => threeParts([Object.create(null)], ">", 5)).toThrow("query: a path is text")
  })
})
