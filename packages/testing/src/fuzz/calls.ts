import type { Collection, Document, DocumentStore } from "@nosql/contracts"
import { defineCollection, eq, parseFilter } from "@nosql/core"
import fc, { type Arbitrary } from "fast-check"
import { idPools } from "../random/arbitraries/documents.ts"
import { randomFilter } from "../random/arbitraries/filters.ts"
import { randomProjection } from "../random/arbitraries/projections.ts"
import { fields } from "../random/arbitraries/shapes.ts"
import { randomSort } from "../random/arbitraries/sorts.ts"
import { randomUpdate } from "../random/arbitraries/updates.ts"
import type { Supported } from "../random/supported.ts"
import { garbage, hostileKey } from "./garbage.ts"
import { mutated } from "./mutate.ts"

/** The arguments of a call, good or spoiled. Each is made once for all calls, so that a call may take any of them. */
export interface Arguments {
  readonly filter: unknown
  readonly update: unknown
  readonly document: unknown
  readonly documents: unknown
  readonly options: unknown
  readonly path: unknown
  readonly id: unknown
  readonly value: unknown
}

export function randomArguments(supported: Supported): Arbitrary<Arguments> {
  const ids = idPools[0]?.ids ?? []
  // Few at a time: each call refuses what is no option of its own.
  const option = fc.oneof(
    ...Object.entries({
      sort: randomSort(0),
      skip: fc.nat({ max: 3 }),
      limit: fc.nat({ max: 3 }),
      size: fc.nat({ max: 3 }),
      projection: randomProjection,
      upsert: fc.boolean(),
      ordered: fc.boolean(),
      returnDocument: fc.constantFrom("before", "after"),
      after: fc.oneof(fc.string(), fc.base64String()),
      timeoutMs: fc.constant(1000),
      consistency: fc.constantFrom("strong", "eventual"),
    }).map(([name, value]) => fc.tuple(fc.constant(name), value as Arbitrary<unknown>)),
  )
  const options = fc.array(option, { maxLength: 2 }).map((chosen) => Object.fromEntries(chosen))
  const document = fc.oneof(
    fields,
    fields.map((body) => ({ _id: "a", ...body })),
  )
  return fc.record(
    {
      filter: mutated(randomFilter({ supported, ids, idRanges: true })),
      update: mutated(randomUpdate(supported)),
      document: mutated(document),
      documents: mutated(fc.array(document, { maxLength: 3 })),
      options: mutated(options),
      path: fc.oneof(hostileKey, garbage),
      id: fc.oneof(fc.constantFrom<unknown>(...ids), garbage),
      value: garbage,
    },
    { noNullPrototype: true },
  )
}

type Target = Collection<Document>
type Call = (target: Target, given: Arguments, store: DocumentStore) => unknown

/** Calls take anything here: the compiler is what an attacker does not have. */
const any = (value: unknown) => value as never

const collectionCalls: Readonly<Record<string, Call>> = {
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
  eq: (target, { path, value }) => target.find({ [nameOf(path)]: eq(any(value)) }).toArray(),
  openCollection: (_target, { value }, store) => store.collection(any(value)),
  define: (_target, { id, value }) => defineCollection(any(id), any(value)),
  defineFields: (_target, { path, value }) =>
    defineCollection("c", { fields: { [nameOf(path)]: any(value) }, indexes: any([value]) }),
  dropCollection: (_target, { value }, store) => store.dropCollection(any(value)),
}

const builderSteps =
  "where whereNe whereGt whereBetween whereIn whereNotIn whereExists whereType whereRegex whereStartsWith whereContains whereContainsAny whereAll whereSize whereElemMatch whereText whereNot andWhere orWhere norWhere select exclude sortBy skip limit after scans consistency".split(
    " ",
  )
const builderEnds = "toArray first count exists page explain updateMany deleteMany build".split(" ")

/** The builder's methods as they are called by untyped code. */
type Loose = Readonly<Record<string, (...args: unknown[]) => Loose>>

const builderCalls: Readonly<Record<string, Call>> = Object.fromEntries([
  ...builderSteps.map((step): [string, Call] => [
    `query.${step}`,
    (target, { path, value, filter }) => {
      const query = target.query() as unknown as Loose
      return query[step]?.(path, value, filter)["toArray"]?.()
    },
  ]),
  ...builderEnds.map((end): [string, Call] => [
    `query.${end}`,
    (target, { value, update, options }) => {
      const query = target.query() as unknown as Loose
      return query["limit"]?.(value)[end]?.(update, options)
    },
  ]),
])

export const calls: Readonly<Record<string, Call>> = { ...collectionCalls, ...builderCalls }

/** JavaScript itself makes text of a key; that of a deep array overflows the stack before any call is made. */
function nameOf(path: unknown): string {
  return typeof path === "string" ? path : "n"
}
