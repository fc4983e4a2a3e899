import { type Document, NoSQLError } from "@nosql/contracts"
import { keyAttribute, ownerAttribute } from "./attribute-names.ts"
import type { ItemRead, ItemsRead, OwnersRead } from "./dynamo-read.ts"
import { idKey } from "./item-codec.ts"
import { pause } from "./pause.ts"
import { type Found, foundIn, joined, type ReadContext, readOptions } from "./read-context.ts"
import type { Attributes } from "./value-codec.ts"

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const keysPerRequest = 100
/** Requests of one read that are on their way at a time. */
const concurrency = 4
/** Tries that bring nothing before a read without a deadline gives up. */
const maxIdleTries = 10

export async function* readItem(read: ItemRead, context: ReadContext): AsyncGenerator<Found> {
  const found = await getItem(read.input, context)
  if (found.documents.length > 0) yield found
}

/** In the order of the ids, whatever the order of the answers. */
export async function* readItems(
  { table, ids, options }: ItemsRead,
  context: ReadContext,
): AsyncGenerator<Found> {
  const window = keysPerRequest * concurrency
  for (let start = 0; start < ids.length; start += window) {
    const wanted = ids.slice(start, start + window)
    const keys = wanted.map(context.layout.keyOf)
    const found = await getItems(table, keys, options, context)
    const places = new Map(found.documents.map((document, i) => [document["_id"] as string, i]))
    const order = wanted.flatMap((id) => places.get(id) ?? [])
    if (order.length > 0)
      yield {
        documents: order.map((i) => found.documents[i] as Document),
        items: order.map((i) => found.items[i] as Attributes),
      }
  }
}

/** A unique value's sentinel names the document that holds it, which then is read. */
export async function* readOwners(
  { table, sentinels }: OwnersRead,
  context: ReadContext,
): AsyncGenerator<Found> {
  const keys = sentinels.map((sentinel) => ({ [keyAttribute]: { S: sentinel } }))
  // What is ours is not in documents.
  const held = await getStrongly(table, keys, { ...context, call: { ...context.call, revisions: true } })
  const owners = new Set(held.items.flatMap((item) => item[ownerAttribute]?.S ?? []))
  const found = await getStrongly(table, [...owners].map(idKey), context)
  if (found.documents.length > 0) yield found
}

async function getStrongly(table: string, keys: readonly Attributes[], context: ReadContext): Promise<Found> {
  const [key, ...more] = keys
  if (key === undefined || more.length > 0) return getItems(table, keys, { ConsistentRead: true }, context)
  return getItem({ TableName: table, Key: key, ConsistentRead: true }, context)
}

async function getItem(input: ItemRead["input"], context: ReadContext): Promise<Found> {
  const { requests, call } = context
  const { output, documents } = await requests.read("GetItem", input, call, readOptions(context))
  return output.Item === undefined ? { documents: [], items: [] } : foundIn([output.Item], documents, context)
}

/** Those that are there, in any order. */
async function getItems(
  table: string,
  keys: readonly Attributes[],
  options: ItemsRead["options"],
  context: ReadContext,
): Promise<Found> {
  const parts: Promise<Found>[] = []
  for (let start = 0; start < keys.length; start += keysPerRequest)
    parts.push(getBatch(table, keys.slice(start, start + keysPerRequest), options, context))
  return joined(await Promise.all(parts))
}

/** DynamoDB gives back the keys that it had no capacity for: they are asked for again while there is time. */
async function getBatch(
  table: string,
  keys: readonly Attributes[],
  options: ItemsRead["options"],
  context: ReadContext,
): Promise<Found> {
  const { requests, collection, call } = context
  const parts: Found[] = []
  let left: readonly Attributes[] = keys
  for (let idle = 0; left.length > 0; ) {
    const input = { RequestItems: { [table]: { ...options, Keys: [...left] } } }
    const { output, documents } = await requests.read("BatchGetItem", input, call, readOptions(context))
    parts.push(foundIn(output.Responses?.[table] ?? [], documents, context))
    const next = output.UnprocessedKeys?.[table]?.Keys ?? []
    idle = next.length < left.length ? 0 : idle + 1
    left = next
    if (left.length > 0 && (idle >= maxIdleTries || !(await pause(idle + 1, "throttled", call))))
      throw throttled(collection, call.operation)
  }
  return joined(parts)
}

function throttled(collection: string, operation: string): NoSQLError {
  return new NoSQLError(
    "resource-exhausted",
    `${operation}: DynamoDB left keys unread, over and over; the table's capacity is used up: read less at a time, or give it more`,
    { operation, collection, backend: "dynamodb", retryable: true },
  )
}
