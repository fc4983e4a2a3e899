import type { Value } from "@nosql/contracts"
import { distinctValues } from "../values/distinct-values.ts"
import { compare, type FieldPath, type FilterNode, isIn, matchAll, matchNone, or } from "./filter.ts"
import { distinct, equalityOf, flattenGroup, holdsComplements } from "./fold-group.ts"

/** Folds a disjunction of folded filters: equalities on one path become one membership, which an index can serve. */
export function foldOr(filters: readonly FilterNode[]): FilterNode {
  const flat = flattenGroup("or", filters)
  if (flat.length < 2) return flat[0] ?? matchNone
  const kept = distinct(mergeEqualities(flat))
  if (holdsComplements(kept)) return matchAll
  return kept.length === 1 ? (kept[0] as FilterNode) : or(kept)
}

function mergeEqualities(filters: readonly FilterNode[]): readonly FilterNode[] {
  const groups = new Map<string, { readonly path: FieldPath; readonly values: Value[] }>()
  const places: (FilterNode | string)[] = []
  for (const filter of filters) {
    const equality = equalityOf(filter)
    if (equality === undefined) {
      places.push(filter)
      continue
    }
    const key = equality.path.join("\0")
    const group = groups.get(key)
    if (group === undefined) {
      groups.set(key, { path: equality.path, values: [...equality.values] })
      places.push(key)
    } else for (const value of equality.values) group.values.push(value)
  }
  return places.map((place) => {
    const group = typeof place === "string" ? groups.get(place) : undefined
    if (group === undefined) return place as FilterNode
    const values = distinctValues(group.values)
    return values.length === 1 ? compare("eq", group.path, values[0] ?? null) : isIn(group.path, values)
  })
}
