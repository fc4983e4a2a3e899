import { defineCollection } from "@nosql/core"
import { and, collectionInfo, compare, isIn, matchAll, matchNone, not, or } from "@nosql/core/driver"
import { expect, test } from "vitest"
import { pageOrder } from "./page-order.ts"

const collection = collectionInfo(
  defineCollection("c", { fields: { s: "string" }, indexes: [{ keys: { a: 1, at: -1 } }] }),
)
const byId = [{ path: ["_id"], direction: 1 }]
const a = compare("eq", ["a"], 1)
const range = compare("gt", ["n"], 5)

test.each([
  ["nothing asked", matchAll, byId],
  ["nothing found", matchNone, byId],
  ["equalities", and([a, isIn(["b"], [1, 2])]), byId],
  ["ids", and([compare("eq", ["_id"], "x"), range]), byId],
  ["a range of ids", compare("gt", ["_id"], "x"), byId],
  ["a range", range, [{ path: ["n"], direction: 1 }]],
  [
    "a range in the direction of its index",
    and([a, compare("gt", ["at"], new Date(5))]),
    [{ path: ["at"], direction: -1 }],
  ],
  ["a range that no index serves", and([a, range]), byId],
  ["several queries", or([a, range]), byId],
  ["not a value", not(compare("eq", ["s"], "x")), byId],
  ["a range that has no order", compare("eq", ["s"], "x"), byId],
])("%s", (_, filter, order) => {
  expect(pageOrder(collection, filter)).toEqual(order)
})
