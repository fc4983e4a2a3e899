import {
  BatchWriteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb"
import { allPages, inBatches, index, makeClient, makeTables, toDates, toTimes, withId } from "./tables.mjs"

/** The SDK's client and the shortest marshaller that does it. */
export async function open(address) {
  const client = makeClient(address)
  const { read, written } = await makeTables(client, address)
  const batch = (table, items) =>
    inBatches(items, (part) =>
      client.send(
        new BatchWriteItemCommand({
          RequestItems: { [table]: part.map((item) => ({ PutRequest: { Item: marshall(toTimes(item)) } })) },
        }),
      ),
    )
  const update = (id, city) => ({
    TableName: read,
    Key: { id: { S: id } },
    UpdateExpression: "SET #a.#c = :c ADD #v :one",
    ExpressionAttributeNames: { "#a": "address", "#c": "city", "#v": "visits" },
    ExpressionAttributeValues: { ":c": { S: city }, ":one": { N: "1" } },
  })
  return {
    seed: async (documents) => {
      const items = documents.map((document, i) => withId({ ...document, group: i % 10 }))
      await batch(read, items)
      return items.map(({ id }) => id)
    },
    get: async (id) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: read, Key: { id: { S: id } }, ConsistentRead: true }),
      )
      return Item && toDates(unmarshall(Item))
    },
    query: (group) =>
      allPages(async (ExclusiveStartKey) => {
        const { Items, LastEvaluatedKey } = await client.send(
          new QueryCommand({
            TableName: read,
            IndexName: index,
            KeyConditionExpression: "#g = :g",
            ExpressionAttributeNames: { "#g": "group" },
            ExpressionAttributeValues: { ":g": { N: String(group) } },
            ExclusiveStartKey,
          }),
        )
        return { Items: Items.map((item) => toDates(unmarshall(item))), LastEvaluatedKey }
      }),
    scan: () =>
      allPages(async (ExclusiveStartKey) => {
        const { Items, LastEvaluatedKey } = await client.send(
          new ScanCommand({ TableName: read, ConsistentRead: true, ExclusiveStartKey }),
        )
        return { Items: Items.map((item) => toDates(unmarshall(item))), LastEvaluatedKey }
      }),
    put: (document) =>
      client.send(new PutItemCommand({ TableName: written, Item: marshall(toTimes(withId(document))) })),
    batch: (documents) => batch(written, documents.map(withId)),
    update: (id, city) => client.send(new UpdateItemCommand(update(id, city))),
    updateIfThere: (id, city) =>
      client.send(
        new UpdateItemCommand({ ...update(id, city), ConditionExpression: "attribute_exists(id)" }),
      ),
    close: async () => client.destroy(),
  }
}

function marshall(item) {
  const marshalled = {}
  for (const key in item) marshalled[key] = marshallValue(item[key])
  return marshalled
}

function marshallValue(value) {
  if (typeof value === "string") return { S: value }
  if (typeof value === "number") return { N: String(value) }
  if (typeof value === "boolean") return { BOOL: value }
  if (value === null) return { NULL: true }
  return Array.isArray(value) ? { L: value.map(marshallValue) } : { M: marshall(value) }
}

function unmarshall(item) {
  const unmarshalled = {}
  for (const key in item) unmarshalled[key] = unmarshallValue(item[key])
  return unmarshalled
}

function unmarshallValue(value) {
  if (value.S !== undefined) return value.S
  if (value.N !== undefined) return Number(value.N)
  if (value.BOOL !== undefined) return value.BOOL
  if (value.L !== undefined) return value.L.map(unmarshallValue)
  if (value.M !== undefined) return unmarshall(value.M)
  return null
}
