import mongoose from "mongoose"

const fields = {
  name: { type: String, required: true },
  email: { type: String, required: true },
  status: { type: String, required: true },
  role: { type: String, required: true },
  age: { type: Number, required: true },
  score: { type: Number, required: true },
  active: { type: Boolean, required: true },
  visits: { type: Number, required: true },
  group: { type: Number, required: true, index: true },
  createdAt: { type: Date, required: true },
  deletedAt: Date,
  tags: [String],
  address: { street: String, city: String, geo: { latitude: Number, longitude: Number } },
  items: [{ _id: false, sku: String, quantity: Number, price: Number }],
}

/** `lean`: plain objects from reads, and `insertMany` without hydration. Mongoose casts and validates what it writes. */
export async function open({ uri, database }, { lean = false } = {}) {
  const connection = await mongoose.createConnection(uri, { dbName: database }).asPromise()
  const name = lean ? "mongoose-lean" : "mongoose"
  const model = connection.model(name, new mongoose.Schema(fields, { versionKey: false }), name)
  await model.init()
  return {
    seed: async (documents) => (await model.insertMany(documents)).map(({ _id }) => _id),
    clear: () => model.deleteMany({ group: { $gte: 0 } }),
    findOne: (id) => (lean ? model.findById(id).lean() : model.findById(id)).exec(),
    find: (group) => (lean ? model.find({ group }).lean() : model.find({ group })).exec(),
    insertOne: (document) => model.create(document),
    insertMany: (documents) => model.insertMany(documents, { lean }),
    updateOne: (id, city) =>
      model.updateOne({ _id: id }, { $inc: { visits: 1 }, $set: { "address.city": city } }).exec(),
    close: () => connection.close(),
  }
}
