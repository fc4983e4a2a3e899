import type { Value } from "@nosql/contracts"
import { defineField, type FieldPath, formatPath, kindOf } from "@nosql/core/driver"
import type { Document as BsonDocument } from "mongodb"
import { equalsNull, mayIndex } from "./compile-null.ts"
import type { Site } from "./compile-test.ts"
import { encodeValue } from "./encode-value.ts"

/** Arrays and objects, which MongoDB compares by other rules than the portable language: what is sent finds more, and core finishes. */
type Whole = readonly Value[] | Fields

interface Fields {
  readonly [field: string]: Value
}

/** How many fields of an object are sent: more would hardly find less, and each goes with its whole path. */
const mostFields = 100

export function isWhole(value: Value): value is Whole {
  const kind = kindOf(value)
  return kind === "array" || kind === "object"
}

/** The filter that finds at least what equals a whole array or object at a path. */
export function equalsWhole(path: FieldPath, value: Whole, site: Site): BsonDocument {
  return equals(path, isArray(value) ? value : firstFields(value), site)
}

function equalsArray(path: FieldPath, value: readonly Value[], site: Site): BsonDocument {
  // MongoDB also finds the array as an element: [[1, 2]] for [1, 2].
  const key = formatPath(path)
  return { [key]: value.some(holdsObject) ? { $type: "array" } : { $eq: encode(value, key, site) } }
}

/** MongoDB compares objects with the order of their keys; the portable language without. The leaves are sent. */
function equalsObject(path: FieldPath, value: Fields, site: Site): BsonDocument {
  const leaves = Object.keys(value).map((field) => equals([...path, field], value[field] ?? null, site))
  return { $and: [{ [formatPath(path)]: { $type: "object" } }, ...leaves] }
}

/** The operators on an array that hold at least where it has an element that equals a whole array or object. */
export function containsWhole(value: Whole, elements: Site): BsonDocument {
  if (isArray(value)) return { $elemMatch: { $type: "array" } }
  const fields = firstFields(value)
  const leaves = Object.keys(fields).map((field) => equals([field], fields[field] ?? null, elements))
  return leaves.length === 0 ? { $type: "array" } : { $elemMatch: { $and: leaves } }
}

/** An object with the first of its fields, those of objects in it among them: asked for less, a store finds more. */
function firstFields(value: Fields): Fields {
  let left = mostFields
  const first = (object: Fields): Fields => {
    const kept: Fields = {}
    for (const [field, item] of Object.entries(object)) {
      if (left === 0) break
      left--
      defineField(kept, field, isWhole(item) && !isArray(item) ? first(item) : item)
    }
    return kept
  }
  return first(value)
}

function equals(path: FieldPath, value: Value, site: Site): BsonDocument {
  if (isWhole(value)) return isArray(value) ? equalsArray(path, value, site) : equalsObject(path, value, site)
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
