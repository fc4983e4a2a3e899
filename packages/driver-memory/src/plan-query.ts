import type { Value } from "@nosql/contracts"
import {
  type CollectionInfo,
  type CompareNode,
  chooseIndex,
  equalityOn,
  type FilterNode,
  type FindPlan,
  type IndexUse,
  isIdPath,
  kindOf,
  planAccess,
  type Query,
} from "@nosql/core/driver"

/** How the documents of a read are reached. */
export type MemoryAccess =
  | { readonly kind: "ids"; readonly ids: readonly string[] } // by _id
  | { readonly kind: "hash"; readonly index: string; readonly values: readonly Value[] } // all keys of a unique index
  | {
      readonly kind: "range" // a walk along a sorted index, once for each prefix
      readonly index: string
      readonly prefixes: readonly (readonly Value[])[]
      readonly ranges: readonly CompareNode[]
      readonly backward: boolean
    }
  | { readonly kind: "scan" } // everything

export interface MemoryRead {
  readonly reach: MemoryAccess
  readonly query: Query
  /** The walk has the sort's order already. */
  readonly ordered: boolean
}

/** More combinations of `$in` values than this are not looked up one by one. */
const maxPrefixes = 1000

export function planQuery(collection: CollectionInfo, query: Query): FindPlan<MemoryRead> {
  const { filter, sort } = query
  const reach = planAccess(collection, filter, sort)
  const use = reach.access === "index" ? chooseIndex(collection.indexes, filter, sort) : undefined
  const access = use === undefined ? idAccess(filter) : indexAccess(use, filter)
  const ordered = use?.order !== undefined && access.kind === "range" && access.prefixes.length === 1
  // `_id` may end a sort that the index has: then its ties are still to be put in order.
  const tied = sort.some(({ path }) => isIdPath(path))
  return { ...reach, native: { reach: access, query, ordered: ordered && !tied }, remaining: {} }
}

function idAccess(filter: FilterNode): MemoryAccess {
  const node = equalityOn(filter, ["_id"])
  if (node === undefined) return { kind: "scan" }
  const values = node.kind === "in" ? node.values : [node.value]
  return { kind: "ids", ids: [...new Set(values.filter((value) => typeof value === "string"))] }
}

function indexAccess({ index, prefix, ranges, order }: IndexUse, filter: FilterNode): MemoryAccess {
  const equalities = index.keys.slice(0, prefix).map(({ path }) => {
    const node = equalityOn(filter, path)
    return node?.kind === "in" ? node.values : [node?.value ?? null]
  })
  const prefixes = combinations(equalities)
  const [values] = prefixes
  if (index.unique && prefix === index.keys.length && prefixes.length === 1 && values?.every(isHashable)) {
    return { kind: "hash", index: index.name, values }
  }
  const whole = prefixes.length <= maxPrefixes
  return {
    kind: "range",
    index: index.name,
    prefixes: whole ? prefixes : [[]],
    ranges: whole ? ranges : [],
    backward: order === "backward",
  }
}

/** Null also means missing, and what lacks a key is not in a unique index. */
function isHashable(value: Value): boolean {
  const kind = kindOf(value)
  return kind !== "null" && kind !== "array" && kind !== "object"
}

function combinations(lists: readonly (readonly Value[])[]): Value[][] {
  let all: Value[][] = [[]]
  for (const list of lists) {
    if (all.length * list.length > maxPrefixes) return Array.from({ length: maxPrefixes + 1 }, () => [])
    all = all.flatMap((head) => list.map((value) => [...head, value]))
  }
  return all
}
