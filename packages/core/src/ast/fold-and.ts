import { and, type FilterNode, matchAll, matchNone } from "./filter.ts"
import { distinct, flattenGroup, holdsComplements } from "./fold-group.ts"
import { foldTests } from "./fold-tests.ts"
import { subjectOf } from "./subject.ts"

/** Folds a conjunction of folded filters: what is said of one path is settled together. */
export function foldAnd(filters: readonly FilterNode[]): FilterNode {
  const flat = flattenGroup("and", filters)
  if (flat.length < 2) return flat[0] ?? matchAll
  const tests = new Map<string, FilterNode[]>()
  const others: FilterNode[] = []
  for (const filter of flat) {
    const key = subjectOf(filter)?.join("\0")
    const known = key === undefined ? others : tests.get(key)
    if (known === undefined && key !== undefined) tests.set(key, [filter])
    else known?.push(filter)
  }
  const kept = flattenGroup("and", [...[...tests.values()].map(foldTests), ...distinct(others)])
  if (holdsComplements(others)) return matchNone
  return kept.length < 2 ? (kept[0] ?? matchAll) : and(kept)
}
