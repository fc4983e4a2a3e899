import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb"
import {
  $add,
  BatchPutRequest,
  BatchWriteCommand,
  boolean,
  Entity,
  executeBatchWrite,
  GetItemCommand,
  item,
  list,
  map,
  number,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  string,
  Table,
  UpdateItemCommand,
} from "dynamodb-toolbox"
import { allPages, inBatches, index, makeClient, makeTables, toDates, toTimes, withId } from "./tables.mjs"

const schema = item({
  id: string().key(),
  name: string(),
  email: string(),
  status: string(),
  role: string(),
  age: number(),
  score: number(),
  active: boolean(),
  visits: number(),
  group: number(),
  createdAt: number(),
  deletedAt: number().optional(),
  tags: list(string()),
  address: map({ street: string(), city: string(), geo: map({ latitude: number(), longitude: number() }) }),
  items: list(map({ sku: string(), quantity: number(), price: number() })),
})

export async function open(address) {
  const bare = makeClient(address)
  const documentClient = DynamoDBDocumentClient.from(bare)
  const { read, written } = await makeTables(bare, address)
  const tableOf = (name) =>
    new Table({
      documentClient,
      name,
      partitionKey: { name: "id", type: "string" },
      indexes: { [index]: { type: "global", partitionKey: { name: "group", type: "number" } } },
    })
  const entityIn = (table) => new Entity({ name: "user", table, schema, timestamps: false })
  const readTable = tableOf(read)
  const readEntity = entityIn(readTable)
  const writtenTable = tableOf(written)
  const writtenEntity = entityIn(writtenTable)
  const batch = (table, entity, items) =>
    inBatches(items, (part) =>
      executeBatchWrite(
        table
          .build(BatchWriteCommand)
          .requests(...part.map((one) => entity.build(BatchPutRequest).item(toTimes(one)))),
      ),
    )
  const update = (id, city) =>
    readEntity.build(UpdateItemCommand).item({ id, address: { city }, visits: $add(1) })
  return {
    seed: async (documents) => {
      const items = documents.map((document, i) => withId({ ...document, group: i % 10 }))
      await batch(readTable, readEntity, items)
      return items.map(({ id }) => id)
    },
    get: async (id) => {
      const { Item } = await readEntity.build(GetItemCommand).key({ id }).options({ consistent: true }).send()
      return Item && toDates(Item)
    },
    query: (group) =>
      allPages(async (exclusiveStartKey) => {
        const { Items, LastEvaluatedKey } = await readTable
          .build(QueryCommand)
          .query({ index, partition: group })
          .entities(readEntity)
          .options({ ...(exclusiveStartKey && { exclusiveStartKey }) })
          .send()
        return { Items: Items.map(toDates), LastEvaluatedKey }
      }),
    scan: () =>
      allPages(async (exclusiveStartKey) => {
        const { Items, LastEvaluatedKey } = await readTable
          .build(ScanCommand)
          .entities(readEntity)
          .options({ consistent: true, ...(exclusiveStartKey && { exclusiveStartKey }) })
          .send()
        return { Items: Items.map(toDates), LastEvaluatedKey }
      }),
    put: (document) =>
      writtenEntity
        .build(PutItemCommand)
        .item(toTimes(withId(document)))
        .send(),
    batch: (documents) => batch(writtenTable, writtenEntity, documents.map(withId)),
    update: (id, city) => update(id, city).send(),
    updateIfThere: (id, city) =>
      update(id, city)
        .options({ condition: { attr: "id", exists: true } })
        .send(),
    close: async () => bare.destroy(),
  }
}
