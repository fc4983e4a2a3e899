import type { Document, Value } from "@nosql/contracts"
import { isArray, isObject } from "./kind-of.ts"

/** A projection as the user writes it: `{ a: 1, "b.c": 1 }` or `{ a: 0 }`, `_id` excludable in both. */
export type PlainProjection = Readonly<Record<string, 0 | 1>>

export function project(document: Document, projection: PlainProjection): Document {
  const { _id, ...fields } = document
  const paths = Object.keys(projection).filter((path) => path !== "_id")
  const includes =
    paths.some((path) => projection[path] === 1) || (paths.length === 0 && projection["_id"] === 1)
  const kept = includes ? include(fields, paths) : exclude(fields, paths)
  // "`_id` is there unless excluded."
  return projection["_id"] === 0 || _id === undefined ? kept : { _id, ...kept }
}

/** "A parent with no selected child is left out; an include path that meets an array takes the whole array." */
function include(fields: Document, paths: readonly string[]): Document {
  const kept: Document = {}
  for (const [field, value] of Object.entries(fields)) {
    const below = pathsBelow(field, paths)
    if (paths.includes(field) || (isArray(value) && below.length > 0)) kept[field] = value
    else if (isObject(value) && below.length > 0) {
      const part = include(value, below)
      if (Object.keys(part).length > 0) kept[field] = part
    }
  }
  return kept
}

/** "An exclude path that meets [an array] leaves it whole." */
function exclude(fields: Document, paths: readonly string[]): Document {
  const kept: Document = {}
  for (const [field, value] of Object.entries(fields)) {
    if (paths.includes(field)) continue
    const below = pathsBelow(field, paths)
    kept[field] = isObject(value) && below.length > 0 ? exclude(value, below) : (value as Value)
  }
  return kept
}

function pathsBelow(field: string, paths: readonly string[]): string[] {
  return paths.filter((path) => path.startsWith(`${field}.`)).map((path) => path.slice(field.length + 1))
}
