import { type CollectionInfo, conjuncts, declarationAt, type FilterNode, samePath } from "@nosql/core/driver"
import type { KeyAttribute } from "./mapped-table.ts"

/** Whether every document that a filter finds has a field, and not null: else an index by it holds not all of them. */
export function isThere(filter: FilterNode, { name }: KeyAttribute, collection: CollectionInfo): boolean {
  const declared = declarationAt(collection, name)
  if (declared !== undefined && !declared.optional && !declared.nullable) return true
  return conjuncts(filter).some((node) => requires(node, [name]))
}

function requires(node: FilterNode, path: readonly string[]): boolean {
  if (node.kind === "or") return node.filters.length > 0 && node.filters.every((arm) => requires(arm, path))
  if (node.kind === "and") return node.filters.some((arm) => requires(arm, path))
  if (node.kind === "not") return isNull(node.filter, path)
  if (!("path" in node) || !samePath(node.path, path)) return false
  switch (node.kind) {
    case "compare":
      return node.value !== null
    case "in":
      return !node.values.includes(null)
    case "type":
      return node.type !== "null"
    // A key of an index is never null: DynamoDB refuses such an item.
    case "exists":
    case "startsWith":
    case "regex":
    case "mod":
      return true
    default:
      return false
  }
}

/** What null finds is missing, too. */
function isNull(node: FilterNode, path: readonly string[]): boolean {
  if (node.kind === "or") return node.filters.some((arm) => isNull(arm, path))
  if (!("path" in node) || !samePath(node.path, path)) return false
  return (
    (node.kind === "compare" && node.operator === "eq" && node.value === null) ||
    (node.kind === "in" && node.values.includes(null))
  )
}
