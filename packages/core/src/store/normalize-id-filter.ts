import type { IdKind } from "@nosql/contracts"
import { and, compare, type FilterNode, isIn, not, or } from "../ast/filter.ts"
import { isIdPath } from "../ast/path.ts"

/** Brings the ids in a filter to the form in which they are stored: `objectId` and `uuid` are lowercase everywhere. */
export function normalizeIdFilter(node: FilterNode, ids: IdKind): FilterNode {
  if (ids !== "objectId" && ids !== "uuid") return node
  switch (node.kind) {
    case "and":
      return and(node.filters.map((filter) => normalizeIdFilter(filter, ids)))
    case "or":
      return or(node.filters.map((filter) => normalizeIdFilter(filter, ids)))
    case "not":
      return not(normalizeIdFilter(node.filter, ids))
    case "compare":
      return isIdPath(node.path) ? compare(node.operator, node.path, String(node.value).toLowerCase()) : node
    case "in":
      return isIdPath(node.path)
        ? isIn(
            node.path,
            node.values.map((id) => String(id).toLowerCase()),
          )
        : node
    default:
      return node
  }
}
