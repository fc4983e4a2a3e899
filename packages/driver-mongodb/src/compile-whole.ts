import type { Value } from "@nosql/contracts"
import { type FieldPath, formatPath, kindOf } from "@nosql/core/driver"
import type { Document as BsonDocument } from "mongodb"
import { equalsNull, mayIndex } from "./compile-null.ts"
import type { Site } from "./compile-test.ts"
import { encodeValue } from "./encode-value.ts"

/** Arrays and objects, which MongoDB compares by other rules than the portable language: what is sent finds more, and core finishes. */
type Whole = readonly Value[] | { readonly [field: string]: Value }

export function isWhole(value: Value): value is Whole {
  const kind = kindOf(value)
  return kind === "array" || kind === "object"
}

/** The filter that finds at least what equals a whole array or object at a path. */
export function equalsWhole(path: FieldPath, value: Whole, site: Site): BsonDocument {
  if (!isArray(value)) return equalsObject(path, value, site)
  // MongoDB also finds the array as an element: [[1, 2]] for [1, 2].
  const key = formatPath(path)
  return { [key]: value.some(holdsObject) ? { $type: "array" } : { $eq: encode(value, key, site) } }
}

/** MongoDB compares objects with the order of their keys; the portable language without. The leaves are sent. */
function equalsObject(path: FieldPath, value: { readonly [field: string]: Value }, site: Site): BsonDocument {
  const leaves = Object.keys(value).map((field) => equals([...path, field], value[field] ?? null, site))
  return { $and: [{ [formatPath(path)]: { $type: "object" } }, ...leaves] }
}

/** The operators on an array that hold at least where it has an element that equals a whole array or object. */
export function containsWhole(value: Whole, elements: Site): BsonDocument {
  if (isArray(value)) return { $elemMatch: { $type: "array" } }
  const leaves = Object.keys(value).map((field) => equals([field], value[field] ?? null, elements))
  return leaves.length === 0 ? { $type: "array" } : { $elemMatch: { $and: leaves } }
}

function equals(path: FieldPath, value: Value, site: Site): BsonDocument {
  if (isWhole(value)) return equalsWhole(path, value, site)
  if (value === null && mayIndex(path)) return equalsNull(path)
  const key = formatPath(path)
  return { [key]: { $eq: encode(value, key, site) } }
}

function encode(value: Value, key: string, { collection, within }: Site): unknown {
  return encodeValue(value, within + key, collection)
}

function isArray(value: Whole): value is readonly Value[] {
  return Array.isArray(value)
}

/** Whether it is an object or has one in it: MongoDB compares them with the order of their keys. */
export function holdsObject(value: Value): boolean {
  return kindOf(value) === "object" || (Array.isArray(value) && value.some(holdsObject))
}
