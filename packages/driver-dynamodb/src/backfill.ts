import type { DriverCall } from "@nosql/core/driver"
import { revisionAttribute } from "./attribute-names.ts"
import { decodeItem, idKey } from "./item-codec.ts"
import { ownAttributes } from "./own-attributes.ts"
import type { Requests } from "./request.ts"
import type { TableState } from "./table-state.ts"
import { uniqueValues } from "./unique-values.ts"
import type { Attributes } from "./value-codec.ts"
import { valueTaken } from "./write-errors.ts"
import { writeItem } from "./write-item.ts"

export interface BackfillOutcome {
  readonly seen: number
  readonly mended: number
}

/** Brings every document's attributes up to the definitions. */
export async function backfill(
  requests: Requests,
  state: TableState,
  collection: string,
  call: DriverCall,
): Promise<BackfillOutcome> {
  let seen = 0
  let mended = 0
  let start: Attributes | undefined
  do {
    const input = {
      TableName: state.table,
      ConsistentRead: true,
      FilterExpression: "attribute_exists(#id)",
      ExpressionAttributeNames: { "#id": "_id" },
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    }
    const { Items = [], LastEvaluatedKey } = await requests.send("Scan", input, call, collection)
    for (const item of Items) {
      seen++
      if (await mend(requests, state, collection, item, call)) mended++
    }
    start = LastEvaluatedKey
  } while (start !== undefined)
  return { seen, mended }
}

/** False where nothing was to do. */
async function mend(
  requests: Requests,
  state: TableState,
  collection: string,
  found: Attributes,
  call: DriverCall,
): Promise<boolean> {
  const context = { operation: call.operation, collection }
  let item: Attributes | undefined = found
  while (item !== undefined) {
    const document = decodeItem(item)
    const revision = item[revisionAttribute]
    if (revision === undefined) return false
    const own = ownAttributes(document, state, revision, context)
    const changed = Object.keys(own).filter((name) => !same(item?.[name], own[name]))
    const claims = uniqueValues(document, state, context)
    if (changed.length === 0 && claims.length === 0) return false
    const names = Object.fromEntries(changed.map((name, i) => [`#n${i}`, name]))
    const values = Object.fromEntries(changed.map((name, i) => [`:v${i}`, own[name] as never]))
    const key = idKey(document["_id"] as string)
    const update = {
      TableName: state.table,
      Key: key,
      UpdateExpression: `SET ${[...changed.map((_, i) => `#n${i} = :v${i}`), "#r = :r"].join(", ")}`,
      ConditionExpression: "#r = :r",
      ExpressionAttributeNames: { ...names, "#r": revisionAttribute },
      ExpressionAttributeValues: { ...values, ":r": revision },
    }
    const result = await writeItem(requests, state, { Update: update }, { claims, releases: [] }, call)
    if (result.kind === "done") return true
    if (result.kind === "taken") throw valueTaken(call, { name: collection }, result.index)
    if (result.kind === "failed") throw result.error
    item = (await requests.send("GetItem", { TableName: state.table, Key: key, ConsistentRead: true }, call))
      .Item
  }
  return false
}

function same(a: Attributes[string] | undefined, b: Attributes[string] | undefined): boolean {
  if (a?.B !== undefined && b?.B !== undefined) return Buffer.compare(a.B, b.B) === 0
  return a?.N === b?.N && (a === undefined) === (b === undefined)
}
