import type { CollectionInfo } from "@nosql/core/driver"
import { MongoBulkWriteError, MongoNetworkError, MongoServerError } from "mongodb"
import { describe, expect, test } from "vitest"
import { outcomeOfFailure } from "./bulk-outcome.ts"

const collection: CollectionInfo = { name: "things", declared: false, fields: {}, indexes: [], ids: "auto" }
const call = { operation: "insertMany", ordered: true }
const duplicate = (index: number) => ({
  index,
  code: 11000,
  errmsg: 'E11000 duplicate key error collection: db.things index: email_1 dup key: { email: "a@x" }',
})

function bulkError(...writeErrors: readonly object[]): MongoBulkWriteError {
  return new MongoBulkWriteError({ message: "E11000", code: 11000, writeErrors } as never, {} as never)
}

describe("outcomeOfFailure", () => {
  test("ordered: what lies before the failure is done, what lies behind was not tried", () => {
    const outcome = outcomeOfFailure(bulkError(duplicate(2)), 5, call, collection)
    expect(outcome).toMatchObject({
      done: [0, 1],
      failures: [{ index: 2, error: { code: "already-exists" } }],
    })
  })

  test("unordered: all but the failures are done, and each has its own error", () => {
    const error = bulkError(duplicate(0), { index: 3, code: 121, errmsg: "Document failed validation" })
    const outcome = outcomeOfFailure(error, 5, { ...call, ordered: false }, collection)
    expect(outcome).toMatchObject({
      done: [1, 2, 4],
      failures: [
        { index: 0, error: { code: "already-exists", details: { index: "email_1" } } },
        { index: 3, error: { code: "validation" } },
      ],
    })
    expect(JSON.stringify(outcome)).not.toContain("a@x")
  })

  test("a lost answer leaves all unknown; a refusal of the whole is thrown", () => {
    const outcome = outcomeOfFailure(new MongoNetworkError("reset"), 3, call, collection)
    expect(outcome).toMatchObject({
      done: [],
      failures: [],
      unknown: [0, 1, 2],
      error: { code: "unavailable" },
    })
    const refused = new MongoServerError({ code: 13, message: "not authorized" })
    expect(() => outcomeOfFailure(refused, 3, call, collection)).toThrow(
      expect.objectContaining({ code: "permission-denied" }),
    )
  })
})
