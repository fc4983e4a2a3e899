import { and, compare, elemMatch, type FilterNode, matchAll, matchNone, not, or } from "./filter.ts"

/**
 * Simplifies a filter without changing its meaning: constants, nested groups, double negation, `$in` of none and of one.
 * Drivers see folded filters only, so no store ever meets an empty group.
 */
export function fold(node: FilterNode): FilterNode {
  switch (node.kind) {
    case "and":
      return foldGroup("and", node.filters)
    case "or":
      return foldGroup("or", node.filters)
    case "not":
      return foldNot(fold(node.filter))
    case "in":
      if (node.values.length === 0) return matchNone
      return node.values.length === 1 ? compare("eq", node.path, node.values[0] ?? null) : node
    case "contains":
      return node.values.length === 0 ? matchNone : node
    case "elemMatch": {
      const filter = fold(node.filter)
      return filter.kind === "false" ? matchNone : elemMatch(node.path, { of: node.of, filter })
    }
    default:
      return node
  }
}

/** `neutral` vanishes from a group, `absorbing` decides it: the empty conjunction is true, the empty disjunction false. */
function foldGroup(kind: "and" | "or", filters: readonly FilterNode[]): FilterNode {
  const neutral = kind === "and" ? "true" : "false"
  const absorbing = kind === "and" ? "false" : "true"
  const kept: FilterNode[] = []
  for (const filter of filters.map(fold)) {
    if (filter.kind === absorbing) return filter
    if (filter.kind === neutral) continue
    if (filter.kind === kind) kept.push(...filter.filters)
    else kept.push(filter)
  }
  if (kept.length === 0) return kind === "and" ? matchAll : matchNone
  if (kept.length === 1) return kept[0] as FilterNode
  return kind === "and" ? and(kept) : or(kept)
}

function foldNot(filter: FilterNode): FilterNode {
  if (filter.kind === "true") return matchNone
  if (filter.kind === "false") return matchAll
  return filter.kind === "not" ? filter.filter : not(filter)
}
