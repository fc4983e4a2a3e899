import type { Document } from "@nosql/contracts"
import { expect, test } from "vitest"
import type { BulkOperation } from "../arbitraries/bulks.ts"
import { courseOf } from "./check-bulk.ts"

function countsOf(document: Document, operations: readonly BulkOperation[]) {
  return courseOf(new Map([["a", document]]), { call: "bulkWrite", operations }, []).counts
}

const dated: BulkOperation = { updateOne: { filter: { _id: "a" }, update: { $currentDate: { d: true } } } }

test("what one operation dated, another that leaves it alone does not change", () => {
  const unchanged: BulkOperation = { updateOne: { filter: { _id: "a" }, update: { $max: { n: 0 } } } }
  expect(countsOf({ _id: "a", n: 1 }, [dated, unchanged])).toMatchObject({ matched: 2, modified: 1 })
})

test("what one operation dated, the next one finds to be of today", () => {
  const since = (d: Date): BulkOperation => ({ deleteMany: { filter: { d: { $gt: d } } } })
  expect(countsOf({ _id: "a" }, [dated, since(new Date("2000-02-29T00:00:00Z"))])).toMatchObject({
    deleted: 1,
  })
  expect(countsOf({ _id: "a" }, [dated, since(new Date("9999-12-31T00:00:00Z"))])).toMatchObject({
    deleted: 0,
  })
})
