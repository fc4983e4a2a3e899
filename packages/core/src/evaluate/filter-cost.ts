import type { FilterNode } from "../ast/filter.ts"

/** The arms of a group by what they cost: tests have no effects, so that their order is free and most documents are settled by a cheap one. */
export function cheapestFirst(filters: readonly FilterNode[]): readonly FilterNode[] {
  return [...filters].sort((a, b) => cost(a) - cost(b))
}

/** A rough measure; a look at one field is 1. */
function cost(node: FilterNode): number {
  switch (node.kind) {
    case "true":
    case "false":
    case "text":
      return 0
    case "regex":
      return 8
    case "contains":
      return 6
    case "elemMatch":
      return 6 + 4 * cost(node.filter)
    case "and":
    case "or":
      return node.filters.reduce((sum, filter) => sum + cost(filter), 1)
    case "not":
      return 1 + cost(node.filter)
    default:
      return node.path.length
  }
}
