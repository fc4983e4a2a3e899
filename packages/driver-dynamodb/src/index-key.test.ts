import type { Value } from "@nosql/contracts"
import { compareForSort, type IndexInfo, nativeValue } from "@nosql/core/driver"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { encodeKind, encodePart, encodePrefix, encodeTuple } from "./encode-tuple.ts"
import { indexAttributes, partitionKey, shardKey, uniqueKey, uniqueKeyOf } from "./index-key.ts"
import { bytesBehind, compareBytes } from "./key-bytes.ts"

const context = { operation: "insertOne", collection: "users" }

/** Characters that escapes, terminators and the order by code point hang on, and others. */
const strings = fc.oneof(
  fc.string({ unit: "binary", maxLength: 6 }).filter((text) => text.isWellFormed()),
  fc.string({
    unit: fc.constantFrom("\0", "\u0001", "\u0002", "a", "\uFF5E", "\u{1F600}", "\u{10FFFF}"),
    maxLength: 4,
  }),
)
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
const nearInt64 = fc
  .tuple(fc.constantFrom(53n, 54n, 60n, 62n, 63n), fc.bigInt({ min: -3n, max: 3n }), fc.boolean())
  .map(([power, step, negative]) => (negative ? -(2n ** power) + step : 2n ** power + step))
  .filter((value) => value >= -(2n ** 63n) && value < 2n ** 63n)
const doubles = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .filter((value) => Math.abs(value) < 2 ** 63 && (value === 0 || Math.abs(value) >= 1e-130))
const keys: fc.Arbitrary<Value | undefined> = fc.oneof(
  fc.constantFrom<Value | undefined>(
    undefined,
    null,
    true,
    false,
    0,
    -0,
    5,
    5n,
    2 ** 53,
    2n ** 53n + 1n,
    -(2 ** 63),
  ),
  strings,
  int64,
  nearInt64,
  doubles,
  fc.integer(),
  fc.date({ noInvalidDate: true }),
)
const others = fc.constantFrom<Value>(
  [],
  [1],
  {},
  { a: 1 },
  new Uint8Array([1]),
  nativeValue({ driver: "dynamodb", type: "N", text: "1" }),
)
const directions = fc.constantFrom<1 | -1>(1, -1)

function compareTuples(
  a: readonly (Value | undefined)[],
  b: readonly (Value | undefined)[],
  order: readonly (1 | -1)[],
): number {
  for (const [i, direction] of order.entries()) {
    const difference = compareForSort(a[i], b[i]) * direction
    if (difference !== 0) return difference
  }
  return 0
}

describe("encodeTuple", () => {
  test("bytes compare as the values do in a sort", () => {
    const values = fc.oneof({ arbitrary: keys, weight: 5 }, others)
    fc.assert(
      fc.property(values, values, directions, (a, b, direction) => {
        const order = compareBytes(encodePart(a, direction), encodePart(b, direction))
        expect(Math.sign(order)).toBe(Math.sign(compareForSort(a, b) * direction) + 0)
      }),
      { numRuns: 20_000 },
    )
  })

  test("tuples compare part by part, each in its direction", () => {
    const tuples = fc.array(directions, { minLength: 1, maxLength: 3 }).chain((order) => {
      const few = fc.oneof(
        strings,
        fc.constantFrom<Value | undefined>(undefined, 1, 1n, "", "a", "a\0", true),
      )
      const tuple = fc.array(few, { minLength: order.length, maxLength: order.length })
      return fc.tuple(fc.constant(order), tuple, tuple)
    })
    fc.assert(
      fc.property(tuples, ([order, a, b]) => {
        const bytes = compareBytes(encodeTuple(a, order), encodeTuple(b, order))
        expect(Math.sign(bytes)).toBe(Math.sign(compareTuples(a, b, order)) + 0)
      }),
      { numRuns: 10_000 },
    )
  })

  test("no part begins another, whatever the direction", () => {
    fc.assert(
      fc.property(keys, keys, (a, b) => {
        const [x, y] = [encodePart(a, 1), encodePart(b, 1)]
        if (compareForSort(a, b) !== 0) expect(y.subarray(0, x.length)).not.toEqual(x)
      }),
      { numRuns: 5000 },
    )
  })

  test("a prefix's bytes begin the parts of the strings that begin with it, and no other", () => {
    fc.assert(
      fc.property(strings, keys, directions, (prefix, value, direction) => {
        const begin = encodePrefix(prefix, direction)
        const part = encodePart(value, direction)
        const begins = compareBytes(part.subarray(0, begin.length), begin) === 0
        expect(begins).toBe(typeof value === "string" && value.startsWith(prefix))
      }),
      { numRuns: 10_000 },
    )
  })

  test("a kind's bytes begin the parts of its values", () => {
    expect(encodePart(5, -1)[0]).toBe(encodeKind("number", -1)[0])
    expect(encodePart(new Date(0), 1)[0]).toBe(encodeKind("date", 1)[0])
    expect(encodePart("x", 1)[0]).toBe(encodeKind("string", 1)[0])
  })

  test("the stored form never changes", () => {
    const hex = (value: Value, direction: 1 | -1 = 1) =>
      Buffer.from(encodePart(value, direction)).toString("hex")
    expect(hex(null)).toBe("10")
    expect(hex(1)).toBe("20bff00000000000000000")
    expect(hex(-1.5)).toBe("204007ffffffffffff0000")
    expect(hex(2n ** 63n - 1n)).toBe("20c3dfffffffffffff03ff")
    expect(hex("a\0\u0001é")).toBe("306101010102c3a900")
    expect(hex("a", -1)).toBe("cf9eff")
    expect(hex({})).toBe("40")
    expect(hex([])).toBe("48")
    expect(hex(new Uint8Array(1))).toBe("50")
    expect(hex(false)).toBe("60")
    expect(hex(true)).toBe("61")
    expect(hex(new Date(1))).toBe("708000000000000001")
  })
})

