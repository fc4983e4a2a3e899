import type { Document, Value } from "@nosql/contracts"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { compare, exists, isIn, mod, not, text } from "../ast/filter.ts"
import { parseFilter } from "../parse/parse-filter.ts"
import { equalValues } from "../values/compare-values.ts"
import { nativeValue } from "../values/native-value.ts"
import { compileElementFilter, compileFilter } from "./compile-filter.ts"

const holds = (filter: object, document: Document) =>
  compileFilter(parseFilter(filter, { operation: "test" }))(document)

describe("compileFilter", () => {
  test.each(["constructor", "toString", "length", "getTime", "byteLength", "0", "driver", "type"])(
    "sees only a document's own fields: %s",
    (name) => {
      const values: Value[] = [{}, [], "text", 5, true, new Date(0), new Uint8Array(3), null]
      for (const a of [...values, nativeValue({ driver: "x", type: "y", text: "z" })]) {
        expect(compileFilter(exists(["a", name]))({ a })).toBe(false)
      }
      expect(compileFilter(exists([name]))({})).toBe(false)
      expect(compileFilter(compare("eq", ["a", name], 5))({ a: { [name]: 5 } })).toBe(true)
      expect(compileFilter(compare("eq", [name], "x"))({ [name]: "x" })).toBe(true)
    },
  )

  test("bytes have no elements to look at by number", () => {
    expect(compileFilter(exists(["a", "0"]))({ a: new Uint8Array([1]) })).toBe(false)
    expect(compileFilter(compare("eq", ["a", "0"], 7))({ a: [7] })).toBe(true)
  })

  test("documents without a prototype are documents", () => {
    const document: Document = Object.assign(Object.create(null), { a: Object.create(null) })
    document["a"] = Object.assign(Object.create(null), { b: "x" })
    expect(holds({ "a.b": "x", "a.c": null, constructor: null }, document)).toBe(true)
  })

  test("paths of any depth stop at null, scalars and arrays", () => {
    const at = (a: Value) => compileFilter(compare("eq", ["a", "b", "c", "d"], null))({ a })
    expect([null, 5, "x", [], { b: null }, { b: { c: 5 } }].map(at)).toEqual(Array(6).fill(true))
    expect(at({ b: { c: { d: 1 } } })).toBe(false)
  })

  test("what the store has searched for is taken as found", () => {
    expect(compileFilter(text("x"))({})).toBe(true)
  })

  test("remainders are exact beyond safe integers and have the dividend's sign", () => {
    const at = (divisor: number | bigint, remainder: number | bigint, v: Value) =>
      compileFilter(mod(["v"], divisor, remainder))({ v })
    expect(at(2, 1, 2n ** 60n + 1n)).toBe(true)
    expect(at(2n ** 61n, 2n ** 60n, 2 ** 60)).toBe(true)
    expect(at(3, -1, -4)).toBe(true)
    expect(at(3, 2, -4)).toBe(false)
    expect(at(3, 0, -3.9)).toBe(true)
    expect(at(3, 0, "3")).toBe(false)
  })

  test("membership agrees with equality, whatever the kinds", () => {
    const values = fc.oneof(
      fc.constantFrom<Value>(0, 5, 5n, 5.5, 2n ** 60n, 2 ** 60, "5", "", true, false, null),
      fc.constantFrom<Value>(
        new Date(5),
        new Date(5),
        new Uint8Array([5]),
        [5],
        [5n],
        { a: 5, b: 1 },
        { b: 1, a: 5n },
      ),
    )
    fc.assert(
      fc.property(values, fc.array(values, { maxLength: 4 }), (value, operands) => {
        const expected = operands.some((operand) => equalValues(value, operand))
        expect(compileFilter(isIn(["v"], operands))({ v: value })).toBe(expected)
        expect(compileFilter(not(isIn(["v"], operands)))({ v: value })).toBe(!expected)
        for (const operand of operands)
          expect(compileFilter(compare("eq", ["v"], operand))({ v: value })).toBe(equalValues(value, operand))
      }),
      { numRuns: 2000 },
    )
  })

  test("strings compare by code point, also where UTF-16 has another order", () => {
    expect(holds({ v: { $gt: "\uFF5E" } }, { v: "\u{1F600}" })).toBe(true)
    expect(holds({ v: { $lt: "\uFF5E" } }, { v: "\u{1F600}" })).toBe(false)
    expect(holds({ v: { $gt: "z" } }, { v: "\u{1F600}" })).toBe(true)
    expect(holds({ v: { $gte: "\uE000" } }, { v: "\u{1F600}" })).toBe(true)
  })
})

describe("compileElementFilter", () => {
  test("asks objects for fields, and every element for operators", () => {
    const elements: Value[] = [{ a: 1 }, { a: 2 }, {}, 1, null, "a", [{ a: 1 }], new Date(0)]
    const notA1 = not(compare("eq", ["a"], 1))
    expect(elements.filter(compileElementFilter({ of: "objects", filter: notA1 }))).toEqual([{ a: 2 }, {}])
    const not1 = not(compare("eq", [], 1))
    expect(elements.filter(compileElementFilter({ of: "values", filter: not1 }))).toHaveLength(7)
  })
})
