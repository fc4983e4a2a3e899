import { describe, expect, test } from "vitest"
import { defineCollection } from "./define-collection.ts"

describe("an error of a declaration names the collection and the whole path", () => {
  test.each<[object, string]>([
    [{ fields: { name: "text" } }, "fields.name"],
    [{ fields: { "a..b": "string" } }, "fields.a..b"],
    [{ indexes: [{ keys: { a: 1 } }, { keys: { name: "asc" } }] }, "indexes[1].keys.name"],
    [{ indexes: [{ keys: { $name: 1 } }] }, "indexes[0].keys.$name"],
    [{ indexes: [{ keys: { a: 1, 7: -1 } }] }, "indexes[0].keys.7"],
    [{ indexes: [{ keys: {} }] }, "indexes[0].keys"],
    [{ indexes: [{ unique: true }] }, "indexes[0].keys"],
    [{ indexes: [{ keys: { a: 1 }, name: 5 }] }, "indexes[0].name"],
    [{ indexes: [{ keys: { a: 1 }, name: "_id_" }] }, "indexes[0].name"],
    [{ indexes: [{ keys: { a: 1 }, unique: "yes" }] }, "indexes[0].unique"],
    [{ indexes: [{ keys: { a: 1 }, hash: ["b"] }] }, "indexes[0].hash"],
    [{ indexes: [{ keys: { a: 1 }, shards: 4 }] }, "indexes[0].shards"],
    [{ indexes: [{ keys: { a: 1 }, sparse: true }] }, "indexes[0].sparse"],
    [{ indexes: ["a"] }, "indexes[0]"],
    [{ ttl: {} }, "ttl.field"],
    [{ ttl: { field: "a..b" } }, "ttl.field"],
    [{ ttl: { field: "a", afterSeconds: 2 ** 31 } }, "ttl.afterSeconds"],
    [{ ids: "hex" }, "ids"],
  ])("%j", (options, path) => {
    expect(() => defineCollection("users", options)).toThrow(
      expect.objectContaining({ code: "invalid-argument", collection: "users", path }),
    )
  })

  test("a bad name is the collection's, and no field's", () => {
    expect(() => defineCollection("a b")).toThrow(
      expect.objectContaining({ code: "invalid-argument", collection: "a b", path: "name" }),
    )
  })

  test("keys alone, as MongoDB takes them, are answered with the form of this one", () => {
    expect(() => defineCollection("users", { indexes: [{ city: 1, age: -1 } as never] })).toThrow(
      'defineCollection at "indexes[0].keys": is missing; write { keys: { "city": 1, "age": -1 } }',
    )
  })

  test("the longest ttl is what a signed integer of 32 bits holds", () => {
    const afterSeconds = 2 ** 31 - 1
    expect(defineCollection("users", { ttl: { field: "a", afterSeconds } }).ttl).toMatchObject({
      afterSeconds,
    })
  })
})
