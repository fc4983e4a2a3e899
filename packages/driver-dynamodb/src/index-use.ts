import type { Value } from "@nosql/contracts"
import {
  type CompareNode,
  conjuncts,
  equalityOn,
  type FieldPath,
  type FilterNode,
  type IndexInfo,
  isIdPath,
  kindOf,
  rangesOn,
  type SortKey,
  type StartsWithNode,
  samePath,
} from "@nosql/core/driver"
import { type IndexLayout, indexLayout } from "./index-layout.ts"

/** How an index serves a query. */
export interface IndexUse {
  readonly index: IndexInfo
  readonly layout: IndexLayout
  /** The fixed paths: those of the hash, then those of the first keys behind it. */
  readonly fixed: readonly FieldPath[]
  /** The values at them, once for each partition or part of one. */
  readonly combinations: readonly (readonly Value[])[]
  /** The keys behind those that are fixed. */
  readonly open: readonly SortKey[]
  /** The ranges on the first of them. */
  readonly ranges: readonly (CompareNode | StartsWithNode)[]
  /** Which way the index is read to have the sort's order; undefined where it has not. */
  readonly order: "forward" | "backward" | undefined
  /** The conditions that the keys fulfil exactly, so that no filter has to. */
  readonly answered: ReadonlySet<FilterNode>
}

/** More requests than this are not made for one query. */
const maxQueries = 100

/** The index that fixes the most: an equality counts two, a range behind them or an order one. */
export function chooseIndex(
  indexes: readonly IndexInfo[],
  filter: FilterNode,
  sort: readonly SortKey[],
): IndexUse | undefined {
  let best: IndexUse | undefined
  let most = 0
  for (const index of indexes) {
    const use = useIndex(index, filter, sort)
    const worth = use === undefined ? 0 : worthOf(use, sort)
    if (worth <= most) continue
    best = use
    most = worth
  }
  return best
}

/** Shards cost a request each. */
function worthOf({ fixed, ranges, order, layout }: IndexUse, sort: readonly SortKey[]): number {
  const ordered = sort.length > 0 && order !== undefined
  const worth = fixed.length * 2 + (ranges.length > 0 ? 1 : 0) + (ordered ? 1 : 0)
  return layout.hash.length === 0 && worth > 0 ? worth - 0.5 : worth
}

/** Undefined where the filter does not say in which partitions to look. */
function useIndex(index: IndexInfo, filter: FilterNode, sort: readonly SortKey[]): IndexUse | undefined {
  const layout = indexLayout(index)
  const answered = new Set<FilterNode>()
  let combinations: Value[][] = [[]]
  const fix = (path: FieldPath): boolean => {
    const node = equalityOn(filter, path)
    if (node === undefined) return false
    const values = node.kind === "in" ? node.values : [node.value]
    if (combinations.length * values.length * layout.shards > maxQueries) return false
    combinations = combinations.flatMap((head) => distinctInIndex(values).map((value) => [...head, value]))
    if (values.every(isKey)) answered.add(node)
    return true
  }
  if (!layout.hash.every(fix)) return undefined
  const behind = layout.range.findIndex(({ path }) => !fix(path))
  const open = behind === -1 ? [] : layout.range.slice(behind)
  const fixed = [
    ...layout.hash,
    ...layout.range.slice(0, layout.range.length - open.length).map(({ path }) => path),
  ]
  const ranges = open[0] === undefined ? [] : rangesAt(open[0].path, filter, answered)
  return { index, layout, fixed, combinations, open, ranges, order: orderAlong(open, fixed, sort), answered }
}

/** Values that are no sort keys have one place in the index each kind: then more is found there. */
function isKey(value: Value): boolean {
  const kind = kindOf(value)
  return kind === "null" || kind === "number" || kind === "string" || kind === "boolean" || kind === "date"
}

/** Two values in one place would be read twice. */
function distinctInIndex(values: readonly Value[]): readonly Value[] {
  const kinds = new Set<string>()
  return values.filter((value) => {
    if (isKey(value)) return true
    const kind = kindOf(value)
    return !kinds.has(kind) && kinds.add(kind)
  })
}

function rangesAt(
  path: FieldPath,
  filter: FilterNode,
  answered: Set<FilterNode>,
): (CompareNode | StartsWithNode)[] {
  return conjuncts(filter).flatMap((node): readonly (CompareNode | StartsWithNode)[] => {
    if (!("path" in node) || !samePath(node.path, path)) return []
    if (node.kind === "startsWith" || (node.kind === "compare" && node.operator !== "eq")) {
      answered.add(node)
      return [node]
    }
    return node.kind === "regex" ? rangesOn(node, path) : []
  })
}

/** What is fixed has no order of its own; behind `_id` there are no ties. */
function orderAlong(
  open: readonly SortKey[],
  fixed: readonly FieldPath[],
  sort: readonly SortKey[],
): IndexUse["order"] {
  const wanted = sort.filter(({ path }) => !fixed.some((other) => samePath(other, path)))
  const end = wanted.findIndex(({ path }) => isIdPath(path))
  const keys = end === -1 ? wanted : wanted.slice(0, end + 1)
  const forward = open[0]?.direction === keys[0]?.direction
  const along = keys.every((key, i) => {
    const own = open[i]
    return own !== undefined && samePath(own.path, key.path) && (own.direction === key.direction) === forward
  })
  if (!along) return undefined
  return keys.length === 0 || forward ? "forward" : "backward"
}
