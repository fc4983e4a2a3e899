import { assertNever, type Value } from "@nosql/contracts"
import {
  type CollectionInfo,
  compare,
  type ElemMatchNode,
  type FieldPath,
  type FilterNode,
  formatPath,
  isIdPath,
  type TextNode,
} from "@nosql/core/driver"
import type { Document as BsonDocument } from "mongodb"
import { compileElementTests } from "./compile-element-tests.ts"
import { equalsNull, mayIndex } from "./compile-null.ts"
import { compileTest, type Site } from "./compile-test.ts"
import { containsWhole, equalsWhole, isWhole } from "./compile-whole.ts"
import { isReference } from "./declared-values.ts"
import { encodeValue } from "./encode-value.ts"
import { isPattern } from "./native-codec.ts"

interface CompiledFilter {
  readonly filter: BsonDocument
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
      if (node.operator === "eq" && isWhole(node.value))
        return { filter: equalsWhole(node.path, node.value, site), exact: false }
      if (node.operator === "eq" && node.value === null && mayIndex(node.path))
        return { filter: equalsNull(node.path), exact: true }
      // Plainly, as an id is never a pattern or an operator: servers have a shorter way for that form.
      if (node.operator === "eq" && isIdPath(node.path) && site.within === "")
        return { filter: { _id: encodeValue(node.value, "_id", site.collection) }, exact: true }
      return atPath(node.path, compileTest(node, site))
    case "in":
      return compileMembership(node.path, node.values, site)
    case "regex":
    case "startsWith":
      // A reference is stored as an ObjectId, of whose text the server knows nothing.
      return isReferenceAt(node.path, site) ? superset : atPath(node.path, compileTest(node, site))
    case "exists":
    case "type":
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

function atPath(path: FieldPath, condition: unknown): CompiledFilter {
  return { filter: { [formatPath(path)]: condition }, exact: true }
}

function anyOf(parts: readonly CompiledFilter[]): CompiledFilter {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return only
  return { filter: { $or: parts.map(({ filter }) => filter) }, exact: parts.every(({ exact }) => exact) }
}

function isReferenceAt(path: FieldPath, { collection, within }: Site): boolean {
  return isReference(within + formatPath(path), collection)
}

/** The complement of a superset would lose documents, so only exact filters are negated. */
function compileNegation(node: FilterNode, site: Site): CompiledFilter {
  const inner = compileNode(node, site)
  return inner.exact ? { filter: { $nor: [inner.filter] }, exact: true } : superset
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
  const inner = elementSite(formatPath(path), site)
  const encode = (value: Value) => encodeValue(value, inner.within, site.collection)
  const scalars = values.filter((value) => !isWhole(value) && !isPattern(value)).map(encode)
  const parts = values.filter(isWhole).map((value): CompiledFilter => {
    return { filter: { [formatPath(path)]: containsWhole(value, fieldsOf(inner)) }, exact: false }
  })
  for (const pattern of values.filter(isPattern))
    parts.unshift(atPath(path, { $elemMatch: { $eq: encode(pattern) } }))
  if (scalars.length === 1) parts.unshift(atPath(path, { $elemMatch: { $eq: scalars[0] } }))
  if (scalars.length > 1) parts.unshift(atPath(path, { $elemMatch: { $in: scalars } }))
  return anyOf(parts)
}

function compileElemMatch({ path, of, filter }: ElemMatchNode, site: Site): CompiledFilter {
  const key = formatPath(path)
  const inner = elementSite(key, site)
  if (of === "objects") {
    const compiled = compileNode(filter, fieldsOf(inner))
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

function fieldsOf({ collection, within }: Site): Site {
  return { collection, within: `${within}.` }
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
