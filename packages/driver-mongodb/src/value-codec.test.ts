import type { Document, FieldDeclaration, IdKind, Value } from "@nosql/contracts"
import { copyDocument, equalValues, isNativeValue, nativeValue } from "@nosql/core/driver"
import fc from "fast-check"
import * as sdk from "mongodb"
import { describe, expect, test } from "vitest"
import { bsonOptions } from "./bson-options.ts"
import { fromBson, toBson } from "./bson-values.ts"
import { encodeValue } from "./encode-value.ts"
import { documentDecoder, documentEncoder, encodeDocument, fieldsEncoder } from "./value-codec.ts"

const hex = "65f0a1b2c3d4e5f6a7b8c9d0"

function declaration(fields: Record<string, FieldDeclaration> = {}, ids: IdKind = "auto") {
  return { ids, fields }
}
const plain = declaration()

/** What the SDK makes of the bytes that it would send. */
function throughBson(document: sdk.Document): sdk.Document {
  return sdk.BSON.deserialize(sdk.BSON.serialize(document), bsonOptions)
}

const stored: Record<string, unknown> = {
  decimal: sdk.Decimal128.fromString("-1.10E+6111"),
  uuid: new sdk.UUID("0190a1b2-c3d4-7e5f-8a7b-8c9d0e1f2a3b"),
  md5: new sdk.Binary(Buffer.from("0123456789abcdef"), 5),
  old: new sdk.Binary(Buffer.from([1, 2, 3]), 2),
  custom: new sdk.Binary(Buffer.from([1]), 128),
  timestamp: new sdk.Timestamp({ t: 4_294_967_295, i: 7 }),
  minKey: new sdk.MinKey(),
  maxKey: new sdk.MaxKey(),
  regex: new sdk.BSONRegExp("^(?<a>x)\\Q(", "imsx"),
  code: new sdk.Code("function () {}"),
  scoped: new sdk.Code("f", { n: 1, at: new Date(5) }),
  reference: new sdk.DBRef("users", new sdk.ObjectId(hex), "shop", { since: 1 }),
  objectId: new sdk.ObjectId(hex),
  nan: new sdk.Double(Number.NaN),
  infinity: new sdk.Double(-Infinity),
  huge: new sdk.Double(2 ** 63),
  tiny: new sdk.Double(1e-200),
  smallest: new sdk.Double(5e-324),
}

describe("what the language has no kind for is carried", () => {
  test.each(Object.entries(stored))("%s", (name, value) => {
    const before = sdk.BSON.serialize({ top: value, in: { list: [value, { deep: value }] } })
    const document = documentDecoder(plain)(sdk.BSON.deserialize(before, bsonOptions))
    expect(document["top"]).toSatisfy(isNativeValue)
    expect(Object.isFrozen(document["top"])).toBe(true)
    expect(document["top"]).toMatchObject({ driver: "mongodb", type: typeNames[name] ?? "Double" })
    // Written back unchanged, to the byte.
    expect(Buffer.from(sdk.BSON.serialize(encodeDocument(document, plain)))).toEqual(Buffer.from(before))
    // The same value is the same text, so equality in this process agrees with the server's.
    expect(equalValues(fromBson(throughBson({ value })["value"]), document["top"] as Value)).toBe(true)
    expect(sdk.BSON.serialize({ v: toBson(document["top"] as Value) })).toEqual(
      sdk.BSON.serialize({ v: value }),
    )
  })

  const typeNames: Record<string, string> = {
    decimal: "Decimal128",
    uuid: "Binary",
    md5: "Binary",
    old: "Binary",
    custom: "Binary",
    timestamp: "Timestamp",
    minKey: "MinKey",
    maxKey: "MaxKey",
    regex: "BSONRegExp",
    code: "Code",
    scoped: "Code",
    reference: "DBRef",
    objectId: "ObjectId",
  }

  test("a date beyond JavaScript's range is carried, and refused when it would be written", () => {
    const bytes = sdk.BSON.serialize({ at: new Date(0) })
    new DataView(bytes.buffer, bytes.byteOffset).setBigInt64(8, 9n * 10n ** 15n, true)
    const document = documentDecoder(plain)(sdk.BSON.deserialize(bytes, bsonOptions))
    expect(document["at"]).toMatchObject({ type: "Date" })
    expect(() => encodeDocument(document, plain)).toThrow(/Date/)
  })

  test.each([
    { driver: "mongodb", type: "Decimal128", text: '{"$numberDecimal":"one"}' },
    { driver: "mongodb", type: "Decimal128", text: '{"$numberInt":"1"}' },
    { driver: "mongodb", type: "Decimal128", text: '{"$where":"1"}' },
    { driver: "mongodb", type: "Decimal128", text: "{" },
    { driver: "firestore", type: "GeoPoint", text: "1,2" },
  ])("$text is not written", (carried) => {
    const problem = expect.objectContaining({ code: "invalid-argument" })
    expect(() => encodeDocument({ _id: "a", v: [nativeValue(carried)] }, plain)).toThrow(problem)
  })
})

