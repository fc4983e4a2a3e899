import type { Value } from "@nosql/contracts"
import { equalValues, type FieldPath, formatPath, isIdPath, type SortKey, samePath } from "@nosql/core/driver"
import { declaredComposites, indexNeeds, isServed, printNeeds } from "./composite-index.ts"
import { alternativesOf, conditionsOf } from "./dnf.ts"
import type { FirestoreCollection } from "./firestore-collection.ts"
import { inequalityPaths, isThere } from "./native-limits.ts"
import type { NativeFilter, Where } from "./native-query.ts"
import { pathProblem } from "./path-problem.ts"

/** The order that every query of a read is sent with. */
interface PushedOrder {
  readonly orderBy: readonly SortKey[]
  /** The position behind which the answers begin, as far as `orderBy` goes. */
  readonly startAfter?: readonly Value[]
}

/** A sort as Firestore can do it, or why it cannot: its order leaves out documents that lack a key. */
export function planOrder(
  sort: readonly SortKey[],
  after: readonly Value[] | undefined,
  queries: readonly (readonly NativeFilter[])[],
  collection: FirestoreCollection,
): PushedOrder | string {
  const keys = sort
    .map((key, i) => ({ key, value: after?.[i] ?? null }))
    .filter(({ key }) => !isConstant(key.path, queries))
  const ending = keys.findIndex(({ key }) => isIdPath(key.path))
  const open = ending === -1 ? keys : keys.slice(0, ending + 1)
  const orderBy = open.map(({ key }) => key)
  if (after !== undefined && orderBy.length === 0)
    return "the sort is done in this process: its keys have one value in all documents found"
  const why = queries
    .map((filters) => orderProblem(orderBy, filters, collection))
    .find((text) => text !== undefined)
  if (why !== undefined) return why
  return after === undefined ? { orderBy } : { orderBy, startAfter: open.map(({ value }) => value) }
}

/** Whether every document found has the same value at the path. */
function isConstant(path: FieldPath, queries: readonly (readonly NativeFilter[])[]): boolean {
  const fixed = queries.map((filters) =>
    filters.find((filter): filter is Where => {
      return filter.kind === "where" && filter.operator === "==" && samePath(filter.path, path)
    }),
  )
  const [first] = fixed
  return first !== undefined && fixed.every((own) => own !== undefined && equalValues(own.value, first.value))
}

function orderProblem(
  orderBy: readonly SortKey[],
  filters: readonly NativeFilter[],
  collection: FirestoreCollection,
): string | undefined {
  if (orderBy.length === 0) return undefined
  if (collection.below !== undefined && !orderBy.every(({ path }) => isIdPath(path)))
    return "the sort is done in this process: below a prefix, a collection group goes along its names"
  const impossible = orderBy
    .map(({ path }) => pathProblem(path, collection))
    .find((text) => text !== undefined)
  if (impossible !== undefined) return `the sort is done in this process: ${impossible}`
  const alternatives = alternativesOf(filters)
  const index = missingIndex(orderBy, filters, collection)
  const lacking = orderBy.find(({ path }) => !isThere(path, alternatives, collection))
  if (lacking !== undefined) {
    const name = formatPath(lacking.path)
    const also = index === undefined ? "" : `, and declare ${index}`
    return `the sort is done in this process: Firestore's order leaves out what lacks "${name}"; declare it in \`fields\` without ?${also}`
  }
  const fixed = orderBy.find(({ path }) =>
    conditionsOf(filters).some(
      (own) => samePath(own.path, path) && (own.operator === "==" || own.operator === "in"),
    ),
  )
  if (fixed !== undefined)
    return `the sort is done in this process: Firestore does not order by "${formatPath(fixed.path)}" beside an equality of it`
  const [first] = orderBy
  const named = orderBy.some(({ path }) => isIdPath(path))
  if (first !== undefined && isIdPath(first.path) && first.direction === -1)
    return "the sort is done in this process: Firestore has no descending order of ids"
  const ranges = inequalityPaths(filters).filter((path) => !orderBy.some((key) => samePath(key.path, path)))
  if (named && ranges.length > 0)
    return `the sort is done in this process: Firestore orders by "${ranges.map(formatPath).join('" and "')}" before ids, because of the range`
  return index === undefined ? undefined : `the sort is done in this process: declare ${index}`
}

/** The indexes that a sort needs and no declaration makes; none where the indexes are not known. */
function missingIndex(
  orderBy: readonly SortKey[],
  filters: readonly NativeFilter[],
  collection: FirestoreCollection,
): string | undefined {
  if (!collection.declared) return undefined
  const declared = declaredComposites(collection)
  const needs = indexNeeds({ where: filters, orderBy }, collection)
  const open = needs.filter((need) => !isServed(need, declared))
  return open.length === 0 ? undefined : printNeeds(open, collection)
}
