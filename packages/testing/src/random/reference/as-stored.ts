import type { Document, Value } from "@nosql/contracts"
import { isArray, isObject } from "./kind-of.ts"

/**
 * A value as it is read back: "-0 is stored as 0", "an integer reads as `number` when it is safe, else as `bigint`",
 * "`undefined` in an object is left out".
 */
export function asStored(value: Value): Value {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (typeof value === "number") {
    if (value === 0) return 0
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value
  }
  if (isArray(value)) return value.map(asStored)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, asStored(item)]])),
  )
}

/** As `asStored`, for a document; "a path declared `bigint` always reads as bigint". */
export function documentAsStored(document: Document, bigintFields: readonly string[] = []): Document {
  const stored = asStored(document) as Document
  for (const field of bigintFields) {
    const value = stored[field]
    if (typeof value === "number") stored[field] = BigInt(value)
  }
  return stored
}
