import {
  conjuncts,
  equalityOn,
  type FilterNode,
  isIdPath,
  kindOf,
  type SortKey,
  type ValueKind,
} from "@nosql/core/driver"
import { conditionsOf } from "./dnf.ts"
import type { FirestoreCollection } from "./firestore-collection.ts"
import { inequalityPaths, isInequality } from "./native-limits.ts"
import { selectFilters, servedOrder } from "./select-filters.ts"

const orderable: ReadonlySet<ValueKind> = new Set(["number", "string", "date"])

/**
 * The order of pages without a sort: Firestore orders by the field of a range before all else, so that pages by `_id` would read everything in the range
 * for each. Without a range it is by `_id`.
 */
export function pageOrder(collection: FirestoreCollection, filter: FilterNode): readonly SortKey[] {
  const byId: readonly SortKey[] = [{ path: ["_id"], direction: 1 }]
  if (filter.kind === "false" || equalityOn(filter, ["_id"]) !== undefined) return byId
  const { queries } = selectFilters(conjuncts(filter), collection)
  const [only = []] = queries
  const [path, ...more] = inequalityPaths(only)
  if (queries.length !== 1 || path === undefined || more.length > 0 || isIdPath(path)) return byId
  const bounds = conditionsOf(only).filter(isInequality)
  const isRange = bounds.every(({ operator, value }) => {
    return operator !== "!=" && operator !== "not-in" && orderable.has(kindOf(value))
  })
  if (!isRange) return byId
  const [first = { path, direction: 1 }] = servedOrder(only, collection) ?? []
  return [first]
}
