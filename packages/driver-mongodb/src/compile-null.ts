import { type FieldPath, formatPath, isArrayIndex } from "@nosql/core/driver"
import type { Document as BsonDocument } from "mongodb"

/** Whether a segment of a path may index an array. */
export function mayIndex(path: FieldPath): boolean {
  return path.slice(1).some(isArrayIndex)
}

/** Behind a segment that may index an array, MongoDB's own null overlooks what is missing, and finds it in elements without such a key. */
export function equalsNull(path: FieldPath): BsonDocument {
  const key = formatPath(path)
  return { $or: [{ [key]: { $exists: false } }, { [key]: { $type: "null" } }] }
}
