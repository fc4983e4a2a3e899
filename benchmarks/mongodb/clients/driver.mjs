import { MongoClient } from "mongodb"

/** The official driver, as its manual uses it, or with `options`. */
export async function open({ uri, database }, { options = {} } = {}) {
  const client = await MongoClient.connect(uri, options)
  const collection = client.db(database).collection("driver")
  return {
    seed: async (documents) => {
      await collection.createIndex({ group: 1 })
      return Object.values((await collection.insertMany(documents)).insertedIds)
    },
    clear: () => collection.deleteMany({ group: { $gte: 0 } }),
    findOne: (id) => collection.findOne({ _id: id }),
    find: (group) => collection.find({ group }).toArray(),
    insertOne: (document) => collection.insertOne(document),
    insertMany: (documents) => collection.insertMany(documents),
    updateOne: (id, city) =>
      collection.updateOne({ _id: id }, { $inc: { visits: 1 }, $set: { "address.city": city } }),
    close: () => client.close(),
  }
}
