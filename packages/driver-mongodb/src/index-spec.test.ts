import { BSON } from "mongodb"
import { describe, expect, test } from "vitest"
import { indexSpec, indexSpecs, readIndex } from "./index-spec.ts"
import { orderedDocument } from "./ordered-document.ts"

/** As the server's bytes are read. */
function listed(index: Record<string, unknown>): ReadonlyMap<string, unknown> {
  return orderedDocument(BSON.serialize(index))
}

describe("indexes", () => {
  test("a unique one is partial, so that documents without a key are exempt", () => {
    expect(indexSpec({ name: "a_1", keys: [{ path: ["a", "b"], direction: 1 }], unique: true })).toEqual({
      name: "a_1",
      key: new Map([["a.b", 1]]),
      unique: true,
      partialFilterExpression: { "a.b": { $exists: true } },
    })
  })

  test("those that differ in partitions only are one, under the first name; a ttl and a plain one are two", () => {
    const keys = [{ path: ["a"], direction: 1 }] as const
    const ended = [...keys, { path: ["_id"], direction: 1 }] as const
    const specs = indexSpecs([
      { name: "a_1", keys: ended, unique: false },
      { name: "spread", keys: ended, unique: false, hash: [], shards: 4 },
      { name: "a_1_ttl", keys, unique: false, expireAfterSeconds: 0 },
      { name: "once", keys, unique: true },
    ])
    expect(specs.map(({ name }) => name)).toEqual(["a_1", "a_1_ttl", "once"])
  })

  test("ttl and text", () => {
    const ttl = {
      name: "t",
      keys: [{ path: ["at"], direction: 1 }],
      unique: false,
      expireAfterSeconds: 0,
    } as const
    expect(indexSpec(ttl)).toEqual({ name: "t", key: new Map([["at", 1]]), expireAfterSeconds: 0 })
    expect(readIndex(listed({ name: "t", key: { at: 1 }, expireAfterSeconds: 0n }))).toEqual(ttl)
    const text = { name: "x", keys: [], unique: false, text: [["title"], ["body"]] }
    expect(indexSpec(text).key).toEqual(
      new Map([
        ["title", "text"],
        ["body", "text"],
      ]),
    )
    expect(
      readIndex(listed({ name: "x", key: { _fts: "text", _ftsx: 1 }, weights: { title: 1, body: 1 } })),
    ).toEqual(text)
  })

  test("the order of its keys survives, where an object would put one of digits first", () => {
    const index = {
      name: "i",
      keys: [
        { path: ["s"], direction: 1 },
        { path: ["7"], direction: -1 },
      ],
      unique: false,
    } as const
    expect(readIndex(orderedDocument(BSON.serialize(indexSpec(index))))).toEqual(index)
  })

  test("the index of _id and kinds that the language does not know are left out", () => {
    expect(readIndex(listed({ name: "_id_", key: { _id: 1 } }))).toBeUndefined()
    expect(readIndex(listed({ name: "place_2dsphere", key: { place: "2dsphere" } }))).toBeUndefined()
    expect(readIndex(listed({ name: "h", key: { a: "hashed" } }))).toBeUndefined()
  })
})
