import type { IdKind } from "@nosql/contracts"
import { and, type CompareNode, compare, type FilterNode, isIn, matchNone, not, or } from "../ast/filter.ts"
import { isIdPath } from "../ast/path.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { storedId } from "./document-id.ts"

/**
 * Brings the ids in a filter to the form in which they are stored: `objectId` and `uuid` are lowercase everywhere.
 * An id that has not the collection's format is no document's; in a range it has no place in the order, and is refused.
 */
export function normalizeIdFilter(node: FilterNode, ids: IdKind, context: CallContext): FilterNode {
  if (ids !== "objectId" && ids !== "uuid") return node
  switch (node.kind) {
    case "and":
      return and(node.filters.map((filter) => normalizeIdFilter(filter, ids, context)))
    case "or":
      return or(node.filters.map((filter) => normalizeIdFilter(filter, ids, context)))
    case "not":
      return not(normalizeIdFilter(node.filter, ids, context))
    case "compare":
      return isIdPath(node.path) ? normalizeComparison(node, ids, context) : node
    case "in":
      return isIdPath(node.path)
        ? isIn(
            node.path,
            node.values.flatMap((id) => storedId(id as string, ids) ?? []),
          )
        : node
    default:
      return node
  }
}

function normalizeComparison(node: CompareNode, ids: IdKind, context: CallContext): FilterNode {
  const id = storedId(node.value as string, ids)
  if (id !== undefined) return compare(node.operator, node.path, id)
  if (node.operator === "eq") return matchNone
  throw argumentError(context, "_id", "a range of ids takes ids of the format that the collection declares")
}
