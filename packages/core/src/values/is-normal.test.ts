import { NoSQLError } from "@nosql/contracts"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { isNormalDocument } from "./is-normal.ts"
import { normalizeDocument } from "./normalize-value.ts"

/** The normalized copy, or undefined where the document is refused. */
function copyOf(document: object) {
  try {
    return normalizeDocument(document, { operation: "test" })
  } catch (error) {
    if (NoSQLError.isInstance(error)) return undefined
    throw error
  }
}

describe("isNormalDocument", () => {
  test.each<[string, object]>([
    ["scalars", { a: "x", b: 1, c: -1.5, d: true, e: null, f: 2 ** 53 - 1, g: 0 }],
    ["nested values", { a: { b: [1, { c: [[2]] }] }, at: new Date(5) }],
    ["nothing", {}],
    ["names beyond the basic plane", { "\u{1F600}": "\u{1F600}", _x: 1, constructor: 1 }],
  ])("says yes to %s", (_, document) => {
    expect(isNormalDocument(document)).toBe(true)
    expect(copyOf(document)).toEqual(document)
  })

  const nested = (levels: number): object => (levels === 0 ? {} : { a: nested(levels - 1) })
  test.each<[string, object]>([
    ["-0", { a: [-0] }],
    ["an integer that is not safe", { a: 2 ** 53 }],
    ["a bigint", { a: 1n }],
    ["bytes", { a: new Uint8Array([1]) }],
    ["undefined", { a: undefined }],
    ["a hole", { a: new Array(1) }],
    ["inherited fields", Object.create({ a: 1 })],
    ["an object with inherited fields", { a: Object.create({ b: 1 }) }],
    ["an object without a prototype", Object.create(null)],
    ["a class", { a: new Map() }],
    ["an array", [1]],
    ["NaN", { a: Number.NaN }],
    ["a lone surrogate", { a: "\ud800" }],
    ["an invalid date", { a: new Date(Number.NaN) }],
    ["a name with a dot", { "a.b": 1 }],
    ["a name with $ in an array", { a: [{ $b: 1 }] }],
    ["__proto__", JSON.parse('{ "__proto__": 1 }')],
    ["toBSON", { a: { toBSON: () => 1 } }],
    ["more than 20 levels", nested(21)],
  ])("says no to %s", (_, document) => {
    expect(isNormalDocument(document)).toBe(false)
  })

  test("takes 20 levels, of which an array in an array counts two", () => {
    const lists = (levels: number): unknown[] => (levels === 1 ? [1] : [lists(levels - 1)])
    for (const document of [nested(19), nested(20), { a: lists(10) }, { a: lists(11) }, { a: [lists(10)] }])
      expect(isNormalDocument(document)).toBe(copyOf(document) !== undefined)
  })

  test("what it says yes to is its own normalized copy; what is refused gets no yes", () => {
    const leaf = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.double(),
      fc.integer(),
      fc.bigInt(),
      fc.boolean(),
      fc.date(),
      fc.constantFrom<unknown>(null, undefined, -0, 2 ** 53, 1e-131),
    )
    const name = fc.oneof(fc.stringMatching(/^[a-z]{1,3}$/), fc.string({ unit: "binary", maxLength: 3 }))
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(name, tie("value"), { maxKeys: 3, noNullPrototype: true }),
      ),
    }))
    const document = fc.dictionary(name, value, { maxKeys: 4, noNullPrototype: true })
    let yes = 0
    fc.assert(
      fc.property(document, (given) => {
        if (!isNormalDocument(given)) return
        yes++
        const copy = copyOf(given)
        expect(copy).toBeDefined()
        expect(copy).toStrictEqual(given)
      }),
      { numRuns: 2000 },
    )
    expect(yes).toBeGreaterThan(100)
  })
})
