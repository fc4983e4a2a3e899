import { MongoClient } from "mongodb"
import { default as Papr, schema, types } from "papr"

const userSchema = schema({
  name: types.string({ required: true }),
  email: types.string({ required: true }),
  status: types.string({ required: true }),
  role: types.string({ required: true }),
  age: types.number({ required: true }),
  score: types.number({ required: true }),
  active: types.boolean({ required: true }),
  visits: types.number({ required: true }),
  group: types.number({ required: true }),
  createdAt: types.date({ required: true }),
  deletedAt: types.date(),
  tags: types.array(types.string({ required: true })),
  address: types.object({
    street: types.string(),
    city: types.string(),
    geo: types.object({ latitude: types.number(), longitude: types.number() }),
  }),
  items: types.array(types.object({ sku: types.string(), quantity: types.number(), price: types.number() })),
})

/** Without `updateSchemas`: no validator in the server, so that the server does the same work for all. */
export async function open({ uri, database }) {
  const client = await MongoClient.connect(uri)
  const papr = new Papr()
  papr.initialize(client.db(database))
  const model = papr.model("papr", userSchema)
  return {
    seed: async (documents) => {
      await model.collection.createIndex({ group: 1 })
      return (await model.insertMany(documents)).map(({ _id }) => _id)
    },
    clear: () => model.deleteMany({ group: { $gte: 0 } }),
    findOne: (id) => model.findOne({ _id: id }),
    find: (group) => model.find({ group }),
    insertOne: (document) => model.insertOne(document),
    insertMany: (documents) => model.insertMany(documents),
    updateOne: (id, city) =>
      model.updateOne({ _id: id }, { $inc: { visits: 1 }, $set: { "address.city": city } }),
    close: () => client.close(),
  }
}
