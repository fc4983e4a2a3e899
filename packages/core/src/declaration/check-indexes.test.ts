import type { IndexDefinition } from "@nosql/contracts"
import { describe, expect, test } from "vitest"
import { checkIndexes } from "./check-indexes.ts"

const context = { operation: "defineCollection", collection: "users" }
const check = (indexes: readonly unknown[], ttl?: { field: string }) =>
  checkIndexes(indexes as readonly IndexDefinition[], ttl, context)

describe("declared indexes", () => {
  test.each<[string, object, object]>([
    ["as it is", { keys: { a: 1, b: -1 } }, { keys: { a: 1, b: -1 } }],
    ["by the name that it has anyway", { keys: { a: 1 } }, { keys: { a: 1 }, name: "a_1" }],
    ["with the first key as its hash", { keys: { a: 1 } }, { keys: { a: 1 }, hash: ["a"] }],
    [
      "as pairs",
      { keys: { a: 1 }, unique: true },
      {
        keys: [["a", 1]],
        unique: true,
      },
    ],
  ])("one that is declared again is taken once: %s", (_, first, second) => {
    expect(check([first, second])).toEqual([first])
  })

  test.each<[string, readonly unknown[], { field: string }?]>([
    ["the keys of a plain one", [{ keys: { a: 1 } }, { keys: { a: 1 }, unique: true, name: "once" }]],
    ["the keys of a ttl", [{ keys: { x: 1 } }, { keys: { x: -1 } }], { field: "x" }],
    ["another way for _id", [{ keys: { a: 1 } }, { keys: { a: 1, _id: -1 } }]],
    [
      "the same keys, spread otherwise",
      [{ keys: { a: 1, b: 1 } }, { keys: { a: 1, b: 1 }, hash: [], name: "all" }],
    ],
    [
      "unique with and without _id",
      [
        { keys: { a: 1 }, unique: true },
        { keys: { a: 1, _id: 1 }, unique: true },
      ],
    ],
  ])("several may stand beside each other: %s", (_, indexes, ttl) => {
    expect(check(indexes, ttl)).toHaveLength(indexes.length)
  })

  test.each<[string, readonly unknown[], string, { field: string }?]>([
    [
      "plain, then unique",
      [{ keys: { a: 1 } }, { keys: { a: 1 }, unique: true }],
      'has the name "a_1" of indexes[0] and differs in "unique"; declare one of the two, or give this one another name',
    ],
    [
      "unique, then plain",
      [{ keys: { a: 1 }, unique: true }, { keys: { a: 1 } }],
      'has the name "a_1" of indexes[0] and differs in "unique"; declare one of the two, or give this one another name',
    ],
    [
      "one name for two",
      [
        { keys: { a: 1 }, name: "x" },
        { keys: { b: 1 }, name: "x" },
      ],
      'has the name "x" of indexes[0] and differs in "keys"; declare one of the two, or give this one another name',
    ],
    [
      "one name, spread in two ways",
      [{ keys: { a: 1 }, hash: [] }, { keys: { a: 1 } }],
      'has the name "a_1" of indexes[0] and differs in "hash"; declare one of the two, or give this one another name',
    ],
    [
      "the name of the ttl's index",
      [{ keys: { a: 1 } }, { keys: { x: 1 }, name: "x_1_ttl" }],
      'has the name "x_1_ttl" of ttl and differs in "expireAfterSeconds"; declare one of the two, or give this one another name',
      { field: "x" },
    ],
    [
      "two names for one",
      [{ keys: { a: 1 } }, { keys: { a: 1 }, name: "again" }],
      "is indexes[0] again under another name; declare it once",
    ],
    [
      "two names for one, the _id that ends it written",
      [{ keys: { a: 1 } }, { keys: { a: 1, _id: 1 } }],
      "is indexes[0] again under another name; declare it once",
    ],
  ])("those that contradict each other are refused: %s", (_, indexes, problem, ttl) => {
    expect(() => check(indexes, ttl)).toThrow(
      expect.objectContaining({
        code: "invalid-argument",
        collection: "users",
        path: "indexes[1]",
        message: `defineCollection at "indexes[1]": ${problem}`,
      }),
    )
  })

  test.each<[string, object, string, string]>([
    ["pairs", { keys: new Array(1) }, "keys", "or pairs"],
    ["hash", { keys: { a: 1 }, hash: new Array(1) }, "hash", "names keys of the index only"],
  ])("a place left empty is not passed over: %s", (_, index, path, problem) => {
    expect(() => check([index])).toThrow(
      expect.objectContaining({
        code: "invalid-argument",
        path: `indexes[0].${path}`,
        message: expect.stringContaining(problem),
      }),
    )
  })
})
