import { expect, test } from "vitest"
import { printIndexKeys } from "./print-index-keys.ts"

test.each<[string, Parameters<typeof printIndexKeys>[0], string]>([
  ["one key", [["a.b", 1]], '{ "a.b": 1 }'],
  [
    "several keys",
    [
      ["city", 1],
      ["age", -1],
    ],
    '{ "city": 1, "age": -1 }',
  ],
  ["a key of text", [["title", "text"]], '{ "title": "text" }'],
  ["one key of digits", [["2024", -1]], '{ "2024": -1 }'],
  [
    "a key of digits among several, which an object would put first",
    [
      ["city", 1],
      ["2024", -1],
    ],
    '[["city", 1], ["2024", -1]]',
  ],
])("the keys of an index as they are declared: %s", (_, keys, text) => {
  expect(printIndexKeys(keys)).toBe(text)
})
