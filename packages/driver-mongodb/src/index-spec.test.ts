import { describe, expect, test } from "vitest"
import { indexSpec, readIndex } from "./index-spec.ts"

describe("indexes", () => {
  test("a unique one is partial, so that documents without a key are exempt", () => {
    expect(indexSpec({ name: "a_1", keys: [{ path: ["a", "b"], direction: 1 }], unique: true })).toEqual({
      name: "a_1",
      key: new Map([["a.b", 1]]),
      unique: true,
      partialFilterExpression: { "a.b": { $exists: true } },
    })
  })

  test("ttl and text", () => {
    const ttl = {
      name: "t",
      keys: [{ path: ["at"], direction: 1 }],
      unique: false,
      expireAfterSeconds: 0,
    } as const
    expect(indexSpec(ttl)).toEqual({ name: "t", key: new Map([["at", 1]]), expireAfterSeconds: 0 })
    expect(readIndex({ name: "t", key: { at: 1 }, expireAfterSeconds: 0n })).toEqual(ttl)
    const text = { name: "x", keys: [], unique: false, text: [["title"], ["body"]] }
    expect(indexSpec(text).key).toEqual(
      new Map([
        ["title", "text"],
        ["body", "text"],
      ]),
    )
    expect(readIndex({ name: "x", key: { _fts: "text", _ftsx: 1 }, weights: { title: 1, body: 1 } })).toEqual(
      text,
    )
  })

  test("the index of _id and kinds that the language does not know are left out", () => {
    expect(readIndex({ name: "_id_", key: { _id: 1 } })).toBeUndefined()
    expect(readIndex({ name: "place_2dsphere", key: { place: "2dsphere" } })).toBeUndefined()
    expect(readIndex({ name: "h", key: { a: "hashed" } })).toBeUndefined()
  })
})
