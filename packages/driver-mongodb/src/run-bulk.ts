import { assertNever } from "@nosql/contracts"
import type { BulkOutcome, BulkStep, CollectionInfo, DriverCall, InsertOutcome } from "@nosql/core/driver"
import type { AnyBulkWriteOperation, Document as BsonDocument, BulkWriteResult, Collection } from "mongodb"
import { isBulkError, outcomeOfFailure } from "./bulk-outcome.ts"
import { checkSize } from "./check-size.ts"
import { commandOptions } from "./command-options.ts"
import { changedPaths } from "./compile-update.ts"
import { decodeId } from "./id-codec.ts"
import type { MongoWrite } from "./plan-write.ts"
import { encodeDocument } from "./value-codec.ts"

/** Sends inserts and planned writes together; the SDK splits them by the server's limits. */
export async function runBulk(
  target: Collection<BsonDocument>,
  steps: readonly BulkStep[],
  collection: CollectionInfo,
  call: DriverCall & { readonly ordered: boolean },
): Promise<BulkOutcome> {
  for (const step of steps) {
    if (step.kind === "write") checkSize(step.plan.native as MongoWrite, call, collection)
  }
  const models = steps.map((step) => modelOf(step, collection))
  try {
    const result = await target.bulkWrite(models, { ...commandOptions(call), ordered: call.ordered })
    return { done: steps.map((_, i) => i), failures: [], ...countsOf(result, collection) }
  } catch (error) {
    const outcome: InsertOutcome = outcomeOfFailure(error, steps.length, call, collection, (index) =>
      pathsOf(steps[index]),
    )
    return {
      ...outcome,
      ...(isBulkError(error) ? countsOf(error.result, collection) : nothing),
    }
  }
}

function pathsOf(step: BulkStep | undefined): readonly string[] {
  if (step?.kind !== "write") return []
  const write = step.plan.native as MongoWrite
  return write.kind === "update" ? changedPaths(write.update) : []
}

const nothing = { inserted: 0, matched: 0, modified: 0, deleted: 0, upserted: [] }

function countsOf(
  result: BulkWriteResult,
  collection: CollectionInfo,
): Omit<BulkOutcome, keyof InsertOutcome> {
  return {
    inserted: result.insertedCount,
    matched: result.matchedCount,
    modified: result.modifiedCount,
    deleted: result.deletedCount,
    upserted: Object.entries(result.upsertedIds).map(([index, id]) => ({
      index: Number(index),
      id: decodeId(id, collection),
    })),
  }
}

function modelOf(step: BulkStep, collection: CollectionInfo): AnyBulkWriteOperation<BsonDocument> {
  if (step.kind === "insert") return { insertOne: { document: encodeDocument(step.document, collection) } }
  const write = step.plan.native as MongoWrite
  const { filter, many } = write
  switch (write.kind) {
    case "delete":
      return many ? { deleteMany: { filter } } : { deleteOne: { filter } }
    case "replace":
      return { replaceOne: { filter, replacement: write.replacement, upsert: write.upsert === true } }
    case "update": {
      const model = { filter, update: write.update, upsert: write.upsert === true }
      return many ? { updateMany: model } : { updateOne: model }
    }
    default:
      return assertNever(write)
  }
}
