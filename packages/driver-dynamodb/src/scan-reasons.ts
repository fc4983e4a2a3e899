import {
  conjuncts,
  type FieldPath,
  formatPath,
  isIdPath,
  printIndexKeys,
  type Query,
  rangesOn,
  type SortKey,
} from "@nosql/core/driver"
import { chooseIndex } from "./index-use.ts"
import type { TableState } from "./table-state.ts"

/** Why the table is read as a whole, and what mends it. */
export function scanReasons({ filter, sort, consistency, hint }: Query, state: TableState): string[] {
  if (filter.kind === "true" && sort.length === 0) return ["everything is read"]
  const served = chooseIndex(state.indexes, filter, sort)
  if (served !== undefined && consistency === "strong")
    return [`consistency "strong" avoids index "${served.index.name}", which is read eventually`]
  if (served !== undefined && hint !== undefined)
    return [`the hint "${hint}" excludes index "${served.index.name}"`]
  const building = chooseIndex(state.maintained, filter, sort)
  if (building !== undefined && served === undefined)
    return [`index "${building.index.name}" is being built and not yet ready`]
  return [remedyOf({ filter, sort })]
}

/** The index that would serve the query: equalities first, then the sort, then a range. */
function remedyOf({ filter, sort }: Pick<Query, "filter" | "sort">): string {
  const nodes = conjuncts(filter)
  const equal = nodes.flatMap((node) =>
    node.kind === "in" || (node.kind === "compare" && node.operator === "eq") ? [node.path] : [],
  )
  const keys = new Map<string, 1 | -1>()
  const add = (path: FieldPath, direction: SortKey["direction"]) => {
    if (!isIdPath(path) && !keys.has(formatPath(path))) keys.set(formatPath(path), direction)
  }
  for (const path of equal) add(path, 1)
  for (const { path, direction } of sort) add(path, direction)
  for (const node of nodes) {
    if ("path" in node && rangesOn(node, node.path).length > 0) add(node.path, 1)
  }
  if (keys.size === 0)
    return "no index can serve this query: DynamoDB's indexes need an equality, a range, a prefix or an order on a field other than _id"
  const spread = equal.length === 0 ? ", hash: [], shards: 8" : ""
  const price = equal.length === 0 ? " (without an equality it is spread over shards, a Query each)" : ""
  return `no ready index serves the query; declare { keys: ${printIndexKeys([...keys])}${spread} }${price}`
}
