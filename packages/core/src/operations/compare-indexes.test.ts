import { describe, expect, test } from "vitest"
import type { IndexInfo } from "../driver/collection-info.ts"
import { compareIndexes } from "./compare-indexes.ts"

const index = (name: string, keys: Record<string, 1 | -1>, more: Partial<IndexInfo> = {}): IndexInfo => ({
  name,
  keys: Object.entries(keys).map(([path, direction]) => ({ path: path.split("."), direction })),
  unique: false,
  ...more,
})

describe("compareIndexes", () => {
  test("matches by keys, whatever the name; the _id that ends an index is not compared", () => {
    const declared = [index("a_1", { a: 1, _id: 1 })]
    expect(compareIndexes(declared, [index("other", { a: 1 })])).toEqual({
      missing: [],
      existing: ["other"],
      differing: [],
    })
  })

  test("another direction, order or key is another index", () => {
    const declared = index("x", { a: 1, b: 1 })
    for (const found of [{ a: 1, b: -1 }, { b: 1, a: 1 }, { a: 1 }] as Record<string, 1 | -1>[])
      expect(compareIndexes([declared], [index("y", found)]).missing).toEqual([declared])
  })

  test("the same keys with other options are reported and not made again", () => {
    const declared = index("email_1", { email: 1 }, { unique: true })
    expect(compareIndexes([declared], [index("email_1", { email: 1 })])).toEqual({
      missing: [],
      existing: [],
      differing: [{ name: "email_1", problem: "is to be unique and is not" }],
    })
    const ttl = index("at_1_ttl", { at: 1 }, { expireAfterSeconds: 60 })
    const [difference] = compareIndexes([ttl], [index("at_1", { at: 1 })]).differing
    expect(difference).toEqual({
      name: "at_1",
      problem: "expires after never and is to after 60 (seconds)",
    })
  })

  test("of two with the same keys the one with the same options counts", () => {
    const ttl = index("at_ttl", { at: 1 }, { expireAfterSeconds: 60 })
    expect(compareIndexes([ttl], [index("at_1", { at: 1 }), ttl]).existing).toEqual(["at_ttl"])
  })

  test("what serves as one declared index is in the way of no other", () => {
    const plain = index("at_1", { at: 1, _id: 1 })
    const ttl = index("at_1_ttl", { at: 1 }, { expireAfterSeconds: 60 })
    expect(compareIndexes([plain, ttl], [plain])).toEqual({
      missing: [ttl],
      existing: ["at_1"],
      differing: [],
    })
  })

  test("the _id that ends an index counts where both have one, and where both are unique", () => {
    const backward = index("x", { a: 1, _id: -1 })
    expect(compareIndexes([backward], [index("a_1", { a: 1, _id: 1 })]).missing).toEqual([backward])
    const unique = index("u", { a: 1 }, { unique: true })
    const weaker = index("w", { a: 1, _id: 1 }, { unique: true })
    expect(compareIndexes([unique], [weaker]).missing).toEqual([unique])
  })

  test("one that is being built is reported, and not made again", () => {
    const building = index("a_1", { a: 1 }, { building: true })
    expect(compareIndexes([index("a_1", { a: 1 })], [building]).differing).toEqual([
      { name: "a_1", problem: "is being built, and serves no query yet" },
    ])
  })

  test("a name that is taken by other keys is reported", () => {
    expect(compareIndexes([index("x", { a: 1 })], [index("x", { b: 1 })]).differing).toEqual([
      { name: "x", problem: "is there with other keys; drop it or rename yours" },
    ])
  })
})
