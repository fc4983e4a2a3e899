import { type Document, NoSQLError } from "@nosql/contracts"
import {
  applyUpdate,
  type CollectionInfo,
  compileFilter,
  type DriverCall,
  type WriteOutcome,
} from "@nosql/core/driver"
import { revisionAttribute } from "./attribute-names.ts"
import { failedCondition } from "./cancellation.ts"
import { classifyError } from "./classify-error.ts"
import { decodeItem, hasRevision, idKey } from "./item-codec.ts"
import type { DynamoWrite } from "./plan-write.ts"
import type { Requests } from "./request.ts"
import type { Attributes } from "./value-codec.ts"
import { maybeDone } from "./write-errors.ts"

const nothing: WriteOutcome = { matched: 0, modified: 0 }

/** Sends a planned write. Undefined where DynamoDB refuses what is stored: a missing parent, a wrong type; nothing was done then. */
export async function runWrite(
  requests: Requests,
  write: DynamoWrite,
  collection: CollectionInfo,
  call: DriverCall,
): Promise<WriteOutcome | undefined> {
  const { output, error, lost } = await ask(requests, write, call)
  if (output !== undefined) return outcomeOf(write, output.Attributes)
  const failed = failedCondition(error)
  if (failed !== undefined) {
    // The SDK of a caller's own client had sent it twice.
    if (isDone(write, failed.item)) return outcomeOf(write, failed.item)
    if (isUpsert(write)) throw maybeDone(call, collection)
    return failed.item === undefined ? nothing : refused(write, failed.item, call)
  }
  const kind = (error as { name?: string } | undefined)?.name
  if (kind === "ValidationException" && write.kind !== "delete") return undefined
  if (lost && write.kind !== "delete") {
    const found = await requests.ask(
      "GetItem",
      { TableName: write.table, Key: idKey(write.id), ConsistentRead: true },
      call,
      { repeatable: true },
    )
    if (isDone(write, found.output?.Item)) return outcomeOf(write, found.output?.Item)
  }
  throw classifyError(error, call, { collection: collection.name, maybeDone: lost })
}

/** What a document that the condition does not hold of tells: it is not found, or the update leaves it as it is; else it is core's, undefined, as one is that another program wrote. */
function refused(write: DynamoWrite, item: Attributes, call: DriverCall): WriteOutcome | undefined {
  if (write.kind === "update" && item[revisionAttribute] === undefined) return undefined
  if (write.kind !== "update" || write.guarded === undefined) return nothing
  const { filter, update } = write.guarded
  const document = decodeItem(item)
  if (!compileFilter(filter)(document)) return nothing
  try {
    if (applyUpdate(document, update, call) !== document) return undefined
  } catch (error) {
    // Core does it once more, and says at which path.
    if (NoSQLError.isInstance(error)) return undefined
    throw error
  }
  return { matched: 1, modified: 0, ...(write.returning === undefined ? {} : { document }) }
}

/** Not repeated where it may have been done: another writer may have followed. */
function ask(requests: Requests, write: DynamoWrite, call: DriverCall) {
  const {
    table,
    id,
    kind,
    returning,
    ConditionExpression,
    ExpressionAttributeNames,
    ExpressionAttributeValues,
  } = write
  const once = { repeatable: false }
  const input = {
    TableName: table,
    ConditionExpression,
    ...(ExpressionAttributeNames === undefined ? {} : { ExpressionAttributeNames }),
    ...(ExpressionAttributeValues === undefined ? {} : { ExpressionAttributeValues }),
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  } as const
  const old = returning === "before" || isUpsert(write) ? ({ ReturnValues: "ALL_OLD" } as const) : {}
  switch (kind) {
    case "update": {
      const { UpdateExpression } = write
      const ReturnValues = returning === undefined ? "NONE" : returning === "after" ? "ALL_NEW" : "ALL_OLD"
      return requests.ask(
        "UpdateItem",
        { ...input, Key: idKey(id), UpdateExpression, ReturnValues },
        call,
        once,
      )
    }
    case "replace":
      return requests.ask("PutItem", { ...input, ...old, Item: write.Item }, call, once)
    case "delete":
      return requests.ask("DeleteItem", { ...input, ...old, Key: idKey(id) }, call, once)
  }
}

/** Whether it is this write that made the item; what it was before, and whether it was there, is not told then. */
function isDone(write: DynamoWrite, item: Attributes | undefined): boolean {
  return (
    write.kind !== "delete" &&
    write.returning !== "before" &&
    !isUpsert(write) &&
    hasRevision(item, write.revision)
  )
}

export function isUpsert(write: DynamoWrite): boolean {
  return write.kind === "replace" && write.upsert
}

function outcomeOf(write: DynamoWrite, item: Attributes | undefined): WriteOutcome {
  const document = imageOf(write, item)
  if (isUpsert(write) && item === undefined)
    return { ...nothing, upsertedId: write.id, ...(document === undefined ? {} : { document }) }
  return { matched: 1, modified: 1, ...(document === undefined ? {} : { document }) }
}

function imageOf(write: DynamoWrite, item: Attributes | undefined): Document | undefined {
  if (write.returning === undefined) return undefined
  const image = write.kind === "replace" && write.returning === "after" ? write.Item : item
  return image === undefined ? undefined : decodeItem(image)
}
