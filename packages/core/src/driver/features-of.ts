import { assertNever } from "@nosql/contracts"
import type { FilterNode } from "../ast/filter.ts"
import type { Query } from "../ast/query.ts"
import type { UpdateNode } from "../ast/update.ts"
import type { Feature } from "./capabilities.ts"

/** The features that a filter needs. */
export function featuresOfFilter(node: FilterNode): Feature[] {
  switch (node.kind) {
    case "true":
    case "false":
      return []
    case "compare":
    case "in":
    case "exists":
    case "type":
    case "regex":
    case "startsWith":
    case "mod":
    case "contains":
    case "size":
    case "text":
      return [`filter.${node.kind}`]
    case "elemMatch":
      return ["filter.elemMatch", ...featuresOfFilter(node.filter)]
    case "and":
    case "or":
      return [`filter.${node.kind}`, ...node.filters.flatMap(featuresOfFilter)]
    case "not":
      return ["filter.not", ...featuresOfFilter(node.filter)]
    default:
      return assertNever(node)
  }
}

export function featuresOfQuery(query: Query): Feature[] {
  const needed = featuresOfFilter(query.filter)
  if (query.sort.length > 0) needed.push("sort")
  if (query.skip > 0) needed.push("skip")
  if (query.limit !== undefined) needed.push("limit")
  if (query.projection !== undefined) needed.push("projection")
  if (query.consistency === "strong") needed.push("consistency.strong")
  return needed
}

export function featuresOfUpdate(update: readonly UpdateNode[]): Feature[] {
  return update.flatMap((node): Feature[] => {
    return [`update.${node.kind}`, ...(node.kind === "pull" ? featuresOfFilter(node.filter) : [])]
  })
}
