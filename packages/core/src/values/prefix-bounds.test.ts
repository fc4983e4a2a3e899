import fc from "fast-check"
import { expect, test } from "vitest"
import { compareStrings } from "./compare-values.ts"
import { prefixBounds } from "./prefix-bounds.ts"

test.each([
  ["ab", "ac"],
  ["a\u{10FFFF}", "b"],
  ["a\u{1F600}", "a\u{1F601}"],
  ["a\uD7FF", "a\uE000"],
  ["a\uFFFF", "a\u{10000}"],
  ["\u{10FFFF}\u{10FFFF}", undefined],
  ["", undefined],
])("%j ends below %j", (prefix, high) => {
  expect(prefixBounds(prefix)).toEqual(high === undefined ? { low: prefix } : { low: prefix, high })
})

test("holds the strings that begin so, and no others", () => {
  const character = fc.constantFrom("a", "b", "\uD7FF", "\uE000", "\uFFFF", "\u{10000}", "\u{10FFFF}")
  const text = fc.array(character, { maxLength: 4 }).map((characters) => characters.join(""))
  fc.assert(
    fc.property(text, text, (prefix, other) => {
      const { low, high } = prefixBounds(prefix)
      const within =
        compareStrings(other, low) >= 0 && (high === undefined || compareStrings(other, high) < 0)
      expect(within).toBe(other.startsWith(prefix))
    }),
    { numRuns: 2000 },
  )
})
