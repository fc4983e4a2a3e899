import type { Capabilities } from "@nosql/core/driver"

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
  "update.mul": "native",
  "update.min": "native",
  "update.max": "native",
  "update.rename": "native",
  "update.currentDate": "native",
  "update.setOnInsert": "native",
  "update.push": "native",
  "update.addToSet": "native",
  "update.pull": "native",
  "update.pop": "native",
  updateMany: "emulated", // core writes one by one, so that a failure half-way is reported exactly
  deleteMany: "emulated", // likewise
  index: "native",
  "index.unique": "native",
} as const satisfies Capabilities
