import { randomUUID } from "node:crypto"
import { CreateTableCommand } from "@aws-sdk/client-dynamodb"
import { Entity } from "electrodb"
import { concurrency, makeClient } from "./tables.mjs"

const time = { type: "number", get: (value) => value && new Date(value), set: (value) => value?.getTime() }
const attributes = {
  id: { type: "string", required: true },
  name: { type: "string" },
  email: { type: "string" },
  status: { type: "string" },
  role: { type: "string" },
  age: { type: "number" },
  score: { type: "number" },
  active: { type: "boolean" },
  visits: { type: "number" },
  group: { type: "number" },
  createdAt: { ...time, type: "any" },
  deletedAt: { ...time, type: "any" },
  tags: { type: "list", items: { type: "string" } },
  address: {
    type: "map",
    properties: {
      street: { type: "string" },
      city: { type: "string" },
      geo: { type: "map", properties: { latitude: { type: "number" }, longitude: { type: "number" } } },
    },
  },
  items: {
    type: "list",
    items: {
      type: "map",
      properties: { sku: { type: "string" }, quantity: { type: "number" }, price: { type: "number" } },
    },
  },
}
const indexes = {
  byId: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
  byGroup: {
    index: "gsi1",
    pk: { field: "gsi1pk", composite: ["group"] },
    sk: { field: "gsi1sk", composite: ["id"] },
  },
}

/** Its own layout: composite keys, an index by them. */
export async function open(address) {
  const client = makeClient(address)
  const entityIn = async (table) => {
    await client.send(new CreateTableCommand(definition(table)))
    return new Entity(
      { model: { entity: "user", version: "1", service: "benchmark" }, attributes, indexes },
      { client, table },
    )
  }
  const read = await entityIn(`${address.prefix}read`)
  const written = await entityIn(`${address.prefix}written`)
  const withId = (document) => ({ id: randomUUID(), ...document })
  const changed = (update, city) =>
    update.data((a, { set, add }) => {
      set(a.address.city, city)
      add(a.visits, 1)
    })
  return {
    seed: async (documents) => {
      const items = documents.map((document, i) => withId({ ...document, group: i % 10 }))
      await read.put(items).go({ concurrent: concurrency })
      return items.map(({ id }) => id)
    },
    get: async (id) => (await read.get({ id }).go({ consistent: true })).data,
    query: async (group) => (await read.query.byGroup({ group }).go({ pages: "all" })).data,
    scan: async () => (await read.scan.go({ pages: "all", consistent: true })).data,
    put: (document) => written.put(withId(document)).go(),
    batch: (documents) => written.put(documents.map(withId)).go({ concurrent: concurrency }),
    update: (id, city) => changed(read.update({ id }), city).go(),
    updateIfThere: (id, city) => changed(read.patch({ id }), city).go(),
    close: async () => client.destroy(),
  }
}

function definition(TableName) {
  const key = (hash, range) => [
    { AttributeName: hash, KeyType: "HASH" },
    { AttributeName: range, KeyType: "RANGE" },
  ]
  return {
    TableName,
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: key("pk", "sk"),
    AttributeDefinitions: ["pk", "sk", "gsi1pk", "gsi1sk"].map((AttributeName) => ({
      AttributeName,
      AttributeType: "S",
    })),
    GlobalSecondaryIndexes: [
      { IndexName: "gsi1", KeySchema: key("gsi1pk", "gsi1sk"), Projection: { ProjectionType: "ALL" } },
    ],
  }
}
