import type { Document } from "@nosql/contracts"
import fc from "fast-check"
import { BSON, Decimal128, Long, ObjectId } from "mongodb"
import { expect, test } from "vitest"
import { fromBson } from "./bson-values.ts"
import { bsonProblem, documentProblem, mostBytes } from "./document-problem.ts"

const limit = 16 * 1024 * 1024

/** A document of exactly so many bytes: five for the document, seven for the string's frame. */
function documentOf(bytes: number, unit = "x"): Document {
  return { s: unit.repeat((bytes - 13) / Buffer.byteLength(unit)) }
}

test("the limit is exact, whatever the letters", () => {
  expect(BSON.calculateObjectSize(documentOf(limit))).toBe(limit)
  expect(documentProblem(documentOf(limit))).toBeUndefined()
  expect(documentProblem(documentOf(limit + 1))).toMatch(/16777217 bytes.*16777216.*mongodb\.com/)
  expect(documentProblem({ s: "\u{1F600}".repeat(limit / 4 - 100) })).toBeUndefined()
  expect(documentProblem({ s: "\u{1F600}".repeat(limit / 4) })).toBeDefined()
  expect(bsonProblem({ $set: documentOf(limit) })).toBeDefined()
})

test("bytes, arrays, names and ids count", () => {
  expect(documentProblem({ b: new Uint8Array(limit) })).toBeDefined()
  expect(documentProblem({ b: new Uint8Array(limit - 100) })).toBeUndefined()
  expect(documentProblem({ list: Array.from({ length: 1_100_000 }, (_, i) => i + 0.5) })).toBeDefined()
  expect(documentProblem({ ["n".repeat(limit)]: 1 })).toBeDefined()
})

test("a document of which core says how many bytes are enough is not measured", () => {
  expect(documentProblem(documentOf(limit + 1), limit)).toBeUndefined()
  expect(documentProblem(documentOf(limit), 3 * limit)).toBeUndefined()
  expect(documentProblem(documentOf(limit + 1), 3 * limit)).toBeDefined()
})

test("small documents are never serialized, large ones never missed: the estimate lies above the truth", () => {
  const scalar = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.double(),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.boolean(),
    fc.constant(null),
    fc.date({ noInvalidDate: true }),
    fc.uint8Array(),
    fc.constantFrom<unknown>(
      new ObjectId(),
      Decimal128.fromString("1.5"),
      Long.fromInt(5),
      fromBson(Decimal128.fromString("1")),
    ),
  )
  const document = fc.dictionary(
    fc.string({ unit: "binary" }).filter((name) => !name.includes("\0") && name !== "_bsontype"),
    fc.oneof(scalar, fc.array(scalar), fc.dictionary(fc.stringMatching(/^[a-z]+$/), scalar)),
  )
  fc.assert(
    fc.property(document, (value) => {
      const many = { list: Array.from({ length: 50 }, () => value) }
      expect(mostBytes(many)).toBeGreaterThanOrEqual(BSON.calculateObjectSize(many))
      expect(mostBytes(many)).toBeLessThanOrEqual(30 * BSON.calculateObjectSize(many))
    }),
    { numRuns: 300 },
  )
})
