import type { DocumentQuery, ParsedFilter } from "@nosql/contracts"
import { describe, expect, test } from "vitest"
import { parseAllowedFilter } from "../parse/parse-allowed-filter.ts"
import { parseFilter } from "../parse/parse-filter.ts"
import { decodeAst, encodeAst } from "./codec.ts"
import { and, compare, or } from "./filter.ts"
import { parsedFilter } from "./parsed-filter.ts"

const context = { operation: "find" }
const node = (filter: unknown) => parseFilter(filter, context)
const adult = compare("gte", ["age"], 18)
const ofAcme = compare("eq", ["tenant"], "acme")

describe("a parsed filter", () => {
  test("stands wherever a filter does", () => {
    expect(node(parsedFilter(adult))).toEqual(adult)
    expect(node({ $and: [parsedFilter(adult), { tenant: "acme" }] })).toEqual(and([adult, ofAcme]))
  })

  test("spread beside other conditions it holds with them, also two of them", () => {
    const search = parsedFilter(adult)
    expect(node({ tenant: "acme", ...search })).toEqual(and([ofAcme, adult]))
    expect(node({ ...search, tenant: "acme" })).toEqual(and([adult, ofAcme]))
    expect(node({ ...search, ...parsedFilter(ofAcme) })).toEqual(and([adult, ofAcme]))
    expect(node({ $or: [{ tenant: "acme", ...search }] })).toEqual(or([and([ofAcme, adult])]))
  })

  test.each<[string, (filter: ParsedFilter) => unknown]>([
    ["JSON", (filter) => JSON.parse(JSON.stringify(filter))],
    ["a clone", (filter) => structuredClone(filter)],
    ["JSON beside other conditions", (filter) => JSON.parse(JSON.stringify({ ...filter, tenant: "acme" }))],
  ])("a copy by %s, which lost what is inside, is refused", (_, copied) => {
    expect(() => node(copied(parsedFilter(adult)))).toThrow("does not survive JSON or a clone")
  })

  test("encodeAst and decodeAst carry it, in a query", () => {
    const query: DocumentQuery = { filter: parsedFilter(and([adult, ofAcme])), limit: 5, sort: { age: 1 } }
    const { filter, ...options } = decodeAst<DocumentQuery>(encodeAst(query))
    expect(node(filter)).toEqual(and([adult, ofAcme]))
    expect(options).toEqual({ limit: 5, sort: { age: 1 } })
    const again = decodeAst<DocumentQuery>(encodeAst({ filter, ...options }))
    expect(node(again.filter)).toEqual(and([adult, ofAcme]))
  })

  test("text that was changed is read as strictly as any filter", () => {
    const text = encodeAst({ filter: parsedFilter(adult) })
    const { filter } = decodeAst<DocumentQuery>(text.replace('"gte"', '"where"'))
    expect(() => node(filter)).toThrow("one of eq gt gte lt lte")
  })

  test("what was decoded is nothing that the application allowed", () => {
    const { filter } = decodeAst<DocumentQuery>(encodeAst({ filter: parsedFilter(adult) }))
    expect(() => parseAllowedFilter(filter, { operators: [], paths: ["age"] })).toThrow("does not survive")
  })
})
