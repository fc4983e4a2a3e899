import type { Document, Value } from "@nosql/contracts"
import type { FieldPath } from "../ast/filter.ts"
import type { CollectionInfo } from "../driver/collection-info.ts"
import { getPath } from "../values/get-path.ts"
import { defineField, isPlainObject } from "../values/plain-object.ts"

/** Brings paths that are declared `bigint` to bigints: a store gives small ones as numbers. Undefined where nothing is declared so. */
export function declaredReader(collection: CollectionInfo): ((document: Document) => Document) | undefined {
  const paths = bigintPaths(collection)
  if (paths.length === 0) return undefined
  return (document) => paths.reduce(withBigint, document)
}

export function bigintPaths({ fields }: CollectionInfo): readonly FieldPath[] {
  return Object.keys(fields)
    .filter((path) => fields[path]?.startsWith("bigint"))
    .map((path) => path.split("."))
}

function withBigint(document: Document, path: FieldPath): Document {
  const value = getPath(document, path)
  if (typeof value !== "number" || !Number.isInteger(value)) return document
  return replaced(document, path, BigInt(value)) as Document
}

function replaced(value: Value | undefined, [field, ...rest]: FieldPath, leaf: Value): Value {
  if (field === undefined) return leaf
  if (Array.isArray(value))
    return value.map((item: Value, i) => (String(i) === field ? replaced(item, rest, leaf) : item))
  if (!isPlainObject(value)) return value ?? null
  const copy: Document = { ...(value as Document) }
  defineField(copy, field, replaced(copy[field], rest, leaf))
  return copy
}
