import { NoSQLError } from "@nosql/contracts"
import { describe, expect, test } from "vitest"
import { nativeValue } from "./native-value.ts"
import { mostBytesOfText, normalizeAndMeasure, normalizeDocument, normalizeValue } from "./normalize-value.ts"

const context = { operation: "insertOne" }

function pathOf(run: () => unknown): string | undefined {
  try {
    run()
  } catch (error) {
    if (NoSQLError.isInstance(error) && error.code === "invalid-argument") return error.path ?? ""
    throw error
  }
  return undefined
}

describe("normalizeDocument", () => {
  test("copies deeply, writes -0 as 0, small bigints as numbers, and leaves undefined fields out", () => {
    const inner = { at: new Date(5), bytes: new Uint8Array([1]), gone: undefined }
    const document = { a: [-0, 5n, 2n ** 60n, null, true, "x"], inner }
    const copy = normalizeDocument(document, context)
    expect(copy).toEqual({
      a: [0, 5, 2n ** 60n, null, true, "x"],
      inner: { at: new Date(5), bytes: new Uint8Array([1]) },
    })
    expect(Object.keys(copy["inner"] as object)).toEqual(["at", "bytes"])
    expect(Object.is((copy["a"] as number[])[0], 0)).toBe(true)
    inner.at.setTime(6)
    inner.bytes[0] = 2
    expect(copy["inner"]).toEqual({ at: new Date(5), bytes: new Uint8Array([1]) })
  })

  test("copies no symbols and nothing inherited", () => {
    const copy = normalizeDocument(Object.assign(Object.create(null), { a: 1, [Symbol("s")]: 2 }), context)
    expect(Reflect.ownKeys(copy)).toEqual(["a"])
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
  })

  test.each<[string, object, string]>([
    ["a hole in an array", { a: { b: Object.assign(new Array(2), { 0: 1 }) } }, "a.b.1"],
    ["undefined in an array", { a: [undefined] }, "a.0"],
    ["NaN", { a: { b: Number.NaN } }, "a.b"],
    ["infinity", { a: -Infinity }, "a"],
    ["2^63", { a: 2 ** 63 }, "a"],
    ["a number too small", { a: [[1e-131]] }, "a.0.0"],
    ["a bigint too large", { a: 2n ** 63n }, "a"],
    ["a lone surrogate", { a: [{ b: "\ud800" }] }, "a.0.b"],
    ["an invalid date", { a: new Date(Number.NaN) }, "a"],
    ["a function", { a: () => 1 }, "a"],
    ["a class", { a: new Map() }, "a"],
    ["an empty name", { a: { "": 1 } }, "a."],
    ["a name with $", { a: { $b: 1 } }, "a.$b"],
    ["a name with a dot", { "a.b": 1 }, "a.b"],
    ["a name with NUL", { a: [{ "b\0": 1 }] }, "a.0.b\0"],
    ["a reserved name", { _nosqlx: 1 }, "_nosqlx"],
    ["__proto__", JSON.parse('{ "a": { "__proto__": 1 } }'), "a.__proto__"],
    ["a name with a lone surrogate", { "b\udc00": 1 }, "b\udc00"],
  ])("refuses %s with its path", (_, document, path) => {
    expect(pathOf(() => normalizeDocument(document, context))).toBe(path)
  })

  test("allows -2^63, 1e-130, _x and names beyond the basic plane", () => {
    const document = { _x: -(2n ** 63n), "\u{1F600}": 1e-130, constructor: 1 }
    expect(normalizeDocument(document, context)).toEqual(document)
  })
})

test("normalizeValue names the path that it was given", () => {
  expect(pathOf(() => normalizeValue(Number.NaN, "a.b", context))).toBe("a.b")
  expect(pathOf(() => normalizeValue([Number.NaN], "", context))).toBe("0")
})

const normalize = (value: unknown) => normalizeValue(value, "v", { operation: "test" })

test("one form for each integer: a number where it is safe, else a bigint", () => {
  expect(normalize(5n)).toBe(5)
  expect(normalize(2 ** 53)).toBe(2n ** 53n)
  expect(normalize(2n ** 53n)).toBe(2n ** 53n)
  expect(normalize(Number.MAX_SAFE_INTEGER)).toBe(Number.MAX_SAFE_INTEGER)
  expect(normalize(-(2 ** 63))).toBe(-(2n ** 63n))
  expect(normalize(1.5)).toBe(1.5)
  expect(Object.is(normalize(-0), 0)).toBe(true)
})

describe("normalizeAndMeasure", () => {
  const bytes = (document: object) => normalizeAndMeasure(document, context).plainBytes

  test("counts 32 for the document and each value, and 3 for each unit of names and texts", () => {
    expect(bytes({})).toBe(32)
    expect(bytes({ ab: 1, c: 1.5, d: null, e: -0, f: true, g: new Date(0), h: 5n })).toBe(32 * 8 + 3 * 8)
    expect(bytes({ a: "xyz", b: "\u{1F600}", gone: undefined })).toBe(32 * 3 + 3 * 7)
    expect(bytes({ a: ["xyz", [1], { b: "z" }] })).toBe(32 * 7 + 3 * 6)
    expect(mostBytesOfText("ab", "xyz")).toBe(32 + 3 * 5)
  })

  test.each<[string, unknown]>([
    ["a bigint", 2n ** 60n],
    ["an integer that is not safe", 2 ** 60],
    ["bytes", new Uint8Array(1)],
    ["a native value", nativeValue({ driver: "mongodb", type: "ObjectId", text: "0".repeat(24) })],
  ])("does not measure %s", (_, value) => {
    expect(bytes({ a: value })).toBeUndefined()
    expect(bytes({ a: [{ b: [value] }], c: 1 })).toBeUndefined()
  })
})
