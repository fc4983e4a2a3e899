import type { CollectionInfo } from "@nosql/core/driver"
import fc from "fast-check"
import { BSON, type Document as BsonDocument } from "mongodb"
import { describe, expect, test } from "vitest"
import { bsonOptions } from "./bson-options.ts"
import { DocumentReader } from "./document-reader.ts"
import { documentsReader } from "./read-documents.ts"
import { documentDecoder } from "./value-codec.ts"

const plain: CollectionInfo = { name: "things", declared: false, fields: {}, indexes: [], ids: "auto" }
const id = new BSON.ObjectId("65f0a1b2c3d4e5f6a7b8c9d0")
const hex = id.toHexString()

const serialize = (document: BsonDocument | Map<string, unknown>) =>
  BSON.serialize(document as BsonDocument, { ignoreUndefined: false })

/** What comes of the SDK's own reading, or the name of its error. */
function bySdk(bytes: Uint8Array, collection: CollectionInfo): unknown {
  try {
    return documentDecoder(collection)(BSON.deserialize(bytes, bsonOptions))
  } catch (error) {
    return (error as Error).name
  }
}

const readAll = documentsReader({})

function read(bytes: Uint8Array, collection = plain): unknown {
  try {
    return readAll([bytes], collection)[0]
  } catch (error) {
    return (error as Error).name
  }
}

/** Values of the language, ids, and numbers beyond the language: those that need no SDK. */
const values: readonly [string, unknown][] = [
  ["empty text", ""],
  ["short text", "plain"],
  ["text of 24", "x".repeat(24)],
  ["longer text", "plain text of more than twenty-four characters"],
  ["text beyond ASCII", "größer 日本 😀"],
  ["text with NUL", "a\0b"],
  ["text that begins with a mark of order", "\ufeffx"],
  ["int32", -7],
  ["the largest int32", 2 ** 31 - 1],
  ["int64", BSON.Long.fromNumber(5)],
  ["an int64 that is not safe", 2n ** 62n],
  ["the smallest int64", -(2n ** 63n)],
  ["the largest safe int64", BSON.Long.fromNumber(Number.MAX_SAFE_INTEGER)],
  ["a double", 0.1],
  ["a negative zero", -0],
  ["a double that is an integer", new BSON.Double(5)],
  ["a double that is a large integer", new BSON.Double(2 ** 60)],
  ["true", true],
  ["false", false],
  ["null", null],
  ["a date", new Date("2024-02-29T12:34:56.789Z")],
  ["a date before 1970", new Date(-1)],
  ["the last date", new Date(8.64e15)],
  ["bytes", new Uint8Array([0, 255])],
  ["no bytes", new Uint8Array()],
  ["an object", { a: { b: { c: 1 } } }],
  ["an empty object", {}],
  ["an array", [1, "two", [3, [4]], { five: 5 }]],
  ["an empty array", []],
  ["an id", id],
  ["NaN", Number.NaN],
  ["a double too large", 1e300],
  ["an object with an id of its own", { _id: id }],
]

/** Values that the language has no kind for, and broken ones. */
const foreign: readonly [string, unknown][] = [
  ["a decimal", BSON.Decimal128.fromString("1.50")],
  ["a UUID", new BSON.UUID("123e4567-e89b-42d3-a456-426614174000")],
  ["bytes of another subtype", new BSON.Binary(new Uint8Array([1]), 128)],
  ["bytes of the old subtype", new BSON.Binary(new Uint8Array([1]), 2)],
  ["a timestamp", new BSON.Timestamp({ t: 1, i: 2 })],
  ["a pattern", new BSON.BSONRegExp("a", "i")],
  ["code", new BSON.Code("f()", { a: 1 })],
  ["a symbol", new BSON.BSONSymbol("s")],
  ["the smallest key", new BSON.MinKey()],
  ["the largest key", new BSON.MaxKey()],
  ["a reference between databases", new BSON.DBRef("users", id)],
  ["an object with __proto__", JSON.parse('{ "__proto__": 1 }')],
  ["an object with $", { $a: 1 }],
  ["a mark for what is no text", "a\ufffdb"],
]

