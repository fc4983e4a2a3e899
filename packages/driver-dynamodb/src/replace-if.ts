import type { Document } from "@nosql/contracts"
import type { CollectionInfo, DriverCall, ReadDocument } from "@nosql/core/driver"
import { revisionAttribute } from "./attribute-names.ts"
import { classifyError } from "./classify-error.ts"
import { freshRevision, hasRevision, idKey } from "./item-codec.ts"
import { wholeItem } from "./own-attributes.ts"
import type { Requests } from "./request.ts"
import type { TableState } from "./table-state.ts"
import { changeValues, uniqueValues } from "./unique-values.ts"
import type { Attributes } from "./value-codec.ts"
import { maybeDone, valueTaken } from "./write-errors.ts"
import { writeItem } from "./write-item.ts"

/** Writes `next` (undefined removes) on the condition that the item's revision is the one that was read. */
export async function replaceIf(
  requests: Requests,
  state: TableState,
  collection: CollectionInfo,
  { document, revision: read }: ReadDocument,
  next: Document | undefined,
  call: DriverCall,
): Promise<boolean> {
  const context = { operation: call.operation, collection: collection.name }
  const revision = freshRevision()
  const condition = {
    TableName: state.table,
    ...revisionCondition(read as Attributes),
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  } as const
  const before = uniqueValues(document, state, context)
  const after = next === undefined ? [] : uniqueValues(next, state, context)
  const write =
    next === undefined
      ? { Delete: { ...condition, Key: idKey(document["_id"] as string) } }
      : { Put: { ...condition, Item: wholeItem(next, state, revision, context) } }
  const result = await writeItem(requests, state, write, changeValues(before, after), call)
  switch (result.kind) {
    case "done":
      return true
    case "condition":
      if (hasRevision(result.found, revision)) return true
      if (result.lost) throw maybeDone(call, collection)
      return false
    case "taken":
      throw valueTaken(call, collection, result.index)
    case "failed":
      throw classifyError(result.error, call, { collection: collection.name, maybeDone: result.lost })
  }
}

function revisionCondition(item: Attributes) {
  const revision = item[revisionAttribute]
  return {
    ConditionExpression: "#r = :r",
    ExpressionAttributeNames: { "#r": revisionAttribute },
    ExpressionAttributeValues: { ":r": revision ?? { NULL: true } },
  }
}
