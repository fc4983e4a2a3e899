import { connect, defineCollection } from "@nosql/core"
import { firestore } from "@nosql/driver-firestore"

const fields = { visits: "number", score: "number", group: "number", "address.city": "string" }

/** `declared`: the fields that are written are, so that an update of them is one blind request; each write is checked, which the SDK does not do. */
export async function open(projectId, { declared = false } = {}) {
  const emulatorHost = process.env.FIRESTORE_EMULATOR_HOST
  const store = await connect(firestore({ projectId, emulatorHost }), { scans: "allow" })
  const collection = store.collection(
    declared ? defineCollection("nosql-declared", { fields }) : defineCollection("nosql", {}),
  )
  return {
    insertMany: async (documents) => (await collection.insertMany(documents)).ids,
    clear: () => collection.deleteMany({}),
    get: (id) => collection.get(id),
    find: (group) => collection.find({ group }).toArray(),
    insertOne: (document) => collection.insertOne(document),
    updateBlind: (id, city) =>
      collection.updateOne({ _id: id }, { $inc: { visits: 1 }, $set: { "address.city": city } }),
    updateRead: (id) => collection.updateOne({ _id: id }, { $mul: { score: 2 } }),
    close: () => store.close(),
  }
}