describe("DocumentReader", () => {
  test.each(values)("reads %s as the SDK and the decoder do, without them", (_, value) => {
    const bytes = serialize({ _id: id, first: 1, value, list: [value], last: 2 })
    expect(new DocumentReader().read(bytes, plain)).toStrictEqual(bySdk(bytes, plain))
  })

  test.each(foreign)("leaves %s to the SDK", (_, value) => {
    const bytes = serialize({ _id: id, value })
    expect(new DocumentReader().read(bytes, plain)).toBeUndefined()
    expect(read(bytes)).toStrictEqual(bySdk(bytes, plain))
  })

  test("leaves the undefined that BSON once had to the SDK", () => {
    const bytes = Buffer.from(serialize({ _id: "a", gone: null }))
    bytes[bytes.lastIndexOf("gone") - 1] = 6
    expect(new DocumentReader().read(bytes, plain)).toBeUndefined()
    expect(read(bytes)).toStrictEqual({ _id: "a", gone: null })
  })

  const ids: readonly unknown[] = [id, hex, "a", "ejson:5", 5, 2n ** 62n, null, new Date(0), { a: 1 }, ""]
  test.each(["auto", "string", "objectId", "uuid"] as const)("reads the _id of %s collections", (kind) => {
    for (const _id of [...ids, new BSON.UUID("123e4567-e89b-42d3-a456-426614174000")]) {
      const bytes = serialize({ _id, a: 1 })
      expect(read(bytes, { ...plain, ids: kind })).toStrictEqual(bySdk(bytes, { ...plain, ids: kind }))
    }
  })

  test("reads what is declared to be a reference or a bigint as it is declared", () => {
    const declared: CollectionInfo = {
      ...plain,
      declared: true,
      fields: { owner: "id?", "deep.big": "bigint?" },
    }
    for (const value of [...values, ...foreign].map(([, value]) => value).concat(ids)) {
      const bytes = serialize({ _id: id, owner: value, deep: { big: value, other: value } })
      expect(read(bytes, declared)).toStrictEqual(bySdk(bytes, declared))
    }
  })

  test("a field may have any name, and comes last where it comes twice", () => {
    const bytes = serialize(
      new Map<string, unknown>([
        ["", 1],
        ["ü", 2],
        ["1", 3],
        ["constructor", 4],
        ["x".repeat(100), 5],
        ["twicA", 6],
        ["twicB", 7],
      ]),
    )
    const twice = Buffer.from(Buffer.from(bytes).toString("latin1").replace("twicB", "twicA"), "latin1")
    expect(read(twice)).toStrictEqual(bySdk(twice, plain))
    expect(read(twice)).toMatchObject({ "": 1, ü: 2, 1: 3, constructor: 4, twicA: 7 })
  })

  test("what was read holds on to none of the bytes", () => {
    const bytes = serialize({ _id: id, text: "short", long: "x".repeat(30), bytes: new Uint8Array([1, 2]) })
    const expected = bySdk(Uint8Array.from(bytes), plain)
    const document = read(bytes)
    bytes.fill(7)
    expect(document).toStrictEqual(expected)
  })

  test("a client that does not look at UTF-8 has it so", () => {
    const bytes = Buffer.from(serialize({ _id: "a", text: "x" }))
    bytes[bytes.lastIndexOf("x")] = 0xff
    expect(read(bytes)).toBe("BSONError")
    expect(documentsReader({ enableUtf8Validation: false })([bytes], plain)).toMatchObject([
      { text: "\ufffd" },
    ])
  })

  const leaf = fc.oneof(
    fc.constantFrom(...values.map(([, value]) => value)),
    fc.constantFrom(...foreign.map(([, value]) => value)),
    fc.string({ unit: "binary" }).map((text) => text.toWellFormed()),
    fc.double(),
    fc.integer(),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.date(),
    fc.uint8Array(),
  )
  const name = fc.oneof(
    fc.constantFrom("a", "b", "name", "_id"),
    fc.string({ maxLength: 30 }).filter((text) => !text.includes("\0") && text !== "_bsontype"),
  )
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      { weight: 4, arbitrary: leaf },
      { weight: 1, arbitrary: fc.array(tie("value"), { maxLength: 3 }) },
      { weight: 1, arbitrary: fc.dictionary(name, tie("value"), { maxKeys: 3, noNullPrototype: true }) },
    ),
  }))
  const fields = fc.dictionary(name, value, { maxKeys: 5, noNullPrototype: true })

  test("any document is what the SDK and the decoder make of it", () => {
    fc.assert(
      fc.property(fields, (document) => {
        const bytes = serialize({ ...document, _id: id })
        expect(read(bytes)).toStrictEqual(bySdk(bytes, plain))
      }),
      { numRuns: 1000 },
    )
  })

  test("broken bytes are what the SDK makes of them", () => {
    const damage = fc.oneof(
      fc.record({ at: fc.nat(), byte: fc.nat(255) }),
      fc.record({ at: fc.nat(), cut: fc.constant(true) }),
    )
    fc.assert(
      fc.property(fields, damage, (document, how) => {
        const bytes = serialize({ ...document, _id: id })
        const at = how.at % bytes.length
        const broken = "cut" in how ? bytes.subarray(0, at) : Uint8Array.from(bytes)
        if ("byte" in how) broken[at] = how.byte
        expect(read(broken)).toStrictEqual(bySdk(broken, plain))
      }),
      { numRuns: 3000 },
    )
  })
})
