import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb"
import { allPages, inBatches, index, makeClient, makeTables, toDates, toTimes, withId } from "./tables.mjs"

/** The SDK's own conversion of items. */
export async function open(address) {
  const bare = makeClient(address)
  const client = DynamoDBDocumentClient.from(bare)
  const { read, written } = await makeTables(bare, address)
  const batch = (table, items) =>
    inBatches(items, (part) =>
      client.send(
        new BatchWriteCommand({
          RequestItems: { [table]: part.map((item) => ({ PutRequest: { Item: toTimes(item) } })) },
        }),
      ),
    )
  const update = (id, city) => ({
    TableName: read,
    Key: { id },
    UpdateExpression: "SET #a.#c = :c ADD #v :one",
    ExpressionAttributeNames: { "#a": "address", "#c": "city", "#v": "visits" },
    ExpressionAttributeValues: { ":c": city, ":one": 1 },
  })
  return {
    seed: async (documents) => {
      const items = documents.map((document, i) => withId({ ...document, group: i % 10 }))
      await batch(read, items)
      return items.map(({ id }) => id)
    },
    get: async (id) => {
      const { Item } = await client.send(
        new GetCommand({ TableName: read, Key: { id }, ConsistentRead: true }),
      )
      return Item && toDates(Item)
    },
    query: (group) =>
      allPages(async (ExclusiveStartKey) => {
        const { Items, LastEvaluatedKey } = await client.send(
          new QueryCommand({
            TableName: read,
            IndexName: index,
            KeyConditionExpression: "#g = :g",
            ExpressionAttributeNames: { "#g": "group" },
            ExpressionAttributeValues: { ":g": group },
            ExclusiveStartKey,
          }),
        )
        return { Items: Items.map(toDates), LastEvaluatedKey }
      }),
    scan: () =>
      allPages(async (ExclusiveStartKey) => {
        const { Items, LastEvaluatedKey } = await client.send(
          new ScanCommand({ TableName: read, ConsistentRead: true, ExclusiveStartKey }),
        )
        return { Items: Items.map(toDates), LastEvaluatedKey }
      }),
    put: (document) => client.send(new PutCommand({ TableName: written, Item: toTimes(withId(document)) })),
    batch: (documents) => batch(written, documents.map(withId)),
    update: (id, city) => client.send(new UpdateCommand(update(id, city))),
    updateIfThere: (id, city) =>
      client.send(new UpdateCommand({ ...update(id, city), ConditionExpression: "attribute_exists(id)" })),
    close: async () => bare.destroy(),
  }
}
