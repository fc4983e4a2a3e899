import { assertNever } from "@nosql/contracts"
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
    case "regex":
    case "startsWith":
    case "mod":
    case "contains":
    case "size":
      return `${node.kind}(${formatPath(node.path)})`
    case "type":
      return `type:${node.type}(${formatPath(node.path)})`
    case "elemMatch":
      return `elemMatch(${formatPath(node.path)},${filterShape(node.filter)})`
    case "and":
    case "or":
      return `${node.kind}(${node.filters.map(filterShape).join(",")})`
    case "not":
      return `not(${filterShape(node.filter)})`
    case "text":
    case "true":
    case "false":
      return node.kind
    default:
      return assertNever(node)
  }
}