describe("numbers", () => {
  const read = (value: unknown, declared?: FieldDeclaration) =>
    documentDecoder(declaration(declared === undefined ? {} : { v: declared }))(throughBson({ v: value }))[
      "v"
    ]

  test.each<[unknown, Value, FieldDeclaration?]>([
    [5, 5],
    [-0, 0],
    [5n, 5],
    [-5n, -5],
    [9007199254740993n, 9007199254740993n],
    [new sdk.Double(5), 5],
    [0.5, 0.5],
    [-(2 ** 63), -(2n ** 63n)],
    [1e17, 10n ** 17n],
    [1e-130, 1e-130],
    // A path declared bigint always reads as one.
    [5, 5n, "bigint"],
    [5n, 5n, "bigint?"],
    [new sdk.Double(5), 5n, "bigint|null"],
    [null, null, "bigint|null"],
    [0.5, 0.5, "bigint"],
  ])("%s", (value, expected, declared) => {
    expect(Object.is(read(value, declared), expected)).toBe(true)
  })

  test("a path declared bigint is stored as int64, others as the SDK has it", () => {
    const encoded = encodeDocument(
      { a: 5, b: 5, c: 2n ** 62n, d: { e: 6 }, f: 0.5 },
      declaration({ b: "bigint", "d.e": "bigint", f: "bigint" }),
    )
    const types = sdk.BSON.deserialize(sdk.BSON.serialize(encoded), { promoteValues: false })
    const names = Object.entries({ ...types, e: types["d"].e }).map(([name, value]) => [
      name,
      value._bsontype,
    ])
    expect(Object.fromEntries(names)).toMatchObject({
      a: "Int32",
      b: "Long",
      c: "Long",
      e: "Long",
      f: "Double",
    })
  })
})

describe("references", () => {
  const fields = { owner: "id", "home.of": "id|null?", list: "array" } as const

  test("follow the ids of their collection both ways", () => {
    const document = { _id: "a", owner: hex, home: { of: hex, name: hex }, list: [hex], other: hex }
    const oid = new sdk.ObjectId(hex)
    const encoded = encodeDocument(document, declaration(fields))
    expect(encoded).toEqual({ ...document, owner: oid, home: { of: oid, name: hex } })
    expect(documentDecoder(declaration(fields))(throughBson(encoded))).toEqual(document)
    expect(encodeDocument(document, declaration(fields, "string"))).toEqual(document)
    const uuid = "0190a1b2-c3d4-7e5f-8a7b-8c9d0e1f2a3b"
    expect(encodeDocument({ owner: uuid }, declaration(fields, "uuid"))).toEqual({
      owner: new sdk.UUID(uuid),
    })
  })

  test("null and foreign ones keep their form", () => {
    const raw = { owner: 5, home: { of: null } }
    const document = documentDecoder(declaration(fields))({ ...raw, home: { ...raw.home } })
    expect(document).toEqual({ owner: "ejson:5", home: { of: null } })
    expect(encodeDocument(document, declaration(fields))).toEqual(raw)
  })
})

