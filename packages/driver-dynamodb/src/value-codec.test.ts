import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import { isNativeValue } from "@nosql/core/driver"
import { describe, expect, test } from "vitest"
import { decodeItem } from "./item-codec.ts"
import { type Attributes, decodeValue, encodeFields, encodeValue } from "./value-codec.ts"

describe("values", () => {
  test.each<[unknown, AttributeValue]>([
    ["", { S: "" }],
    [0, { N: "0" }],
    [-1.5, { N: "-1.5" }],
    [1e21, { N: "1e+21" }],
    [2n ** 63n - 1n, { N: "9223372036854775807" }],
    [true, { BOOL: true }],
    [null, { NULL: true }],
    [new Date(5), { M: { _nosql_date: { N: "5" } } }],
    [new Uint8Array([1, 2]), { B: new Uint8Array([1, 2]) }],
    [[], { L: [] }],
    [{}, { M: {} }],
    [{ constructor: 1, toString: "x" }, { M: { constructor: { N: "1" }, toString: { S: "x" } } }],
    [[{ a: [null] }], { L: [{ M: { a: { L: [{ NULL: true }] } } }] }],
  ])("value %# is stored as what it is, and read back", (value, stored) => {
    expect(encodeValue(value as never)).toEqual(stored)
    if (value !== 1e21) expect(decodeValue(stored)).toEqual(value)
  })

  test.each<[string, unknown]>([
    ["5", 5],
    ["-0.1", -0.1],
    ["9007199254740991", 9007199254740991],
    ["9007199254740992", 9007199254740992n],
    ["-9223372036854775808", -(2n ** 63n)],
    ["1E+3", 1000],
    ["1.2345678901234567", 1.2345678901234567],
    ["1E-130", 1e-130],
    ["0.000000000000000000001", 1e-21],
  ])("the number %s reads as it is", (text, value) => {
    expect(decodeValue({ N: text })).toBe(value)
  })

  test.each([
    "9223372036854775808",
    "1E+100",
    "0.12345678901234567890",
    "3.14159265358979323846264338327950288",
  ])("the number %s is carried, and written back as it was", (text) => {
    const value = decodeValue({ N: text })
    expect(isNativeValue(value)).toBe(true)
    expect(encodeValue(value)).toEqual({ N: text })
  })

  test("sets are carried, in one order", () => {
    const read = (attribute: AttributeValue) => decodeValue(attribute)
    expect(read({ SS: ["b", "a"] })).toMatchObject({ driver: "dynamodb", type: "SS", text: '["a","b"]' })
    expect(encodeValue(read({ NS: ["2", "1"] }))).toEqual({ NS: ["1", "2"] })
    expect(encodeValue(read({ BS: [new Uint8Array([1])] }))).toEqual({ BS: [new Uint8Array([1])] })
  })

  test("a foreign __proto__ is a field and nothing more", () => {
    const item = JSON.parse('{"_id":{"S":"a"},"__proto__":{"M":{"x":{"N":"1"}}}}') as Attributes
    const document = decodeItem(item)
    expect(Object.getPrototypeOf(document)).toBe(Object.prototype)
    expect(Object.keys(document)).toEqual(["_id", "__proto__"])
    expect(Object.keys(encodeFields(document))).toEqual(["_id", "__proto__"])
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined()
  })

  test("what is ours in an item is not read", () => {
    const item: Attributes = {
      _nosql_pk: { S: "d#a" },
      b: { N: "1" },
      _id: { S: "a" },
      _nosql_rev: { N: "7" },
      _nosql_b_1_h: { B: new Uint8Array([1]) },
    }
    expect(decodeItem(item)).toEqual({ _id: "a", b: 1 })
    expect(Object.keys(decodeItem(item))).toEqual(["_id", "b"])
  })
})
