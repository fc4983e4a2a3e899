import type { Document } from "@nosql/contracts"
import { keyAttribute } from "./attribute-names.ts"
import { classifyError } from "./classify-error.ts"
import type { InsertTarget } from "./insert-target.ts"
import { freshRevision, hasRevision } from "./item-codec.ts"
import { wholeItem } from "./own-attributes.ts"
import { changeValues, uniqueValues } from "./unique-values.ts"
import { idTaken, maybeDone, valueTaken } from "./write-errors.ts"
import { writeItem } from "./write-item.ts"

/**
 * Inserts on the condition that nothing stands at the key; throws a NoSQLError where it is not inserted.
 * `maybeThere`: a batch whose answer was lost had it, too.
 */
export async function insertOne(
  { requests, state, collection, call }: InsertTarget,
  document: Document,
  { maybeThere = false }: { readonly maybeThere?: boolean } = {},
): Promise<void> {
  const context = { operation: call.operation, collection: collection.name }
  const revision = freshRevision()
  const put = {
    TableName: state.table,
    Item: wholeItem(document, state, revision, context),
    ...absent,
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
      // Nobody else has the id: what stands there is this document, maybe changed since.
      if ((result.lost || maybeThere) && call.newIds === true) return
      throw result.lost ? maybeDone(call, collection) : idTaken(call, collection)
    case "taken":
      throw valueTaken(call, collection, result.index)
    case "failed":
      throw classifyError(result.error, call, { collection: collection.name, maybeDone: result.lost })
  }
}

export const absent = {
  ConditionExpression: "attribute_not_exists(#k)",
  ExpressionAttributeNames: { "#k": keyAttribute },
} as const