describe("copies", () => {
  test("what is sent as it is, is not copied; what changes is, and the caller's stays", () => {
    const inner = { list: [1, { at: new Date(0) }], bytes: new Uint8Array([1]) }
    const same = { _id: "a", inner }
    expect(encodeDocument(same, plain)).toBe(same)
    const changed = { _id: hex, inner, price: fromBson(sdk.Decimal128.fromString("1")) }
    const before = copyDocument(changed)
    const encoded = encodeDocument(changed, plain)
    expect(encoded["inner"]).toBe(inner)
    expect(encoded["_id"]).toEqual(new sdk.ObjectId(hex))
    expect(changed).toEqual(before)
  })

  test("fromBson leaves what it is given", () => {
    const given = { n: 5n, list: [5n, { d: new sdk.Double(Number.NaN) }] }
    fromBson(given)
    expect(given).toEqual({ n: 5n, list: [5n, { d: new sdk.Double(Number.NaN) }] })
  })

  test("bytes are copied out of the server's answer", () => {
    const answer = Buffer.alloc(1000)
    const { v } = documentDecoder(plain)({ v: new sdk.Binary(answer.subarray(10, 12), 0) })
    expect(v).toEqual(new Uint8Array(2))
    expect((v as Uint8Array).buffer.byteLength).toBe(2)
    expect(Buffer.isBuffer(v)).toBe(false)
  })

  test("names that break careless objects are data", () => {
    const raw = throughBson(
      JSON.parse('{"__proto__":{"a":{"$x":1}},"constructor":1,"toString":{"__proto__":2}}'),
    )
    const document = documentDecoder(plain)(raw)
    expect(Object.getPrototypeOf(document)).toBe(Object.prototype)
    expect(JSON.stringify(document)).toBe(
      '{"__proto__":{"a":{"$x":1}},"constructor":1,"toString":{"__proto__":2}}',
    )
    expect(({} as { a?: unknown }).a).toBeUndefined()
    // The SDK's own default leaves the objects of such arrays as bytes.
    const lists = { constructor: [{ a: [{}] }], toString: [{}] }
    expect(documentDecoder(plain)(throughBson({ lists }))).toEqual({ lists })
    const encoded = encodeDocument({ ...document, price: fromBson(sdk.Decimal128.fromString("1")) }, plain)
    expect(Object.keys(encoded)).toContain("__proto__")
  })
})

test("operands can be printed", () => {
  const operand = encodeValue({ big: 2n ** 62n, bytes: new Uint8Array([1]), list: [1n] }, "v", plain)
  expect(() => JSON.stringify(operand)).not.toThrow()
  expect(throughBson({ operand })).toEqual(
    throughBson({
      operand: { big: 2n ** 62n, bytes: new sdk.Binary(Buffer.from([1])), list: [sdk.Long.fromInt(1)] },
    }),
  )
})

// Portable documents, native values among them.
const native = fc.constantFrom(...Object.values(stored)).map(fromBson)
const name = fc.oneof(
  fc.stringMatching(/^[a-z]{1,4}$/),
  fc.constantFrom("constructor", "toString", "0", "7", "naïve"),
)
const { value } = fc.letrec<{ value: Value; object: Document }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.oneof(
      fc.integer(),
      fc.integer({ min: -1000, max: 1000 }).map((n) => n / 2),
      fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
      fc.string({ unit: "grapheme" }),
      fc.boolean(),
      fc.constant(null),
      fc.date({ noInvalidDate: true }),
      fc.uint8Array().map((bytes) => new Uint8Array(bytes)),
      native,
    ),
    fc.array(tie("value"), { maxLength: 4 }),
    tie("object"),
  ),
  object: fc.dictionary(name, tie("value"), { maxKeys: 5 }) as fc.Arbitrary<Document>,
}))
const id = fc.oneof(
  fc.constant(hex),
  fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !text.startsWith("ejson:")),
)

