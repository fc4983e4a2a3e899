import type { CompareNode, FieldPath, FilterNode, InNode } from "../ast/filter.ts"
import { formatPath, isIdPath, samePath } from "../ast/path.ts"
import type { SortKey } from "../ast/query.ts"
import type { CollectionInfo, IndexInfo } from "./collection-info.ts"
import type { Reach } from "./plan.ts"

/** The conditions that all hold: the arms of a conjunction, or the one node. */
export function conjuncts(filter: FilterNode): readonly FilterNode[] {
  return filter.kind === "and" ? filter.filters : filter.kind === "true" ? [] : [filter]
}

/** The condition that fixes a path to one value or to a few: `$eq` or `$in`. */
export function equalityOn(filter: FilterNode, path: FieldPath): CompareNode | InNode | undefined {
  return conjuncts(filter).find((node): node is CompareNode | InNode => {
    return (
      (node.kind === "in" || (node.kind === "compare" && node.operator === "eq")) && samePath(node.path, path)
    )
  })
}

/** The ranges on a path. */
export function rangesOn(filter: FilterNode, path: FieldPath): readonly CompareNode[] {
  return conjuncts(filter).filter((node): node is CompareNode => {
    return node.kind === "compare" && node.operator !== "eq" && samePath(node.path, path)
  })
}

/**
 * How a filter and a sort reach their documents in a store with ordered indexes: by `_id`, by the declared index with the longest usable prefix, or not at all.
 */
export function planAccess(collection: CollectionInfo, filter: FilterNode, sort: readonly SortKey[]): Reach {
  if (filter.kind === "false") return { access: "key", reasons: ["the filter matches nothing"] }
  if (equalityOn(filter, ["_id"])) return { access: "key", reasons: ["_id is given"] }
  const use = chooseIndex(collection.indexes, filter, sort)
  if (use !== undefined) {
    const { name } = use.index
    return { access: "index", index: name, reasons: [`index "${name}" serves the query`] }
  }
  if (rangesOn(filter, ["_id"]).length > 0) return { access: "key", reasons: ["_id is in a range"] }
  if (filter.kind === "true" && sort.every(({ path }) => isIdPath(path))) {
    return { access: "scan", reasons: ["everything is read"] }
  }
  if (!collection.declared)
    return { access: "unknown", reasons: ["the collection's indexes are not declared"] }
  return { access: "scan", reasons: [scanRemedy(filter, sort)] }
}

/** How an index serves a query. */
export interface IndexUse {
  readonly index: IndexInfo
  /** How many of the first keys are fixed by an equality. */
  readonly prefix: number
  /** The ranges on the key behind the prefix. */
  readonly ranges: readonly CompareNode[]
  /** Set where the index has the sort's order behind the prefix. */
  readonly order: "forward" | "backward" | undefined
}

/** The declared index with the longest usable prefix: an equality counts two, a range behind them or an order one. */
export function chooseIndex(
  indexes: readonly IndexInfo[],
  filter: FilterNode,
  sort: readonly SortKey[],
): IndexUse | undefined {
  let best: IndexUse | undefined
  for (const index of indexes) {
    const use = indexUse(index, filter, sort)
    if (score(use) > (best === undefined ? 0 : score(best))) best = use
  }
  return best
}

function score({ prefix, ranges, order }: IndexUse): number {
  return prefix * 2 + (ranges.length > 0 ? 1 : 0) + (order === undefined ? 0 : 1)
}

function indexUse(index: IndexInfo, filter: FilterNode, sort: readonly SortKey[]): IndexUse {
  // The `_id` that is appended to an index ends its order; it is not what a query is served by.
  const keys = index.keys.filter(({ path }) => !isIdPath(path))
  const open = keys.findIndex(({ path }) => equalityOn(filter, path) === undefined)
  const prefix = open === -1 ? keys.length : open
  const next = keys[prefix]
  const ranges = next === undefined ? [] : rangesOn(filter, next.path)
  return { index, prefix, ranges, order: orderAlong(keys.slice(prefix), sort) }
}

/** Which way an index must be read to have the order of a sort (`_id`, appended to end it, aside). */
function orderAlong(keys: readonly SortKey[], sort: readonly SortKey[]): IndexUse["order"] {
  const wanted = sort.filter(({ path }) => !isIdPath(path))
  if (wanted.length === 0 || wanted.length > keys.length) return undefined
  const forward = keys[0]?.direction === wanted[0]?.direction
  const along = wanted.every((key, i) => {
    const own = keys[i] as SortKey
    return samePath(own.path, key.path) && (own.direction === key.direction) === forward
  })
  if (!along) return undefined
  return forward ? "forward" : "backward"
}

/** Names the index that would serve the query: equalities first, then the sort, then a range. */
function scanRemedy(filter: FilterNode, sort: readonly SortKey[]): string {
  const paths = new Map<string, 1 | -1>()
  const nodes = conjuncts(filter)
  for (const node of nodes) {
    if (node.kind === "in" || (node.kind === "compare" && node.operator === "eq"))
      paths.set(formatPath(node.path), 1)
  }
  for (const { path, direction } of sort) if (!isIdPath(path)) paths.set(formatPath(path), direction)
  for (const node of nodes) {
    if (node.kind === "compare" && !paths.has(formatPath(node.path))) paths.set(formatPath(node.path), 1)
  }
  if (paths.size === 0) return "no index can serve this filter: it has no equality or range that always holds"
  const keys = [...paths].map(([path, direction]) => `${JSON.stringify(path)}: ${direction}`).join(", ")
  return `no declared index serves the query; declare { keys: { ${keys} } }`
}
