import { DynamoDB } from "@aws-sdk/client-dynamodb"
import dynamoose from "dynamoose"
import { clientSettings, index, makeTables, withId } from "./tables.mjs"

const schema = new dynamoose.Schema({
  id: { type: String, hashKey: true },
  name: String,
  email: String,
  status: String,
  role: String,
  age: Number,
  score: Number,
  active: Boolean,
  visits: Number,
  group: { type: Number, index: { name: index, type: "global" } },
  createdAt: Date,
  deletedAt: Date,
  tags: { type: Array, schema: [String] },
  address: {
    type: Object,
    schema: {
      street: String,
      city: String,
      geo: { type: Object, schema: { latitude: Number, longitude: Number } },
    },
  },
  items: {
    type: Array,
    schema: [{ type: Object, schema: { sku: String, quantity: Number, price: Number } }],
  },
})

export async function open(address) {
  const client = new DynamoDB(clientSettings(address))
  dynamoose.aws.ddb.set(client)
  const { read, written } = await makeTables(client, address)
  const options = { create: false, waitForActive: false, throughput: "ON_DEMAND" }
  const readModel = dynamoose.model(read, schema, options)
  const writtenModel = dynamoose.model(written, schema, options)
  const batch = async (model, items) => {
    for (let start = 0; start < items.length; start += 25)
      await model.batchPut(items.slice(start, start + 25))
  }
  return {
    seed: async (documents) => {
      const items = documents.map((document, i) => withId({ ...document, group: i % 10 }))
      await batch(readModel, items)
      return items.map(({ id }) => id)
    },
    get: (id) => readModel.get(id, { consistent: true }),
    query: (group) => readModel.query("group").eq(group).using(index).all().exec(),
    scan: () => readModel.scan().consistent().all().exec(),
    put: (document) => writtenModel.create(withId(document)),
    batch: (documents) => batch(writtenModel, documents.map(withId)),
    update: (id, city) => readModel.update({ id }, { $SET: { "address.city": city }, $ADD: { visits: 1 } }),
    close: async () => client.destroy(),
  }
}
