import { assertNever } from "@nosql/contracts"
import type { FilterNode } from "../ast/filter.ts"
import type { Query } from "../ast/query.ts"
import type { UpdateNode } from "../ast/update.ts"
import type { Feature } from "./capabilities.ts"
import type { IndexInfo } from "./collection-info.ts"
import type { WriteRequest } from "./plan.ts"

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
  const needed: Feature[] = []
  for (const node of update) {
    needed.push(`update.${node.kind}`)
    if (node.kind === "pull") needed.push(...featuresOfFilter(node.filter))
  }
  return needed
}

/** The features that a write needs beside those of its filter. */
export function featuresOfWrite(request: WriteRequest, { upsert }: { readonly upsert: boolean }): Feature[] {
  const needed = featuresOfKind(request)
  if (request.sort !== undefined) needed.push("sort")
  if (request.returning !== undefined) needed.push("findOneAnd")
  if (upsert) needed.push("upsert")
  return needed
}

function featuresOfKind(request: WriteRequest): Feature[] {
  switch (request.kind) {
    case "update":
      return request.many
        ? [...featuresOfUpdate(request.update), "updateMany"]
        : featuresOfUpdate(request.update)
    case "replace":
      return ["replaceOne"]
    case "delete":
      return request.many ? ["deleteMany"] : []
    default:
      return assertNever(request)
  }
}

/** The features that an index needs. */
export function featuresOfIndex({ unique, text }: IndexInfo): Feature[] {
  return ["index", ...(unique ? (["index.unique"] as const) : []), ...(text ? (["index.text"] as const) : [])]
}
