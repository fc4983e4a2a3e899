import { type CollectionInfo, compare, matchAll } from "@nosql/core/driver"
import { ObjectId } from "mongodb"
import { describe, expect, test } from "vitest"
import { planWrite } from "./plan-write.ts"

const collection: CollectionInfo = { name: "things", declared: true, fields: {}, indexes: [], ids: "auto" }
const hex = "0123456789abcdef01234567"
const filter = compare("eq", ["a"], 1)
const update = [{ kind: "set", path: ["b"], value: 2 }] as const
const document = { _id: hex, a: 1, b: 2 }

describe("planWrite", () => {
  test("an upsert goes down; the _id that the filter does not give is set on insert", () => {
    const upsert = { document, idGiven: false }
    expect(planWrite(collection, { kind: "update", filter, many: false, update, upsert })?.native).toEqual({
      kind: "update",
      many: false,
      filter: { a: { $eq: 1 } },
      update: { $set: { b: 2 }, $setOnInsert: { _id: new ObjectId(hex) } },
      upsert: true,
    })
    const byId = { kind: "update", filter: compare("eq", ["_id"], hex), many: false, update } as const
    expect(planWrite(collection, { ...byId, upsert: { document, idGiven: true } })?.native).toMatchObject({
      filter: { _id: new ObjectId(hex) },
      update: { $set: { b: 2 } },
      upsert: true,
    })
  })

  test("a replacement goes down; as an upsert only where the server makes the right kind of _id", () => {
    const request = { kind: "replace", filter, many: false, replacement: { b: 2 } } as const
    const upsert = { document, idGiven: false }
    expect(planWrite(collection, request)?.native).toEqual({
      kind: "replace",
      many: false,
      filter: { a: { $eq: 1 } },
      replacement: { b: 2 },
    })
    expect(planWrite(collection, { ...request, upsert })?.native).toMatchObject({ upsert: true })
    expect(planWrite({ ...collection, ids: "uuid" }, { ...request, upsert })).toBeUndefined()
    expect(
      planWrite({ ...collection, ids: "uuid" }, { ...request, upsert: { document, idGiven: true } }),
    ).toBeDefined()
  })

  test("one that returns its document is a findAndModify with its sort", () => {
    const sort = [{ path: ["n"], direction: -1 }] as const
    expect(
      planWrite(collection, { kind: "delete", filter: matchAll, many: false, sort, returning: "before" })
        ?.native,
    ).toEqual({ kind: "delete", many: false, filter: {}, sort: { n: -1 }, returning: "before" })
  })

  test("what is not exact is not written through", () => {
    const inexact = compare("eq", ["o"], { x: 1 })
    expect(
      planWrite(collection, { kind: "replace", filter: inexact, many: false, replacement: {} }),
    ).toBeUndefined()
  })
})
