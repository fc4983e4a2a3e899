import { and, type CollectionInfo, compare, type IndexInfo, type WriteRequest } from "@nosql/core/driver"
import { expect, test } from "vitest"
import { planWrite } from "./plan-write.ts"

const collection: CollectionInfo = {
  name: "things",
  declared: true,
  fields: { n: "number" },
  indexes: [],
  ids: "auto",
}
const byId = compare("eq", ["_id"], "a")
const remove: WriteRequest = { kind: "delete", filter: byId, many: false }
const update: WriteRequest = {
  kind: "update",
  filter: byId,
  many: false,
  update: [{ kind: "inc", path: ["n"], by: 1 }],
}
const unique: IndexInfo = { name: "n_1", keys: [{ path: ["n"], direction: 1 }], unique: true }
const native = (request: WriteRequest, indexes: readonly IndexInfo[] | undefined = [], info = collection) =>
  planWrite(info, request, indexes)?.native

test("by the _id alone, a write is one request", () => {
  expect(native(remove)).toEqual({ kind: "delete", id: "a" })
  expect(native({ ...update, many: true })).toEqual({
    kind: "update",
    id: "a",
    changes: [{ kind: "increment", path: ["n"], by: 1 }],
  })
})

test("core reads first where the filter asks for more, or the document, or another one, is wanted", () => {
  expect(native({ ...remove, filter: and([byId, compare("gt", ["n"], 1)]) })).toBeUndefined()
  expect(native({ ...remove, filter: compare("gt", ["_id"], "a") })).toBeUndefined()
  expect(native({ ...remove, filter: compare("eq", ["_id"], "a/b") })).toBeUndefined()
  expect(native({ ...update, returning: "after" })).toBeUndefined()
  expect(native({ ...update, upsert: { document: { _id: "a" }, idGiven: true } })).toBeUndefined()
  expect(native({ kind: "replace", filter: byId, many: false, replacement: {} })).toBeUndefined()
})

test("core reads first where unique values, or the end of a life, may change", () => {
  expect(native(remove, undefined)).toEqual({ kind: "delete", id: "a" })
  expect(planWrite(collection, remove, undefined)).toBeUndefined()
  expect(native(remove, [unique])).toBeUndefined()
  expect(native(update, [unique])).toBeUndefined()
  expect(native(update, [{ ...unique, unique: false }])).toBeDefined()
  expect(native(update, [{ ...unique, keys: [{ path: ["m"], direction: 1 }] }])).toBeDefined()
  const ttl = { path: ["n"], afterSeconds: 5, hide: false }
  expect(native(update, [], { ...collection, ttl })).toBeUndefined()
})
