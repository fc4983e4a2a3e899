import type { Document } from "@nosql/contracts"
import type { CollectionInfo, DriverCall, WriteOutcome } from "@nosql/core/driver"
import { failedCondition } from "./cancellation.ts"
import { classifyError } from "./classify-error.ts"
import { decodeItem, hasRevision, idKey } from "./item-codec.ts"
import type { DynamoWrite } from "./plan-write.ts"
import type { Requests } from "./request.ts"
import type { Attributes } from "./value-codec.ts"

const nothing: WriteOutcome = { matched: 0, modified: 0 }

/** Sends a planned write. Undefined where DynamoDB refuses what is stored: a missing parent, a wrong type; nothing was done then. */
export async function runWrite(
  requests: Requests,
  write: DynamoWrite,
  { name }: CollectionInfo,
  call: DriverCall,
): Promise<WriteOutcome | undefined> {
  const { output, error, lost } = await ask(requests, write, call)
  if (output !== undefined) return outcomeOf(write, output.Attributes)
  const failed = failedCondition(error)
  if (failed !== undefined) {
    // The SDK of a caller's own client had sent it twice.
    if (isDone(write, failed.item)) return outcomeOf(write, failed.item)
    return write.kind === "update" && write.guarded && failed.item !== undefined ? undefined : nothing
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
  throw classifyError(error, call, { collection: name, maybeDone: lost })
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
  const old = returning === "before" ? ({ ReturnValues: "ALL_OLD" } as const) : {}
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

/** Whether it is this write that made the item; what it was before is not told then. */
function isDone(write: DynamoWrite, item: Attributes | undefined): boolean {
  return write.kind !== "delete" && write.returning !== "before" && hasRevision(item, write.revision)
}

function outcomeOf(write: DynamoWrite, item: Attributes | undefined): WriteOutcome {
  const document = imageOf(write, item)
  return { matched: 1, modified: 1, ...(document === undefined ? {} : { document }) }
}

function imageOf(write: DynamoWrite, item: Attributes | undefined): Document | undefined {
  if (write.returning === undefined) return undefined
  const image = write.kind === "replace" && write.returning === "after" ? write.Item : item
  return image === undefined ? undefined : decodeItem(image)
}
