import type { Document } from "@nosql/contracts"
import type { CollectionInfo, DriverCall, InsertCall, InsertOutcome } from "@nosql/core/driver"
import { keyAttribute } from "./attribute-names.ts"
import { classifyError } from "./classify-error.ts"
import { freshRevision, hasRevision } from "./item-codec.ts"
import { wholeItem } from "./own-attributes.ts"
import type { Requests } from "./request.ts"
import type { TableState } from "./table-state.ts"
import { changeValues, uniqueValues } from "./unique-values.ts"
import { idTaken, maybeDone, valueTaken } from "./write-errors.ts"
import { writeItem } from "./write-item.ts"

/** How many documents are written at a time. */
const concurrency = 16

/** Inserts; each on the condition that nothing stands at its key. */
export async function runInsert(
  requests: Requests,
  state: TableState,
  collection: CollectionInfo,
  documents: readonly Document[],
  call: InsertCall,
): Promise<InsertOutcome> {
  const done: number[] = []
  const failures: { index: number; error: unknown }[] = []
  const waiting = [...documents.entries()]
  const worker = async () => {
    for (
      let next = waiting.shift();
      next !== undefined;
      next = call.ordered && failures.length > 0 ? undefined : waiting.shift()
    ) {
      const [index, document] = next
      try {
        await insertOne(requests, state, collection, document, call)
        done.push(index)
      } catch (error) {
        failures.push({ index, error })
      }
    }
  }
  await Promise.all(
    Array.from({ length: call.ordered ? 1 : Math.min(concurrency, documents.length) }, worker),
  )
  return { done: done.sort((a, b) => a - b), failures }
}

/** Throws a NoSQLError where it is not inserted. */
export async function insertOne(
  requests: Requests,
  state: TableState,
  collection: CollectionInfo,
  document: Document,
  call: DriverCall,
): Promise<void> {
  const context = { operation: call.operation, collection: collection.name }
  const revision = freshRevision()
  const put = {
    TableName: state.table,
    Item: wholeItem(document, state, revision, context),
    ConditionExpression: "attribute_not_exists(#k)",
    ExpressionAttributeNames: { "#k": keyAttribute },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  } as const
  const changes = changeValues([], uniqueValues(document, state, context))
  const result = await writeItem(requests, state, { Put: put }, changes, call)
  switch (result.kind) {
    case "done":
      return
    case "condition":
      // The answer to an earlier try was lost, and it was done.
      if (hasRevision(result.found, revision)) return
      throw result.lost ? maybeDone(call, collection) : idTaken(call, collection)
    case "taken":
      throw valueTaken(call, collection, result.index)
    case "failed":
      throw classifyError(result.error, call, { collection: collection.name, maybeDone: result.lost })
  }
}
