import type { Value } from "@nosql/contracts"
import fc, { type Arbitrary } from "fast-check"

// Pools are small, so that filters hit, values tie and arrays share elements.

/** "Suites use integers and halves"; 5n and -0 are forms of 5 and 0. */
export const smallNumber: Arbitrary<number | bigint> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<number | bigint>(-1, 0, 1, 2, 5) },
  { weight: 2, arbitrary: fc.constantFrom<number | bigint>(-2, -1.5, -0.5, 0.5, 1.5, 3, 7) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<number | bigint>(-0, 1n, 5n, 2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1),
  },
)

export const wholeNumber: Arbitrary<number | bigint> = fc.constantFrom<number | bigint>(
  -3,
  -2,
  -1,
  0,
  1,
  2,
  3,
  5n,
)

/** Integers on both sides of 2^53 and at the ends of int64. */
export const bigNumber: Arbitrary<number | bigint> = fc.oneof(
  fc.constantFrom<number | bigint>(
    0,
    1,
    -1,
    5n,
    2 ** 53 - 1,
    2 ** 53,
    2n ** 53n,
    2n ** 53n + 1n,
    2n ** 53n + 2n,
  ),
  fc.constantFrom<number | bigint>(
    2 ** 60,
    2n ** 60n,
    2n ** 60n + 1n,
    -(2n ** 53n) - 1n,
    2n ** 63n - 1n,
    -(2n ** 63n),
    -(2 ** 63),
  ),
)

/** Astral characters lie above U+FF5E by code point and below it by UTF-16 unit. */
export const text: Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("a", "b", "ab") },
  { weight: 2, arbitrary: fc.constantFrom("", "abc", "A", "aB", "ba", "a1") },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "\uFF5E",
      "\u{1F600}",
      "a\u{1F600}",
      "a\uFF5E",
      "\u{1F600}b",
      "é",
      "e\u0301",
      "\uFFFD",
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom("a.c", "a+b", "$a", "0", "null", "a\nb", "a b", "\\d", "a\0b", "[a]", "^a$"),
  },
)

export const date: Arbitrary<Date> = fc
  .constantFrom(0, 1, -1, 86_400_000, 951_782_400_000, -62_135_596_800_000, 253_402_300_799_999)
  .map((milliseconds) => new Date(milliseconds))

export const bytes: Arbitrary<Uint8Array> = fc
  .constantFrom<readonly number[]>([], [0], [1], [1, 2], [2, 1], [255], [0, 0])
  .map((content) => Uint8Array.from(content))

export const flag: Arbitrary<boolean> = fc.boolean()

const nothing: Arbitrary<null> = fc.constant(null)

/** A value that has an order, so can stand in a range. */
export const orderable: Arbitrary<Value> = fc.oneof(smallNumber, bigNumber, text, date)

/** A value of any kind but array and object. */
export const scalar: Arbitrary<Value> = fc.oneof(
  { weight: 3, arbitrary: smallNumber },
  { weight: 1, arbitrary: bigNumber },
  { weight: 3, arbitrary: text },
  { weight: 1, arbitrary: date },
  { weight: 1, arbitrary: bytes },
  { weight: 1, arbitrary: flag },
  { weight: 1, arbitrary: nothing },
)

export function orNull<T extends Value>(arbitrary: Arbitrary<T>): Arbitrary<T | null> {
  return fc.oneof({ weight: 5, arbitrary }, { weight: 1, arbitrary: nothing })
}