test("fuzz: every document comes back as it was, whatever is declared", () => {
  const kinds = fc.constantFrom<FieldDeclaration>("string", "bigint?", "object?", "date", "id|null?")
  const path = fc.oneof(
    name,
    fc.tuple(name, name).map((segments) => segments.join(".")),
  )
  const ids = fc.constantFrom<IdKind>("auto", "string")
  fc.assert(
    fc.property(id, fc.dictionary(name, value), fc.dictionary(path, kinds), ids, (_id, rest, fields, ids) => {
      // A path declared to be a reference holds one.
      const references = Object.keys(fields).filter((at) => fields[at]?.startsWith("id") && !at.includes("."))
      const document: Document = { _id, ...rest, ...Object.fromEntries(references.map((at) => [at, _id])) }
      fc.pre(Object.keys(fields).every((at) => !at.includes(".") || !fields[at]?.startsWith("id")))
      const before = copyDocument(document)
      const encoded = documentEncoder({ ids, fields })(document)
      expect(document).toEqual(before)
      const back = documentDecoder({ ids, fields })(throughBson(encoded))
      // By value: a path declared bigint reads 5 as 5n.
      expect(equalValues(back, before) || back).toBe(true)
      // Written back as it was read, to the byte.
      expect(sdk.BSON.serialize(documentEncoder({ ids, fields })(back))).toEqual(sdk.BSON.serialize(encoded))
    }),
    { numRuns: 2000 },
  )
})

describe("documentEncoder of plain documents", () => {
  const inner = { n: 1 }
  const document = { _id: "a", inner }

  test("looks into none", () => {
    expect(documentEncoder(plain, true)(document)).toBe(document)
    const unlooked = { _id: "a", v: [nativeValue({ driver: "mongodb", type: "Decimal128", text: "1" })] }
    expect(documentEncoder(plain, true)(unlooked)).toBe(unlooked)
  })

  test("but where the declaration says otherwise", () => {
    const encoded = documentEncoder(declaration({ "inner.n": "bigint" }), true)(document)
    expect(encoded).toEqual({ _id: "a", inner: { n: sdk.Long.fromNumber(1) } })
    expect(document.inner).toBe(inner)
  })
})

describe("fieldsEncoder", () => {
  const fields: Document = { a: "x", ref: hex, at: new Date(5), list: [1, { n: null }], in: { ref: hex } }

  test("puts the _id last and leaves plain fields as they are", () => {
    const encoded = fieldsEncoder(plain)(hex, fields, true)
    expect(Object.entries(encoded)).toEqual([...Object.entries(fields), ["_id", new sdk.ObjectId(hex)]])
    expect(encoded["list"]).toBe(fields["list"])
    expect(encoded).toEqual(fieldsEncoder(plain)(hex, fields, false))
    expect(fields).not.toHaveProperty("_id")
  })

  test("stores declared references and int64s in their form, plain as they may be", () => {
    const declared = declaration({ ref: "id", "in.ref": "id" })
    const id = new sdk.ObjectId(hex)
    expect(fieldsEncoder(declared)(hex, fields, true)).toEqual({
      ...fields,
      ref: id,
      in: { ref: id },
      _id: id,
    })
    expect(fieldsEncoder(declaration({ n: "bigint" }))("x", { n: 1 }, true)).toEqual({
      n: sdk.Long.fromNumber(1),
      _id: "x",
    })
  })

  test("turns what is not plain into the SDK's own", () => {
    const carried = nativeValue({ driver: "mongodb", type: "Decimal128", text: '{"$numberDecimal":"1"}' })
    const encoded = fieldsEncoder(plain)("x", { deep: [{ carried }] }, false)
    expect(encoded).toEqual({ deep: [{ carried: sdk.Decimal128.fromString("1") }], _id: "x" })
  })
})
