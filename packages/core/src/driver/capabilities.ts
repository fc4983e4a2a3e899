import type { Support } from "@nosql/contracts"

/** Every feature of the language and of the store that a driver answers for. */
export const features = [
  "filter.compare",
  "filter.in",
  "filter.exists",
  "filter.type",
  "filter.regex",
  "filter.startsWith",
  "filter.mod",
  "filter.contains",
  "filter.size",
  "filter.elemMatch",
  "filter.text",
  "filter.and",
  "filter.or",
  "filter.not",
  "sort",
  "skip",
  "limit",
  "projection",
  "count",
  "distinct",
  "estimatedCount",
  "consistency.strong",
  "update.set",
  "update.unset",
  "update.inc",
  "update.mul",
  "update.min",
  "update.max",
  "update.rename",
  "update.currentDate",
  "update.setOnInsert",
  "update.push",
  "update.addToSet",
  "update.pull",
  "update.pop",
  "updateMany",
  "deleteMany",
  "replaceOne",
  "upsert",
  "findOneAnd",
  "bulkWrite",
  "index",
  "index.unique",
  "index.text",
  "ttl",
] as const

/** What a driver may have, in part or not: the operators of filters and updates, kinds of calls and of indexes. */
export type Feature = (typeof features)[number]

/** One line for every feature: a missing one does not compile. */
export type Capabilities = Readonly<Record<Feature, Support>>
