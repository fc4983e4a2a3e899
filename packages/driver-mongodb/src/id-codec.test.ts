import type { IdKind } from "@nosql/contracts"
import fc from "fast-check"
import { Binary, BSON, Decimal128, Long, ObjectId, Timestamp, UUID } from "mongodb"
import { describe, expect, test } from "vitest"
import { decodeId, encodeId, idProblem } from "./id-codec.ts"

const hex = "65f0a1b2c3d4e5f6a7b8c9d0"
const uuid = "0190a1b2-c3d4-7e5f-8a7b-8c9d0e1f2a3b"
const kinds = ["auto", "objectId", "string", "uuid"] as const satisfies readonly IdKind[]

describe("ids of the declared kind", () => {
  test.each<[IdKind, string, unknown]>([
    ["auto", hex, new ObjectId(hex)],
    ["auto", hex.toUpperCase(), hex.toUpperCase()],
    ["auto", `${hex.slice(1)}g`, `${hex.slice(1)}g`],
    ["auto", `${hex.slice(1)}/`, `${hex.slice(1)}/`],
    ["auto", `${hex.slice(1)}:`, `${hex.slice(1)}:`],
    ["auto", `${hex.slice(1)}\``, `${hex.slice(1)}\``],
    ["auto", hex.slice(1), hex.slice(1)],
    ["auto", uuid, uuid],
    ["auto", "ada", "ada"],
    ["objectId", hex, new ObjectId(hex)],
    ["string", hex, hex],
    ["string", uuid, uuid],
    ["uuid", uuid, new UUID(uuid)],
    ["uuid", hex, hex],
  ])("%s: %s", (ids, text, stored) => {
    expect(encodeId(text, { ids })).toEqual(stored)
    expect(decodeId(stored, { ids })).toBe(text)
  })
})

describe("foreign ids read as extended JSON", () => {
  test.each<[unknown, string, IdKind?]>([
    [5, "ejson:5"],
    [-0, "ejson:0"],
    [1.5, "ejson:1.5"],
    [5n, "ejson:5"],
    [9007199254740993n, 'ejson:{"$numberLong":"9007199254740993"}'],
    [Number.NaN, 'ejson:{"$numberDouble":"NaN"}'],
    [true, "ejson:true"],
    [null, "ejson:null"],
    [new Date(0), 'ejson:{"$date":{"$numberLong":"0"}}'],
    [Decimal128.fromString("1.10"), 'ejson:{"$numberDecimal":"1.10"}'],
    [new UUID(uuid), 'ejson:{"$binary":{"base64":"AZChssPUfl+Ke4ydDh8qOw==","subType":"04"}}'],
    [{ b: 1, a: "x" }, 'ejson:{"b":{"$numberInt":"1"},"a":"x"}'],
    [new ObjectId(hex), `ejson:{"$oid":"${hex}"}`, "string"],
    [new ObjectId(hex), `ejson:{"$oid":"${hex}"}`, "uuid"],
    // Strings that would be taken for something else.
    [hex, `ejson:"${hex}"`],
    [uuid, `ejson:"${uuid}"`, "uuid"],
    ["ejson:5", 'ejson:"ejson:5"'],
    ["", 'ejson:""'],
  ])("%s is %s", (stored, text, ids = "auto") => {
    expect(decodeId(stored, { ids })).toBe(text)
    expect(decodeId(encodeId(text, { ids }), { ids })).toBe(text)
  })
})

/** Values that MongoDB takes as an `_id`. */
const storedId = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(hex, uuid, "ejson:5", "ejson:", 'ejson:"x"', "", "null"),
  fc.string({ unit: "grapheme" }).map((text) => `ejson:${text}`),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc
    .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    .map((value) => BSON.deserialize(BSON.serialize({ value }), { useBigInt64: true })["value"]),
  fc.boolean(),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => new Binary(Buffer.from(bytes), 4)),
  fc.uint8Array().map((bytes) => new Binary(Buffer.from(bytes), 0)),
  fc.integer().map((n) => Decimal128.fromString(`${n}.50`)),
  fc.constant(new Timestamp({ t: 5, i: 6 })),
  fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.oneof(fc.integer(), fc.string(), fc.boolean()), {
    minKeys: 1,
  }),
)

/** What the server compares ids by. */
function bytesOf(id: unknown): string {
  const value = typeof id === "bigint" ? Long.fromBigInt(id) : id
  const number = value instanceof Long && Number.isSafeInteger(value.toNumber()) ? value.toNumber() : value
  return Buffer.from(BSON.serialize({ id: Object.is(number, -0) ? 0 : number })).toString("hex")
}

test.each(kinds)("under %s every id is found again by its text, and no two have one text", (ids) => {
  fc.assert(
    fc.property(storedId, storedId, (one, other) => {
      const text = decodeId(one, { ids })
      expect(bytesOf(encodeId(text, { ids }))).toBe(bytesOf(one))
      if (bytesOf(one) !== bytesOf(other)) expect(decodeId(other, { ids })).not.toBe(text)
    }),
    { numRuns: 2000 },
  )
})

test("a text that no read returns is refused for an id", () => {
  for (const id of ["ada", hex, uuid, "ejson:5", `ejson:"${hex}"`, 'ejson:{"$numberDecimal":"1"}'])
    expect(idProblem(id)).toBeUndefined()
  for (const id of [
    "ejson:",
    "ejson:{",
    "ejson:[1]",
    "ejson:05",
    'ejson:{"$numberInt":"5"}',
    'ejson:"ada"',
    `ejson:{"$oid":"${hex}"}`,
  ])
    expect(idProblem(id)).toMatch(/ejson/)
})
