import type { Value } from "@nosql/contracts"
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
  matchAll,
  mod,
  nativeValue,
  not,
  or,
  regex,
  startsWith,
} from "@nosql/core/driver"
import { describe, expect, test } from "vitest"
import { lintRequest } from "../test/lint-request.ts"
import { Aliases } from "./aliases.ts"
import { compileFilter } from "./compile-filter.ts"
import { countOperators } from "./expression.ts"
import { fitFilter } from "./fit-filter.ts"
import { mostLength, printExpression } from "./print-expression.ts"

const eq = (path: string, value: Value) => compare("eq", path.split("."), value)

/** The expression with its placeholders replaced, checked as AWS would. */
function textOf(filter: FilterNode): string {
  const { expression } = compileFilter(filter)
  if (expression === undefined) return ""
  const aliases = new Aliases()
  const FilterExpression = printExpression(expression, aliases)
  expect(FilterExpression.replaceAll(/(?<=[#:])\d+/g, "9999").length).toBeLessThanOrEqual(
    mostLength(expression),
  )
  const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = aliases.parts()
  lintRequest("Scan", { TableName: "t", FilterExpression, ...aliases.parts() })
  return FilterExpression.replaceAll(/#\d+/g, (alias) => names[alias] ?? "?").replaceAll(/:\d+/g, (alias) => {
    const [[type, value] = []] = Object.entries(values[alias] ?? {})
    return `${type}:${JSON.stringify(value)}`
  })
}

/** Named by their text. */
function byText(rows: readonly [FilterNode, string][]): [string, FilterNode][] {
  return rows.map(([filter, text]) => [text, filter])
}

describe("compileFilter", () => {
  test.each<[text: string, FilterNode]>(
    byText([
      [matchAll, ""],
      [eq("a", "x"), 'a = S:"x"'],
      [eq("a", 5), 'a = N:"5"'],
      [eq("a", 2n ** 60n), 'a = N:"1152921504606846976"'],
      [eq("a", true), "a = BOOL:true"],
      [eq("a", new Date(5)), 'a = M:{"_nosql_date":{"N":"5"}}'],
      [eq("a", null), 'attribute_not_exists(a) OR attribute_type(a, S:"NULL")'],
      [eq("a.b", { c: [1, null] }), 'a.b = M:{"c":{"L":[{"N":"1"},{"NULL":true}]}}'],
      [not(eq("a", 1)), 'a <> N:"1"'],
      [not(eq("a", null)), 'NOT (attribute_not_exists(a) OR attribute_type(a, S:"NULL"))'],
      [compare("gt", ["a"], 1), 'a > N:"1"'],
      [compare("lte", ["a", "b"], "x"), 'a.b <= S:"x"'],
      [compare("gte", ["a"], new Date(5)), 'a._nosql_date >= N:"5"'],
      [not(compare("lt", ["a"], 1)), 'NOT (a < N:"1")'],
      [isIn(["a"], [1, "x"]), 'a IN (N:"1", S:"x")'],
      [isIn(["a"], [null, 1]), 'attribute_not_exists(a) OR attribute_type(a, S:"NULL") OR a = N:"1"'],
      [not(isIn(["a"], [1, 2])), 'NOT (a IN (N:"1", N:"2"))'],
      [exists(["a"]), "attribute_exists(a)"],
      [not(exists(["a"])), "attribute_not_exists(a)"],
      [hasType(["a"], "string"), 'attribute_type(a, S:"S")'],
      [hasType(["a"], "date"), "attribute_exists(a._nosql_date)"],
      [hasType(["a"], "object"), 'attribute_type(a, S:"M") AND attribute_not_exists(a._nosql_date)'],
      [
        not(hasType(["a"], "object")),
        'NOT (attribute_type(a, S:"M") AND attribute_not_exists(a._nosql_date))',
      ],
      [startsWith(["a"], "x"), 'begins_with(a, S:"x")'],
      [startsWith(["a"], ""), 'begins_with(a, S:"")'],
      [not(startsWith(["a"], "x")), 'NOT begins_with(a, S:"x")'],
      [contains(["a"], ["x"]), 'attribute_type(a, S:"L") AND contains(a, S:"x")'],
      [
        contains(["a"], [1, null]),
        'attribute_type(a, S:"L") AND (contains(a, N:"1") OR contains(a, NULL:true))',
      ],
      [hasSize(["a"], 2), 'attribute_type(a, S:"L") AND size(a) = N:"2"'],
      [and([eq("a", 1), or([eq("b", 2), eq("c", 3)])]), 'a = N:"1" AND (b = N:"2" OR c = N:"3")'],
      [or([and([eq("a", 1), eq("b", 2)]), eq("c", 3)]), 'a = N:"1" AND b = N:"2" OR c = N:"3"'],
      [not(and([eq("a", 1), eq("b", 2)])), 'NOT (a = N:"1" AND b = N:"2")'],
      // A segment of digits indexes a list, or names a field of a map.
      [eq("a.0", 1), 'a.0 = N:"1" OR a[0] = N:"1"'],
      [eq("0", 1), '0 = N:"1"'],
      [not(eq("a.0", 1)), 'NOT (a.0 = N:"1" OR a[0] = N:"1")'],
      [eq("a.01", 1), 'a.01 = N:"1"'],
      [
        compare("gt", ["a", "1", "b"], new Date(0)),
        'a.1.b._nosql_date > N:"0" OR a[1].b._nosql_date > N:"0"',
      ],
      [
        eq("a.0", null),
        '(attribute_not_exists(a.0) OR attribute_type(a.0, S:"NULL")) AND (attribute_not_exists(a[0]) OR attribute_type(a[0], S:"NULL"))',
      ],
    ]),
  )("%s is exact", (text, filter) => {
    expect(textOf(filter)).toBe(text)
    expect(compileFilter(filter).exact).toBe(true)
  })

  test.each<[text: string, FilterNode]>(
    byText([
      [regex(["a"], "x+", ""), 'attribute_type(a, S:"S")'],
      [regex(["a"], "^xy[0-9]", ""), 'a >= S:"xy" AND a < S:"xz"'],
      [mod(["a"], 2, 1), 'attribute_type(a, S:"N")'],
      [elemMatch(["a"], { of: "values", filter: compare("gt", [], 1) }), 'attribute_type(a, S:"L")'],
      [and([eq("a", 1), mod(["b"], 2, 1)]), 'a = N:"1" AND attribute_type(b, S:"N")'],
      [or([eq("a", 1), mod(["b"], 2, 1)]), 'a = N:"1" OR attribute_type(b, S:"N")'],
      [eq("a", nativeValue({ driver: "dynamodb", type: "SS", text: '["x"]' })), 'a = SS:["x"]'],
      // The complement of too much would be too little.
      [not(mod(["a"], 2, 1)), ""],
      [not(and([eq("a", 1), mod(["b"], 2, 1)])), ""],
      [or([eq("a", 1), not(mod(["b"], 2, 1))]), ""],
      [eq("a.0.1.2", 1), ""],
      [eq("a", "x".repeat(200_000)), ""],
    ]),
  )("%s finds more, and core finishes", (text, filter) => {
    expect(textOf(filter)).toBe(text)
    expect(compileFilter(filter).exact).toBe(false)
  })

  test("IN takes 99 operands: more are split", () => {
    const many = isIn(
      ["a"],
      Array.from({ length: 200 }, (_, i) => i),
    )
    expect(textOf(many).match(/IN/g)).toHaveLength(3)
    expect(compileFilter(many).exact).toBe(true)
  })
})

describe("fitFilter", () => {
  test("what one expression cannot take is left, the rest is pushed", () => {
    const large = isIn(
      ["a"],
      Array.from({ length: 250 }, (_, i) => i),
    )
    const filters = [
      large,
      isIn(
        ["b"],
        Array.from({ length: 60 }, (_, i) => i),
      ),
      eq("c", 1),
    ]
    const { expression, rest } = fitFilter(filters)
    expect(rest).toEqual([filters[1]])
    expect(expression === undefined ? 0 : countOperators(expression)).toBeLessThanOrEqual(300)
    const aliases = new Aliases()
    const FilterExpression = expression === undefined ? "" : printExpression(expression, aliases)
    lintRequest("Scan", { TableName: "t", FilterExpression, ...aliases.parts() })
  })

  test("4 KB of text are counted in bytes and with placeholders as long as they may get", () => {
    const filters = Array.from({ length: 140 }, (_, i) =>
      or([eq(`f${i}.x.y`, i), eq(`g${i}.x.y.z`, `v${i}`)]),
    )
    const { expression, rest } = fitFilter(filters)
    expect(rest.length).toBeGreaterThan(0)
    expect(rest.length).toBeLessThan(100)
    const aliases = new Aliases()
    const FilterExpression = expression === undefined ? "" : printExpression(expression, aliases)
    lintRequest("Scan", { TableName: "t", FilterExpression, ...aliases.parts() })
  })

  test("values of 2 MB are counted: those of the keys, or of an update, have room beside them", () => {
    const values = Array.from({ length: 40 }, (_, i) => String(i).padEnd(90_000, "z"))
    const filters = [
      isIn(["a"], values),
      eq("b", 1),
      isIn(["c"], values.slice(0, 12)),
      isIn(["d"], values.slice(0, 12)),
    ]
    const { expression, rest } = fitFilter(filters)
    expect(rest).toEqual([filters[0], filters[3]])
    const aliases = new Aliases()
    const FilterExpression = expression === undefined ? "" : printExpression(expression, aliases)
    lintRequest("Scan", { TableName: "t", FilterExpression, ...aliases.parts() })
  })

  test("what is not exact is pushed and left", () => {
    const filter = mod(["a"], 2, 1)
    expect(fitFilter([filter])).toEqual({ expression: compileFilter(filter).expression, rest: [filter] })
    expect(fitFilter([not(filter)])).toEqual({ rest: [not(filter)] })
  })
})
