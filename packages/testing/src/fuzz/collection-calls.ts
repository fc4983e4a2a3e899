import { defineCollection, eq, parseFilter, Specification } from "@nosql/core"
import { any, type Calls } from "./call.ts"

export const collectionCalls: Calls = {
  find: (target, { filter, options }) => target.find(any(filter), any(options)).toArray(),
  findFirst: (target, { filter, options }) => target.find(any(filter), any(options)).first(),
  findOne: (target, { filter, options }) => target.findOne(any(filter), any(options)),
  get: (target, { id, options }) => target.get(any(id), any(options)),
  getMany: (target, { id, value }) => target.getMany([any(id), any(value)]),
  getManyOf: (target, { value }) => target.getMany(any(value)),
  count: (target, { filter, options }) => target.count(any(filter), any(options)),
  exists: (target, { filter }) => target.exists(any(filter)),
  estimatedCount: (target, { options }) => target.estimatedCount(any(options)),
  distinct: (target, { path, filter }) => target.distinct(any(path), any(filter)),
  page: (target, { filter, options }) => target.page(any(filter), any(options)),
  pageAfter: (target, { value }) => target.page({}, { after: any(value) }),
  explain: (target, { filter, options }) => target.explain(any(filter), any(options)),
  loadMany: (target, { documents, path }) => target.loadMany(any(documents), any(path), target),
  loadManyFrom: (target, { documents, value }) => target.loadMany(any(documents), "o", any(value)),
  insertOne: (target, { document }) => target.insertOne(any(document)),
  insertMany: (target, { documents, options }) => target.insertMany(any(documents), any(options)),
  updateOne: (target, { filter, update, options }) =>
    target.updateOne(any(filter), any(update), any(options)),
  updateAll: (target, { update }) => target.updateMany({}, any(update)),
  updateMany: (target, { filter, update }) => target.updateMany(any(filter), any(update)),
  replaceOne: (target, { filter, document, options }) =>
    target.replaceOne(any(filter), any(document), any(options)),
  deleteOne: (target, { filter }) => target.deleteOne(any(filter)),
  deleteMany: (target, { filter, options }) => target.deleteMany(any(filter), any(options)),
  findOneAndUpdate: (target, { filter, update, options }) =>
    target.findOneAndUpdate(any(filter), any(update), any(options)),
  findOneAndReplace: (target, { filter, document, options }) =>
    target.findOneAndReplace(any(filter), any(document), any(options)),
  findOneAndDelete: (target, { filter, options }) => target.findOneAndDelete(any(filter), any(options)),
  bulkWrite: (target, { value, filter, update, document }) =>
    target.bulkWrite([
      { insertOne: { document: any(document) } },
      { updateOne: { filter: any(filter), update: any(update) } },
      any(value),
    ]),
  bulkWriteOf: (target, { documents, options }) => target.bulkWrite(any(documents), any(options)),
  createIndex: (target, { value }) => target.createIndex(any(value)),
  createIndexOn: (target, { path, value }) => target.createIndex({ keys: { [nameOf(path)]: any(value) } }),
  dropIndex: (target, { value }) => target.dropIndex(any(value)),
  parseFilter: (target, { filter, value, options }) =>
    target.find(parseFilter(any(filter), any(options ?? value))).toArray(),
  parseAllowed: (target, { filter }) =>
    target
      .find(parseFilter(any(filter), { operators: ["$gt", "$or"], paths: ["n", "s"], nulls: true }))
      .toArray(),
  fromJSON: (target, { specification }) => target.find(Specification.fromJSON(specification)).toArray(),
  eq: (target, { path, value }) => target.find({ [nameOf(path)]: eq(any(value)) }).toArray(),
  openCollection: (_target, { value }, store) => store.collection(any(value)),
  define: (_target, { id, value }) => defineCollection(any(id), any(value)),
  defineFields: (_target, { path, value }) =>
    defineCollection("c", { fields: { [nameOf(path)]: any(value) }, indexes: any([value]) }),
  dropCollection: (_target, { value }, store) => store.dropCollection(any(value)),
}

/** JavaScript itself makes text of a key; that of a deep array overflows the stack before any call is made. */
function nameOf(path: unknown): string {
  return typeof path === "string" ? path : "n"
}
