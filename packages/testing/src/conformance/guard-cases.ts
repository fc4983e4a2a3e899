import type { Collection, Document } from "@nosql/contracts"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

type Call = (target: Collection<Document>) => unknown

const kept: Document = { _id: "kept", n: 1 }
const all = {}
const filter = { n: { $foo: 1 } } as object
const update = { $foo: { n: 1 } } as object
const document: Document = { "a.b": 1 }
const upsert = true

/** Each way into the store, with one wrong argument: no method takes unread what another would refuse. */
const calls: Readonly<Record<string, Readonly<Record<string, Call>>>> = {
  "a wrong filter": {
    find: (target) => target.find(filter).toArray(),
    findOne: (target) => target.findOne(filter),
    count: (target) => target.count(filter),
    exists: (target) => target.exists(filter),
    distinct: (target) => target.distinct("n", filter),
    page: (target) => target.page(filter),
    explain: (target) => target.explain(filter),
    updateOne: (target) => target.updateOne(filter, { $set: { n: 2 } }, { upsert }),
    updateMany: (target) => target.updateMany(filter, { $set: { n: 2 } }),
    replaceOne: (target) => target.replaceOne(filter, { n: 2 }, { upsert }),
    deleteOne: (target) => target.deleteOne(filter),
    deleteMany: (target) => target.deleteMany(filter),
    findOneAndUpdate: (target) => target.findOneAndUpdate(filter, { $set: { n: 2 } }, { upsert }),
    findOneAndReplace: (target) => target.findOneAndReplace(filter, { n: 2 }, { upsert }),
    findOneAndDelete: (target) => target.findOneAndDelete(filter),
    bulkWrite: (target) =>
      target.bulkWrite([{ insertOne: { document: {} } }, { deleteMany: { filter } }], { ordered: false }),
  },
  "a wrong update": {
    updateOne: (target) => target.updateOne(all, update, { upsert }),
    updateMany: (target) => target.updateMany(all, update),
    findOneAndUpdate: (target) => target.findOneAndUpdate(all, update),
    bulkWrite: (target) =>
      target.bulkWrite([{ insertOne: { document: {} } }, { updateOne: { filter: all, update } }]),
  },
  "a wrong document": {
    insertOne: (target) => target.insertOne(document),
    insertMany: (target) => target.insertMany([{}, document], { ordered: false }),
    replaceOne: (target) => target.replaceOne(all, document, { upsert }),
    findOneAndReplace: (target) => target.findOneAndReplace(all, document),
    bulkWrite: (target) =>
      target.bulkWrite([
        { insertOne: { document: {} } },
        { replaceOne: { filter: all, replacement: document } },
      ]),
  },
  "a wrong path": {
    distinct: (target) => target.distinct("$n"),
    find: (target) => target.find(all, { sort: { "n.$": 1 } as object }).toArray(),
    findOne: (target) => target.findOne(all, { projection: { "n..m": 1 } as never }),
    page: (target) => target.page(all, { sort: { $n: 1 } as object }),
    createIndex: (target) => target.createIndex({ keys: { $n: 1 } }),
    findOneAndDelete: (target) => target.findOneAndDelete(all, { sort: { "": 1 } as object }),
  },
}

export const guardCases: readonly ConformanceCase[] = Object.entries(calls).map(([what, methods]) => ({
  name: `${what} is refused by every method that takes one, by the method's name, before anything is done`,
  run: async ({ filled }) => {
    const target = await filled([kept])
    for (const [method, call] of Object.entries(methods)) {
      const error = await expectError("invalid-argument", () => call(target))
      expect(error.collection).toBe(target.name)
      expect(error.operation).toBe(method)
      expect(error.message).toContain(method)
    }
    expect(await target.find({}).toArray()).toEqual([kept])
  },
}))
