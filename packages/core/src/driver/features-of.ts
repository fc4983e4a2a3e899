import { assertNever } from "@nosql/contracts"
import type { FilterNode } from "../ast/filter.ts"
import type { Query } from "../ast/query.ts"
import type { UpdateNode } from "../ast/update.ts"
import type { Feature } from "./capabilities.ts"
import type { IndexInfo } from "./collection-info.ts"
import type { WriteRequest } from "./plan.ts"

/** Names that are written out are looked up faster than names that are put together. */
const filterFeatures = {
  compare: "filter.compare",
  in: "filter.in",
  exists: "filter.exists",
  type: "filter.type",
  regex: "filter.regex",
  startsWith: "filter.startsWith",
  mod: "filter.mod",
  contains: "filter.contains",
  size: "filter.size",
  text: "filter.text",
  elemMatch: "filter.elemMatch",
  and: "filter.and",
  or: "filter.or",
  not: "filter.not",
} as const satisfies Record<Exclude<FilterNode["kind"], "true" | "false">, Feature>

const updateFeatures = {
  set: "update.set",
  unset: "update.unset",
  inc: "update.inc",
  mul: "update.mul",
  min: "update.min",
  max: "update.max",
  rename: "update.rename",
  currentDate: "update.currentDate",
  setOnInsert: "update.setOnInsert",
  push: "update.push",
  addToSet: "update.addToSet",
  pull: "update.pull",
  pop: "update.pop",
} as const satisfies Record<UpdateNode["kind"], Feature>

/** The features that a filter needs. */
export function featuresOfFilter(node: FilterNode): Feature[] {
  switch (node.kind) {
    case "true":
    case "false":
      return []
    case "elemMatch":
    case "not":
      return [filterFeatures[node.kind], ...featuresOfFilter(node.filter)]
    case "and":
    case "or":
      return [filterFeatures[node.kind], ...node.filters.flatMap(featuresOfFilter)]
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
      return [filterFeatures[node.kind]]
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

function featuresOfUpdate(update: readonly UpdateNode[]): Feature[] {
  const needed: Feature[] = []
  for (const node of update) {
    needed.push(updateFeatures[node.kind])
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
