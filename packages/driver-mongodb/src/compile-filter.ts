import { assertNever, type Value } from "@nosql/contracts"
import {
  type CollectionInfo,
  type CompareNode,
  compare,
  type FieldPath,
  type FilterNode,
  formatPath,
  kindOf,
} from "@nosql/core/driver"
import type { Document as BsonDocument, Filter as BsonFilter } from "mongodb"
import { encodeValue } from "./value-codec.ts"

export interface CompiledFilter {
  readonly filter: BsonFilter<BsonDocument>
  /** False: it finds more than the portable filter, never less; core finishes. */
  readonly exact: boolean
}

const everything: CompiledFilter = { filter: {}, exact: true }
const superset: CompiledFilter = { filter: {}, exact: false }
const nothing: CompiledFilter = { filter: { $nor: [{}] }, exact: true }

/** Translates a folded filter into MongoDB's own. */
export function compileFilter(node: FilterNode, collection: CollectionInfo): CompiledFilter {
  switch (node.kind) {
    case "true":
      return everything
    case "false":
      return nothing
    case "compare":
      return compileComparison(node, collection)
    case "in":
      return compileMembership(node.path, node.values, collection)
    case "exists":
      return { filter: { [formatPath(node.path)]: { $exists: true } }, exact: true }
    case "and": {
      const parts = node.filters.map((filter) => compileFilter(filter, collection))
      return { filter: { $and: parts.map(({ filter }) => filter) }, exact: parts.every(({ exact }) => exact) }
    }
    case "or": {
      const parts = node.filters.map((filter) => compileFilter(filter, collection))
      return { filter: { $or: parts.map(({ filter }) => filter) }, exact: parts.every(({ exact }) => exact) }
    }
    case "not":
      return compileNegation(node.filter, collection)
    default:
      return assertNever(node)
  }
}

/** The complement of a superset would lose documents, so only exact filters are negated. */
function compileNegation(node: FilterNode, collection: CollectionInfo): CompiledFilter {
  const inner = compileFilter(node, collection)
  return inner.exact ? { filter: { $nor: [inner.filter] }, exact: true } : superset
}

function compileComparison(
  { operator, path, value }: CompareNode,
  collection: CollectionInfo,
): CompiledFilter {
  const key = formatPath(path)
  if (operator === "eq" && kindOf(value) === "array")
    return compileArray(key, value as readonly Value[], collection)
  if (operator === "eq" && kindOf(value) === "object")
    return compileObject(path, value as Record<string, Value>, collection)
  return { filter: { [key]: { [`$${operator}`]: encodeValue(value, key, collection) } }, exact: true }
}

/** MongoDB also finds the array as an element ([[1, 2]] for [1, 2]), and compares objects inside with the order of their keys. */
function compileArray(key: string, value: readonly Value[], collection: CollectionInfo): CompiledFilter {
  const ordered = !value.some(holdsObject)
  return {
    filter: { [key]: ordered ? { $eq: encodeValue(value, key, collection) } : { $type: "array" } },
    exact: false,
  }
}

function holdsObject(value: Value): boolean {
  return kindOf(value) === "object" || (Array.isArray(value) && value.some(holdsObject))
}

/** MongoDB compares objects with the order of their keys; the portable language without. The leaves are pushed. */
function compileObject(
  path: FieldPath,
  value: Record<string, Value>,
  collection: CollectionInfo,
): CompiledFilter {
  const leaves = Object.keys(value).map((field) => {
    return compileFilter(compare("eq", [...path, field], value[field] ?? null), collection).filter
  })
  return { filter: { $and: [{ [formatPath(path)]: { $type: "object" } }, ...leaves] }, exact: false }
}

function compileMembership(
  path: FieldPath,
  values: readonly Value[],
  collection: CollectionInfo,
): CompiledFilter {
  const key = formatPath(path)
  if (values.every((value) => kindOf(value) !== "array" && kindOf(value) !== "object")) {
    return {
      filter: { [key]: { $in: values.map((value) => encodeValue(value, key, collection)) } },
      exact: true,
    }
  }
  const arms = values.map((value) => compileFilter(compare("eq", path, value), collection).filter)
  return { filter: { $or: arms }, exact: false }
}
