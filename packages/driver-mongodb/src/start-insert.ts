import type { Document } from "@nosql/contracts"
import {
  argumentError,
  type CollectionInfo,
  type InsertCall,
  type InsertIntake,
  perObject,
} from "@nosql/core/driver"
import type { Document as BsonDocument, BulkOperationBase, Collection } from "mongodb"
import { outcomeOfFailure } from "./bulk-outcome.ts"
import { classifyError } from "./classify-error.ts"
import { commandOptions } from "./command-options.ts"
import { documentProblem } from "./document-problem.ts"
import { fieldsEncoder } from "./value-codec.ts"

/** An insert into a bulk of the SDK's, which turns each document into bytes at the moment that it is added; undefined where it does so later. */
export function startInsert(
  target: Collection<BsonDocument>,
  collection: CollectionInfo,
  call: InsertCall,
): InsertIntake | undefined {
  const bulk = startBulk(target, call.ordered)
  if (bulk === undefined || !serializesAtOnce(target)) return undefined
  const encode = fieldsEncoder(collection)
  return {
    add(id: string, fields: Document, plain: boolean) {
      try {
        bulk.insert(encode(id, fields, plain))
      } catch (error) {
        const problem = documentProblem({ _id: id, ...fields })
        throw problem === undefined
          ? classifyError(error, call, collection)
          : argumentError(
              { operation: call.operation, collection: collection.name, backend: "mongodb" },
              "",
              problem,
            )
      }
    },
    async run() {
      try {
        await bulk.execute(commandOptions(call))
        return { done: Array.from({ length: bulk.length }, (_, i) => i), failures: [] }
      } catch (error) {
        return outcomeOfFailure(error, bulk.length, call, collection)
      }
    },
  }
}

/** Undefined where the client is not connected, as one of the user's may be: the SDK connects it by itself, but makes no bulk before. */
function startBulk(target: Collection<BsonDocument>, ordered: boolean): BulkOperationBase | undefined {
  try {
    return ordered ? target.initializeOrderedBulkOp() : target.initializeUnorderedBulkOp()
  } catch {
    return undefined
  }
}

/** Told by a bulk that is never sent: it is so since mongodb 7.9, but not where fields are encrypted by the client. */
const serializesAtOnce = perObject((target: Collection<BsonDocument>): boolean => {
  const [batch] = target.initializeOrderedBulkOp().insert({ _id: 0 }).batches
  return batch?.serializedOperations?.length === 1
})
