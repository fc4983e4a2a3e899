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
  "index",
  "index.unique",
] as const

export type Feature = (typeof features)[number]

/** `native`: the store does it; `emulated`: core finishes it in this process; `none`: refused before any I/O. */
export type Support = "native" | "emulated" | "none"

/** One line for every feature: a missing one does not compile. */
export type Capabilities = Readonly<Record<Feature, Support>>
