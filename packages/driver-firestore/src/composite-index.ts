import {
  type FieldPath,
  formatPath,
  isIdPath,
  printIndexKeys,
  type SortKey,
  samePath,
} from "@nosql/core/driver"
import { declaredFacts } from "./declared-facts.ts"
import { alternativesOf } from "./dnf.ts"
import type { FirestoreCollection } from "./firestore-collection.ts"
import { inequalityPaths, isContains, isInequality } from "./native-limits.ts"
import type { NativeQuery, Where } from "./native-query.ts"

/** A field of a composite index: in an order, or by the elements of its array. */
interface CompositeField {
  readonly path: FieldPath
  readonly mode: 1 | -1 | "contains"
}

/** https://firebase.google.com/docs/firestore/query-data/index-overview#composite_indexes */
type CompositeIndex = readonly CompositeField[]

/** What one alternative of a query asks of an index: some fields fixed, then an order. */
interface IndexNeed {
  readonly fixed: readonly CompositeField[]
  readonly order: readonly SortKey[]
}

/**
 * The composite indexes that a query needs, each alternative its own, by Google's published rules: equalities (and one search for an element) are merged from the
 * automatic single-field indexes; an order or a range beside another condition, or by several fields, is not. No index of a collection group is automatic.
 */
export function indexNeeds(
  query: Pick<NativeQuery, "where" | "orderBy">,
  { group }: Pick<FirestoreCollection, "group">,
): readonly IndexNeed[] {
  const order = orderOf(query)
  const needs = alternativesOf(query.where).map((conditions) => needOf(conditions, order))
  const open = needs.filter((need) => !(group === undefined ? isAutomatic(need) : isByName(need)))
  return [...new Map(open.map((need) => [JSON.stringify(need), need])).values()]
}

/** The whole order of a query: as asked, then by the fields of its ranges, then by the name, each in the last one's direction. */
export function orderOf({ where, orderBy }: Pick<NativeQuery, "where" | "orderBy">): readonly SortKey[] {
  const asked = orderBy.at(-1)?.direction ?? 1
  const implied = inequalityPaths(where)
    .filter((path) => !orderBy.some((key) => samePath(key.path, path)))
    .map((path) => ({ path, direction: asked }))
  const order = [...orderBy, ...implied]
  return order.some(({ path }) => isIdPath(path))
    ? order
    : [...order, { path: ["_id"], direction: order.at(-1)?.direction ?? 1 }]
}

function needOf(conditions: readonly Where[], order: readonly SortKey[]): IndexNeed {
  const fixed = conditions
    .filter((condition) => !isInequality(condition) && !isIdPath(condition.path))
    .map(
      (condition): CompositeField => ({ path: condition.path, mode: isContains(condition) ? "contains" : 1 }),
    )
  const once = new Map(fixed.map((field) => [formatPath(field.path), field]))
  const fixes = (path: FieldPath) => once.get(formatPath(path))?.mode === 1
  return {
    fixed: [...once.keys()].sort().map((name) => once.get(name) as CompositeField),
    order: order.filter(({ path }) => !fixes(path)),
  }
}

/** Single-field indexes go both ways and end in the name in their own direction. */
function isAutomatic({ fixed, order }: IndexNeed): boolean {
  const [first, second, ...more] = order
  if (first === undefined || isIdPath(first.path)) return first === undefined || first.direction === 1
  return fixed.length === 0 && more.length === 0 && second?.direction === first.direction
}

/** What asks for nothing but names has their own order. */
function isByName({ fixed, order }: IndexNeed): boolean {
  return fixed.length === 0 && withoutId(order).length === 0
}

/** Whether the declared indexes serve a need: one by itself, or several merged that end in the same order. */
export function isServed({ fixed, order }: IndexNeed, declared: readonly CompositeIndex[]): boolean {
  const ending = withoutId(order)
  const usable = declared.flatMap((index) => {
    const head = index.slice(0, index.length - ending.length)
    const tail = index.slice(head.length)
    const fits = head.every((field) => fixed.some((own) => sameFixed(own, field)))
    return fits && sameOrder(tail, ending) ? [head] : []
  })
  if (fixed.length === 0) return usable.some((head) => head.length === 0)
  return fixed.every((own) => usable.some((head) => head.some((field) => sameFixed(own, field))))
}

function sameFixed(own: CompositeField, field: CompositeField): boolean {
  return samePath(own.path, field.path) && (own.mode === "contains") === (field.mode === "contains")
}

function sameOrder(fields: CompositeIndex, order: readonly SortKey[]): boolean {
  return (
    fields.length === order.length &&
    order.every(({ path, direction }, i) => {
      const field = fields[i] as CompositeField
      return samePath(field.path, path) && field.mode === direction
    })
  )
}

/** The name at the end is in every index, in the direction of the key before it. */
function withoutId(order: readonly SortKey[]): readonly SortKey[] {
  const last = order.at(-1)
  const before = order.at(-2)
  const implied = last !== undefined && isIdPath(last.path) && last.direction === (before?.direction ?? 1)
  return implied ? order.slice(0, -1) : order
}

/** The index that serves a need by itself; where nothing is ordered, one for each condition, which are merged. */
export function indexesFor({ fixed, order }: IndexNeed): readonly CompositeIndex[] {
  const ending = withoutId(order).map(({ path, direction }): CompositeField => ({ path, mode: direction }))
  return ending.length === 0 ? fixed.map((field) => [field]) : [[...fixed, ...ending]]
}

/** The declarations that make what needs ask for, in words. An index holds elements only of what is declared an array. */
export function printNeeds(needs: readonly IndexNeed[], collection: FirestoreCollection): string {
  const indexes = needs.flatMap(indexesFor)
  const arrays = indexes
    .flat()
    .filter(({ path, mode }) => mode === "contains" && declaredFacts(collection, path).kind !== "array")
    .map(({ path }) => `${JSON.stringify(formatPath(path))}: "array?"`)
  const fields = arrays.length === 0 ? "" : ` with fields: { ${[...new Set(arrays)].join(", ")} }`
  return [...new Set(indexes.map(printIndex))].join(" and ") + fields
}

/** The indexes that the declared ones make: those of several fields. A single field has its own without being asked, but in a collection group, where it goes both ways. */
export function declaredComposites(collection: FirestoreCollection): readonly CompositeIndex[] {
  return collection.indexes.flatMap(({ keys, text, expireAfterSeconds }) => {
    if (text !== undefined || expireAfterSeconds !== undefined) return []
    const fields = withoutId(keys).map(({ path, direction }): CompositeField => {
      const isArray = declaredFacts(collection, path).kind === "array"
      return { path, mode: isArray ? "contains" : direction }
    })
    if (fields.length > 1) return [fields]
    return collection.group === undefined ? [] : fields.flatMap(bothWays)
  })
}

function bothWays(field: CompositeField): readonly CompositeIndex[] {
  if (field.mode === "contains") return [[field]]
  return [[{ ...field, mode: 1 }], [{ ...field, mode: -1 }]]
}

/** What kind of index it is that must be asked for. */
export function indexWord({ group }: FirestoreCollection): string {
  return group === undefined ? "composite index" : "collection group index"
}

/** The declaration that makes an index, for reasons and errors. */
export function printIndex(index: CompositeIndex): string {
  const keys = index.map(({ path, mode }) => [formatPath(path), mode === "contains" ? 1 : mode] as const)
  return `{ keys: ${printIndexKeys(keys)} }`
}
