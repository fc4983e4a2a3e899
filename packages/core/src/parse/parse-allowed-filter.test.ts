import { describe, expect, test } from "vitest"
import { and, compare, isIn, not, or } from "../ast/filter.ts"
import { compileFilter } from "../evaluate/compile-filter.ts"
import { eq } from "./eq.ts"
import { parseAllowedFilter } from "./parse-allowed-filter.ts"
import { parseCondition, parseFilter } from "./parse-filter.ts"

const context = { operation: "findOne" }

describe("the classic attack", () => {
  const ada = { _id: "1", email: "ada@example.org", password: "secret" }
  /** What a form sends as JSON where a password is expected. */
  const body = JSON.parse('{ "email": "ada@example.org", "password": { "$ne": null } }')
  const finds = (filter: unknown) => compileFilter(parseFilter(filter, context))(ada)

  test("a plain filter is code: the attacker's operator is run", () => {
    expect(finds({ email: body.email, password: body.password })).toBe(true)
    expect(finds(body)).toBe(true)
  })

  test("eq and the builder's where take it for a value, which no document can have", () => {
    expect(() => finds({ email: eq(body.email), password: eq(body.password) })).toThrow(
      'findOne at "password.$ne": a field name does not begin with $',
    )
    // What `.where("password", body.password)` does.
    expect(() => parseCondition("password", { $eq: body.password }, context)).toThrow('"password.$ne"')
    expect(finds({ email: eq("ada@example.org"), password: eq("secret") })).toBe(true)
    expect(finds({ email: eq("ada@example.org"), password: eq("guess") })).toBe(false)
  })

  test("parseFilter lets nothing through that was not allowed", () => {
    expect(() => parseAllowedFilter(body, { operators: [], paths: ["email", "password"] })).toThrow(
      'parseFilter at "$ne": is not allowed here; allowed operators: none',
    )
    const honest = { email: "ada@example.org", password: "secret" }
    const filter = parseAllowedFilter(honest, { operators: [], paths: ["email", "password"] })
    expect(finds(filter)).toBe(true)
  })
})

describe("parseFilter for input from outside", () => {
  const allowed = {
    operators: ["$gte", "$in", "$or", "$elemMatch"],
    paths: ["age", "items", "items.sku"],
  } as const
  const node = (filter: unknown) => parseFilter(parseAllowedFilter(filter, allowed), context)

  test("reads what is allowed", () => {
    expect(node({ age: { $gte: 5 } })).toEqual(compare("gte", ["age"], 5))
    expect(node({ $or: [{ age: 1 }, { age: { $in: [2, 3] } }] })).toEqual(
      or([compare("eq", ["age"], 1), isIn(["age"], [2, 3])]),
    )
    expect(node({ items: { $elemMatch: { sku: "x" } } })).toMatchObject({ kind: "elemMatch" })
  })

  test.each<[string, unknown, string]>([
    ["another path", { salary: 5 }, '"salary": is not allowed here; allowed paths: age items items.sku'],
    ["another path deep inside", { $or: [{ age: 1 }, { salary: 5 }] }, '"salary"'],
    ["a path below an allowed one", { "age.x": 5 }, '"age.x"'],
    ["another field of elements", { items: { $elemMatch: { price: 5 } } }, '"items.price"'],
    ["another operator", { age: { $gt: 5 } }, "allowed operators: $gte $in $or $elemMatch"],
    ["another group", { $nor: [{ age: 1 }] }, '"$nor"'],
    ["another operator of elements", { items: { $elemMatch: { $ne: 1 } } }, '"$ne"'],
    ["code", { $where: "1" }, "code is never sent"],
    ["null, which also finds what is missing", { age: null }, "null, which also matches"],
    ["null in a list", { age: { $in: [1, null] } }, "null, which also matches"],
    ["no object", "x", "a filter is a plain object"],
  ])("refuses %s", (_, filter, message) => {
    expect(() => node(filter)).toThrow(message)
    expect(() => node(filter)).toThrow(
      expect.objectContaining({ code: "invalid-argument", operation: "parseFilter" }),
    )
  })

  test("null is compared with where the application says so", () => {
    const filter = parseAllowedFilter({ age: null }, { operators: [], paths: ["age"], nulls: true })
    expect(parseFilter(filter, context)).toEqual(compare("eq", ["age"], null))
  })

  test("says what it takes", () => {
    expect(() => parseAllowedFilter({}, undefined as never)).toThrow("{ operators: […], paths: […] }")
  })

  test("the result is opaque, frozen, and stands wherever a filter does", () => {
    const filter = parseAllowedFilter({ age: { $gte: 5 } }, allowed)
    expect(JSON.stringify(filter)).toMatch(/^\{"\$parsed:[\w.]+":\{\}\}$/)
    expect(Object.isFrozen(filter)).toBe(true)
    const age = compare("gte", ["age"], 5)
    expect(parseFilter(filter, context)).toEqual(age)
    expect(parseFilter({ $and: [{ tenant: "acme" }, filter] }, context)).toEqual(
      and([compare("eq", ["tenant"], "acme"), age]),
    )
    expect(parseFilter({ $nor: [filter] }, context)).toEqual(not(or([age])))
  })

  test("but not where documents are not asked, nor below a negation with a text search inside", () => {
    const filter = parseAllowedFilter({ age: 5 }, allowed)
    expect(() => parseFilter({ items: { $elemMatch: { $and: [filter] } } }, context)).toThrow(
      "over documents, not over elements",
    )
    const search = parseAllowedFilter({ $text: { $search: "x" } }, { operators: ["$text"], paths: [] })
    expect(() => parseFilter({ $or: [search] }, context)).toThrow("under $and only")
    expect(parseFilter({ $and: [search] }, context)).toMatchObject({ kind: "and" })
  })

  test("input cannot pass for a parsed filter", () => {
    const forged = JSON.parse('{ "Symbol(@nosql/core/ParsedFilter)": { "kind": "true" } }')
    expect(() => node(forged)).toThrow("is not allowed here")
  })
})
