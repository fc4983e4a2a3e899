import { randomUUID } from "node:crypto"
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb"

export const index = "byGroup"
/** Batches that are on their way at a time, for every library whose caller chooses. */
export const concurrency = 8
const perBatch = 25

/** One configuration for all. A logger with `info`, such as the SDK's own, would have every answer copied. */
export function clientSettings({ endpoint }) {
  return {
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 3,
    logger: { trace() {}, debug() {}, warn() {}, error() {} },
  }
}

export function makeClient(address) {
  return new DynamoDBClient(clientSettings(address))
}

/** A table by `id`, with an index by `group`: one to read, one to write. */
export async function makeTables(client, { prefix }) {
  const names = { read: `${prefix}read`, written: `${prefix}written` }
  for (const TableName of Object.values(names))
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        AttributeDefinitions: [
          { AttributeName: "id", AttributeType: "S" },
          { AttributeName: "group", AttributeType: "N" },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: index,
            KeySchema: [{ AttributeName: "group", KeyType: "HASH" }],
            Projection: { ProjectionType: "ALL" },
          },
        ],
      }),
    )
  return names
}

export function withId(document) {
  return { id: randomUUID(), ...document }
}

/** DynamoDB has no dates: these are its callers' two ways, times on the way in and dates on the way out. */
export function toTimes(item) {
  const stored = { ...item, createdAt: item.createdAt.getTime() }
  if (item.deletedAt !== undefined) stored.deletedAt = item.deletedAt.getTime()
  return stored
}

export function toDates(item) {
  item.createdAt = new Date(item.createdAt)
  if (item.deletedAt !== undefined) item.deletedAt = new Date(item.deletedAt)
  return item
}

/** Sends items 25 a request, several requests at a time. */
export async function inBatches(items, send) {
  const batches = []
  for (let start = 0; start < items.length; start += perBatch)
    batches.push(items.slice(start, start + perBatch))
  const work = async () => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) await send(batch)
  }
  await Promise.all(Array.from({ length: concurrency }, work))
}

/** All pages of a query or a scan. */
export async function allPages(ask) {
  const items = []
  let start
  do {
    const { Items, LastEvaluatedKey } = await ask(start)
    for (const item of Items) items.push(item)
    start = LastEvaluatedKey
  } while (start !== undefined)
  return items
}
