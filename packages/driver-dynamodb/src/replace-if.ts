import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Document } from "@nosql/contracts"
import type { CollectionInfo, DriverCall, ReadDocument } from "@nosql/core/driver"
import { keyAttribute, revisionAttribute } from "./attribute-names.ts"
import { classifyError } from "./classify-error.ts"
import { freshRevision, hasRevision, idKey } from "./item-codec.ts"
import { wholeItem } from "./own-attributes.ts"
import type { Requests } from "./request.ts"
import type { TableState } from "./table-state.ts"
import { changeValues, uniqueValues } from "./unique-values.ts"
import type { Attributes } from "./value-codec.ts"
import { maybeDone, valueTaken } from "./write-errors.ts"
import { type ItemWrite, writeItem } from "./write-item.ts"
import { type OverTarget, writeOver } from "./write-over.ts"

/** Writes `next` (undefined removes) on the condition that the item is the one that was read: that its revision is, where it has one. */
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
  const before = uniqueValues(document, state, context)
  const after = next === undefined ? [] : uniqueValues(next, state, context)
  const target = {
    table: state.table,
    id: document["_id"] as string,
    key: idKey(document["_id"] as string),
    item: read as Attributes,
    isKey: (name: string) => name === keyAttribute,
  }
  const item = next === undefined ? undefined : wholeItem(next, state, revision, context)
  const ours = target.item[revisionAttribute] !== undefined
  const write = ours ? onRevision(target, item) : writeOver(target, item, call, collection.name)
  const { claims, releases } = changeValues(before, after)
  // What another program wrote has taken none of its values.
  const changes = { claims: ours ? claims : after, releases }
  const result = await writeItem(requests, state, write, changes, call)
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

function onRevision({ table, key, item }: OverTarget, next: Attributes | undefined): ItemWrite {
  const condition = {
    TableName: table,
    ConditionExpression: "#r = :r",
    ExpressionAttributeNames: { "#r": revisionAttribute },
    ExpressionAttributeValues: { ":r": item[revisionAttribute] as AttributeValue },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  } as const
  return next === undefined ? { Delete: { ...condition, Key: key } } : { Put: { ...condition, Item: next } }
}
