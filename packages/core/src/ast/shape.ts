import type { FilterNode } from "./filter.ts"
import { formatPath } from "./path.ts"
import type { SortKey } from "./query.ts"

/** A query without its values: what two queries share that differ in their operands only. */
export function encodeShape(filter: FilterNode, sort: readonly SortKey[]): string {
  return `${filterShape(filter)} ${sort.map(({ path, direction }) => `${formatPath(path)}:${direction}`).join(",")}`
}

function filterShape(node: FilterNode): string {
  switch (node.kind) {
    case "compare":
      return `${node.operator}(${formatPath(node.path)})`
    case "in":
    case "exists":
      return `${node.kind}(${formatPath(node.path)})`
    case "and":
    case "or":
      return `${node.kind}(${node.filters.map(filterShape).join(",")})`
    case "not":
      return `not(${filterShape(node.filter)})`
    default:
      return node.kind
  }
}
