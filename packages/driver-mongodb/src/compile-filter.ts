import { assertNever, type Value } from "@nosql/contracts"
import {
  type CollectionInfo,
  compare,
  type ElemMatchNode,
  type FieldPath,
  type FilterNode,
  formatPath,
  isArrayIndex,
  kindOf,
  type TextNode,
} from "@nosql/core/driver"
import type { Document as BsonDocument, Filter as BsonFilter } from "mongodb"
import { compileElementTests } from "./compile-element-tests.ts"
import { compileTest, type Site } from "./compile-test.ts"
import { encodeValue } from "./encode-value.ts"
import { isPattern } from "./native-codec.ts"

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
  return compileNode(node, { collection, within: "" })
}

function compileNode(node: FilterNode, site: Site): CompiledFilter {
  switch (node.kind) {
    case "true":
      return everything
    case "false":
      return nothing
    case "compare":
      if (node.operator === "eq" && isWhole(node.value)) return compileWhole(node.path, node.value, site)
      if (node.operator === "eq" && node.value === null && mayIndex(node.path)) return compileNull(node.path)
      return atPath(node.path, compileTest(node, site))
    case "in":
      return compileMembership(node.path, node.values, site)
    case "exists":
    case "type":
    case "regex":
    case "startsWith":
    case "mod":
    case "size":
      return atPath(node.path, compileTest(node, site))
    case "contains":
      return compileContains(node.path, node.values, site)
    case "elemMatch":
      return compileElemMatch(node, site)
    case "text":
      return { filter: compileText(node), exact: true }
    case "and": {
      const parts = node.filters.map((filter) => compileNode(filter, site))
      return { filter: { $and: parts.map(({ filter }) => filter) }, exact: parts.every(({ exact }) => exact) }
    }
    case "or":
      return anyOf(node.filters.map((filter) => compileNode(filter, site)))
    case "not":
      return compileNegation(node.filter, site)
    default:
      return assertNever(node)
  }
}

function atPath(path: FieldPath, operators: BsonDocument): CompiledFilter {
  return { filter: { [formatPath(path)]: operators }, exact: true }
}

function anyOf(parts: readonly CompiledFilter[]): CompiledFilter {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return only
  return { filter: { $or: parts.map(({ filter }) => filter) }, exact: parts.every(({ exact }) => exact) }
}

/** The complement of a superset would lose documents, so only exact filters are negated. */
function compileNegation(node: FilterNode, site: Site): CompiledFilter {
  const inner = compileNode(node, site)
  return inner.exact ? { filter: { $nor: [inner.filter] }, exact: true } : superset
}

function mayIndex(path: FieldPath): boolean {
  return path.slice(1).some(isArrayIndex)
}

/** Behind a segment that may index an array, MongoDB's own null overlooks what is missing, and finds it in elements without such a key. */
function compileNull(path: FieldPath): CompiledFilter {
  const key = formatPath(path)
  return { filter: { $or: [{ [key]: { $exists: false } }, { [key]: { $type: "null" } }] }, exact: true }
}

type Whole = readonly Value[] | Record<string, Value>

/** Arrays and objects, which MongoDB compares by other rules than the portable language. */
function isWhole(value: Value): value is Whole {
  const kind = kindOf(value)
  return kind === "array" || kind === "object"
}

function compileWhole(path: FieldPath, value: Whole, site: Site): CompiledFilter {
  return Array.isArray(value)
    ? compileArray(formatPath(path), value, site)
    : compileObject(path, value as Record<string, Value>, site)
}

/** MongoDB also finds the array as an element ([[1, 2]] for [1, 2]), and compares objects inside with the order of their keys. */
function compileArray(key: string, value: readonly Value[], { collection, within }: Site): CompiledFilter {
  const ordered = !value.some(holdsObject)
  return {
    filter: {
      [key]: ordered ? { $eq: encodeValue(value, within + key, collection) } : { $type: "array" },
    },
    exact: false,
  }
}

function holdsObject(value: Value): boolean {
  return kindOf(value) === "object" || (Array.isArray(value) && value.some(holdsObject))
}

/** MongoDB compares objects with the order of their keys; the portable language without. The leaves are pushed. */
function compileObject(path: FieldPath, value: Record<string, Value>, site: Site): CompiledFilter {
  const leaves = Object.keys(value).map((field) => {
    return compileNode(compare("eq", [...path, field], value[field] ?? null), site).filter
  })
  return { filter: { $and: [{ [formatPath(path)]: { $type: "object" } }, ...leaves] }, exact: false }
}

function compileMembership(path: FieldPath, values: readonly Value[], site: Site): CompiledFilter {
  const key = formatPath(path)
  const listed = !values.some((value) => isWhole(value) || isPattern(value))
  if (listed && !(values.includes(null) && mayIndex(path))) {
    return atPath(path, {
      $in: values.map((value) => encodeValue(value, site.within + key, site.collection)),
    })
  }
  return anyOf(values.map((value) => compileNode(compare("eq", path, value), site)))
}

/** Scalars among the elements are found exactly; whole objects and arrays as far as MongoDB can tell. */
function compileContains(path: FieldPath, values: readonly Value[], site: Site): CompiledFilter {
  const key = formatPath(path)
  const inner = elementSite(key, site)
  const scalars = values.filter((value) => !isWhole(value) && !isPattern(value))
  const encoded = scalars.map((value) => encodeValue(value, inner.within, site.collection))
  const parts: CompiledFilter[] = []
  if (encoded.length === 1) parts.push(atPath(path, { $elemMatch: { $eq: encoded[0] } }))
  if (encoded.length > 1) parts.push(atPath(path, { $elemMatch: { $in: encoded } }))
  for (const value of values) {
    if (isPattern(value))
      parts.push(atPath(path, { $elemMatch: { $eq: encodeValue(value, inner.within, site.collection) } }))
    if (!isWhole(value)) continue
    parts.push({ filter: { [key]: containsWhole(value, inner) }, exact: false })
  }
  return anyOf(parts)
}

function containsWhole(value: Whole, inner: Site): BsonDocument {
  if (Array.isArray(value)) return { $elemMatch: { $type: "array" } }
  const fields = value as Record<string, Value>
  const leaves = Object.keys(fields).map((field) => {
    return compileNode(compare("eq", [field], fields[field] ?? null), inner).filter
  })
  return leaves.length === 0 ? { $type: "array" } : { $elemMatch: { $and: leaves } }
}

function compileElemMatch({ path, of, filter }: ElemMatchNode, site: Site): CompiledFilter {
  const key = formatPath(path)
  const inner = elementSite(key, site)
  if (of === "objects") {
    const compiled = compileNode(filter, { ...inner, within: `${inner.within}.` })
    return { filter: { [key]: { $elemMatch: compiled.filter } }, exact: compiled.exact }
  }
  return anyOf(
    compileElementTests(filter, inner).map(({ tests, exact }) => ({ filter: { [key]: tests }, exact })),
  )
}

/** No declared path passes through an array, so a path of elements meets no declaration. */
function elementSite(key: string, { collection, within }: Site): Site {
  return { collection, within: `${within}${key}.0` }
}

function compileText({ search, language, caseSensitive, diacriticSensitive }: TextNode): BsonDocument {
  return {
    $text: {
      $search: search,
      ...(language === undefined ? {} : { $language: language }),
      ...(caseSensitive === undefined ? {} : { $caseSensitive: caseSensitive }),
      ...(diacriticSensitive === undefined ? {} : { $diacriticSensitive: diacriticSensitive }),
    },
  }
}
