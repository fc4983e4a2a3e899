import { connect, defineCollection } from "@nosql/core"
import { mongodb } from "@nosql/driver-mongodb"

const indexes = [{ keys: { group: 1 } }]
const fields = {
  name: "string",
  email: "string",
  status: "string",
  role: "string",
  age: "number",
  score: "number",
  visits: "number",
  group: "number",
  active: "boolean",
  createdAt: "date",
  deletedAt: "date?",
  "address.city": "string",
}

/** `declared`: every write is checked against `fields`, which the bare driver does not do. */
export async function open({ uri, database }, { declared = false } = {}) {
  const store = await connect(mongodb({ uri, database }))
  const collection = declared
    ? store.collection(defineCollection("nosql-declared", { fields, indexes }))
    : store.collection(defineCollection("nosql", { indexes }))
  return {
    seed: async (documents) => (await collection.insertMany(documents)).ids,
    clear: () => collection.deleteMany({ group: { $gte: 0 } }),
    findOne: (id) => collection.findOne({ _id: id }),
    find: (group) => collection.find({ group }).toArray(),
    insertOne: (document) => collection.insertOne(document),
    insertMany: (documents) => collection.insertMany(documents),
    updateOne: (id, city) =>
      collection.updateOne({ _id: id }, { $inc: { visits: 1 }, $set: { "address.city": city } }),
    close: () => store.close(),
  }
}
