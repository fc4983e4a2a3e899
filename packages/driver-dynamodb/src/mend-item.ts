import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import { NoSQLError } from "@nosql/contracts"
import type { DriverCall } from "@nosql/core/driver"
import { keyAttribute, ownerAttribute, revisionAttribute, ttlAttribute } from "./attribute-names.ts"
import { classifyError } from "./classify-error.ts"
import { decodeItem, freshRevision, idKey } from "./item-codec.ts"
import { ownAttributes } from "./own-attributes.ts"
import type { Requests } from "./request.ts"
import type { TableState } from "./table-state.ts"
import { isExpired } from "./ttl.ts"
import { type UniqueValue, uniqueValues } from "./unique-values.ts"
import type { Attributes } from "./value-codec.ts"
import { valueTaken } from "./write-errors.ts"
import { writeItem } from "./write-item.ts"
import { writeOver } from "./write-over.ts"

/**
 * Gives a document its places in the indexes, its unique values and when it expires, where it lacks them, on the condition that it is as it was read; a writer who is
 * quicker has it looked at again. False where nothing was to do. Throws `already-exists` where another document holds a value.
 */
export async function mendItem(
  requests: Requests,
  state: TableState,
  collection: string,
  found: Attributes,
  call: DriverCall,
): Promise<boolean> {
  try {
    return await mend(requests, state, collection, found, call)
  } catch (error) {
    throw ofDocument(error, found["_id"]?.S)
  }
}

/** One of many was refused, and has to be found. */
function ofDocument(error: unknown, id: string | undefined): unknown {
  if (!NoSQLError.isInstance(error)) return error
  const { code, message, operation, collection, path, backend, retryable, details, cause } = error
  return new NoSQLError(code, `${message} (the document is details.id)`, {
    ...(operation === undefined ? {} : { operation }),
    ...(collection === undefined ? {} : { collection }),
    ...(path === undefined ? {} : { path }),
    ...(backend === undefined ? {} : { backend }),
    retryable,
    details: { ...details, id },
    cause,
  })
}

async function mend(
  requests: Requests,
  state: TableState,
  collection: string,
  found: Attributes,
  call: DriverCall,
): Promise<boolean> {
  const context = { operation: call.operation, collection }
  let item: Attributes | undefined = found
  // Only documents have an `_id`.
  while (item?.["_id"] !== undefined) {
    const revision: AttributeValue = item[revisionAttribute] ?? freshRevision()
    const document = decodeItem(item)
    const own = ownAttributes(document, state, revision, context)
    const lacking = Object.entries(own).filter(([name, value]) => !isSame(item?.[name], value))
    const leftover = item[ttlAttribute] !== undefined && own[ttlAttribute] === undefined
    // The values of an expired document are free.
    const values = isExpired(document, state.ttl) ? [] : uniqueValues(document, state, context)
    const claims = await notHeld(requests, state, values, call)
    if (lacking.length === 0 && !leftover && claims.length === 0) return false
    const id = document["_id"] as string
    const key = idKey(id)
    const target = { table: state.table, id, key, item, isKey: (name: string) => name === keyAttribute }
    const { [ttlAttribute]: _, ...kept } = item
    const write = writeOver(target, { ...kept, ...own }, call, collection)
    const result = await writeItem(requests, state, write, { claims, releases: [] }, call)
    if (result.kind === "done") return true
    if (result.kind === "taken") throw valueTaken(call, { name: collection }, result.index)
    if (result.kind === "failed") throw classifyError(result.error, call, { collection })
    const again = { TableName: state.table, Key: key, ConsistentRead: true }
    item = (await requests.send("GetItem", again, call, collection)).Item
  }
  return false
}

/** The values that the document should hold and does not. */
async function notHeld(
  requests: Requests,
  { table }: TableState,
  values: readonly UniqueValue[],
  call: DriverCall,
): Promise<UniqueValue[]> {
  const missing: UniqueValue[] = []
  for (const value of values) {
    const input = { TableName: table, Key: { [keyAttribute]: { S: value.key } }, ConsistentRead: true }
    const { Item: item } = await requests.send("GetItem", input, call)
    const holds = item?.[ownerAttribute]?.S === value.owner && item[ttlAttribute]?.N === value.ttl?.N
    if (!holds) missing.push(value)
  }
  return missing
}

/** Of our own attributes: bytes or numbers. */
function isSame(a: AttributeValue | undefined, b: AttributeValue): boolean {
  if (a?.B !== undefined && b.B !== undefined) return Buffer.compare(a.B, b.B) === 0
  return a !== undefined && a.N === b.N && (a.B === undefined) === (b.B === undefined)
}
