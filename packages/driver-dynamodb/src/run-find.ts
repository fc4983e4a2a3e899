import type { Batch, ReadCall } from "@nosql/core/driver"
import { decodeItem, idKey, revisionOf } from "./item-codec.ts"
import type { DynamoRead } from "./plan-query.ts"
import type { Requests } from "./request.ts"
import type { Attributes } from "./value-codec.ts"

/** Reads by key, or everything. */
export async function* runFind(
  { send }: Requests,
  { table, id }: DynamoRead,
  collection: string,
  call: ReadCall,
): AsyncGenerator<Batch> {
  if (id !== undefined) {
    const input = { TableName: table, Key: idKey(id), ConsistentRead: true }
    const { Item } = await send("GetItem", input, call, collection)
    if (Item !== undefined) yield batchOf([Item], call)
    return
  }
  let start: Attributes | undefined
  do {
    const input = {
      TableName: table,
      ConsistentRead: true,
      FilterExpression: "attribute_exists(#id)",
      ExpressionAttributeNames: { "#id": "_id" },
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    }
    const { Items = [], LastEvaluatedKey } = await send("Scan", input, call, collection)
    if (Items.length > 0) yield batchOf(Items, call)
    start = LastEvaluatedKey
  } while (start !== undefined)
}

function batchOf(items: readonly Attributes[], call: ReadCall): Batch {
  const documents = items.map(decodeItem)
  return call.revisions ? { documents, revisions: items.map(revisionOf) } : { documents }
}
