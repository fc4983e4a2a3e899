import type { Capabilities } from "@nosql/core/driver"

/** Whole objects and arrays as operands are the exception: a superset is pushed and core finishes (the plan says so). */
export const capabilities = {
  "filter.compare": "native",
  "filter.in": "native",
  "filter.exists": "native",
  "filter.and": "native",
  "filter.or": "native",
  "filter.not": "native",
  sort: "native",
  skip: "native",
  limit: "native",
  projection: "native",
  count: "native",
  "update.set": "native",
  "update.unset": "native",
  "update.inc": "native",
  "update.push": "native",
  updateMany: "native",
  deleteMany: "native",
  index: "native",
  "index.unique": "native",
} as const satisfies Capabilities
