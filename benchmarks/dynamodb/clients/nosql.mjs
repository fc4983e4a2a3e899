import { connect, defineCollection } from "@nosql/core"
import { dynamodb } from "@nosql/driver-dynamodb"

const indexes = [{ keys: { group: 1 } }]

export async function open({ endpoint, prefix }) {
  const store = await connect(dynamodb({ endpoint, tablePrefix: prefix }), { scans: "allow" })
  const read = store.collection(defineCollection("read", { indexes }))
  const written = store.collection(defineCollection("written", { indexes }))
  // Never makes a document of its own accord.
  const update = (id, city) =>
    read.updateOne({ _id: id }, { $inc: { visits: 1 }, $set: { "address.city": city } })
  return {
    seed: async (documents) => {
      const { ids } = await read.insertMany(documents.map((document, i) => ({ ...document, group: i % 10 })))
      return ids
    },
    get: (id) => read.get(id),
    query: (group) => read.find({ group }).toArray(),
    scan: () => read.find({}).toArray(),
    put: (document) => written.insertOne(document),
    batch: (documents) => written.insertMany(documents),
    update,
    updateIfThere: update,
    close: () => store.close(),
  }
}
