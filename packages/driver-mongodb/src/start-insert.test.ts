import type { CollectionInfo } from "@nosql/core/driver"
import { type Collection, MongoClient } from "mongodb"
import { describe, expect, test } from "vitest"
import { startInsert } from "./start-insert.ts"

const collection: CollectionInfo = { name: "things", declared: false, fields: {}, indexes: [], ids: "auto" }
const call = { operation: "insertMany", ordered: true }

describe("startInsert", () => {
  test("is not for an SDK that turns documents into bytes later, or for documents that it encrypts", () => {
    const later = { insert: () => later, batches: [{ serializedOperations: [] }] }
    const target = { initializeOrderedBulkOp: () => later } as unknown as Collection
    expect(startInsert(target, collection, call)).toBeUndefined()
  })

  test("is not for a client that is yet to be connected", () => {
    const target = new MongoClient("mongodb://localhost").db("shop").collection("things")
    expect(startInsert(target, collection, call)).toBeUndefined()
    expect(startInsert(target, collection, { ...call, ordered: false })).toBeUndefined()
  })
})