describe("bytesBehind", () => {
  test("lies above everything that begins with the bytes, and below what does not", () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 4 }).filter((array) => array[0] !== 0xff)
    fc.assert(
      fc.property(bytes, fc.uint8Array({ maxLength: 3 }), bytes, (prefix, tail, other) => {
        const behind = bytesBehind(prefix)
        expect(compareBytes(Uint8Array.from([...prefix, ...tail]), behind)).toBeLessThan(0)
        const begins = compareBytes(other.subarray(0, prefix.length), prefix) === 0
        if (!begins && compareBytes(other, prefix) > 0)
          expect(compareBytes(other, behind)).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

const byStatus: IndexInfo = {
  name: "status_1_at_-1",
  unique: false,
  keys: [
    { path: ["status"], direction: 1 },
    { path: ["at"], direction: -1 },
    { path: ["_id"], direction: -1 },
  ],
}

describe("indexAttributes", () => {
  test("the first key is the partition, the rest and _id are the order", () => {
    const document = { _id: "a", status: "new", at: new Date(5) }
    expect(indexAttributes(document, [byStatus], context)).toEqual({
      "_nosql_status_1_at_-1_h": { B: partitionKey(["new"]) },
      "_nosql_status_1_at_-1_r": { B: encodeTuple([new Date(5), "a"], [-1, -1]) },
    })
  })

  test("a document without the keys has its place: missing is as null", () => {
    expect(indexAttributes({ _id: "a" }, [byStatus], context)).toEqual(
      indexAttributes({ _id: "a", status: null, at: null }, [byStatus], context),
    )
  })

  test("a declared hash is the partition, and _id is appended where it is not there", () => {
    const index: IndexInfo = {
      name: "i_x",
      unique: true,
      keys: [
        { path: ["a", "b"], direction: 1 },
        { path: ["c"], direction: -1 },
        { path: ["d"], direction: 1 },
      ],
      hash: [["d"], ["a", "b"]],
    }
    expect(indexAttributes({ _id: "x", a: { b: 1 }, c: 2, d: 3 }, [index], context)).toEqual({
      _nosql_i_x_h: { B: partitionKey([3, 1]) },
      _nosql_i_x_r: { B: encodeTuple([2, "x"], [-1, 1]) },
    })
  })

  test("without a hash the documents spread over the shards by their _id, always to the same", () => {
    const index: IndexInfo = { ...byStatus, name: "all", hash: [], shards: 4 }
    const shards = Array.from({ length: 200 }, (_, i) => {
      const attributes = indexAttributes({ _id: `id${i}` }, [index], context)
      return Buffer.from((attributes["_nosql_all_h"] as { B: Uint8Array }).B).toString("hex")
    })
    expect(new Set(shards)).toEqual(
      new Set([0, 1, 2, 3].map((n) => Buffer.from(shardKey(n)).toString("hex"))),
    )
    for (const shard of new Set(shards))
      expect(shards.filter((other) => other === shard).length).toBeGreaterThan(25)
    expect(shards[7]).toBe(Buffer.from(shardKey(1)).toString("hex"))
  })

  test("a key over the vendor's limit is refused with its path", () => {
    const long = (length: number) => ({ _id: "a", status: "x".repeat(length) })
    expect(() => indexAttributes(long(2046), [byStatus], context)).not.toThrow()
    expect(() => indexAttributes(long(2047), [byStatus], context)).toThrow(
      expect.objectContaining({
        code: "invalid-argument",
        path: "status",
        message:
          'insertOne at "status": the key of index "status_1_at_-1" would be 2049 bytes; DynamoDB takes 2048: shorten the value, or index another field',
      }),
    )
    expect(() => indexAttributes({ _id: "a", at: "é".repeat(520) }, [byStatus], context)).toThrow('at "at"')
  })
})

describe("uniqueKey", () => {
  const unique: IndexInfo = {
    name: "email_1",
    unique: true,
    keys: [
      { path: ["tenant"], direction: 1 },
      { path: ["email"], direction: -1 },
    ],
  }
  const keyOf = (tenant: Value, email: Value) => uniqueKey({ _id: "a", tenant, email }, unique, context)

  test("is equal where the values are, whatever the direction", () => {
    expect(keyOf(1, "x")).toBe("u#email_1#IL_wAAAAAAAAAAAweAA")
    expect(keyOf(1n, "x")).toBe(uniqueKeyOf([1, "x"], unique))
    expect(keyOf("1", "x")).not.toBe(keyOf(1, "x"))
    expect(keyOf(1, null)).not.toBe(keyOf(1, "x"))
    expect(keyOf(1, new Uint8Array([1]))).not.toBe(keyOf(1, new Uint8Array([2])))
  })

  test("a document that lacks a key has none", () => {
    expect(uniqueKey({ _id: "a", tenant: 1 }, unique, context)).toBeUndefined()
  })

  test("one over the vendor's limit is refused with its path", () => {
    expect(() => keyOf(1, "x".repeat(1600))).toThrow('insertOne at "email": the key of index "email_1"')
  })
})
