import type { CompareNode, FieldPath, FilterNode } from "../ast/filter.ts"
import { isIdPath, samePath } from "../ast/path.ts"
import type { SortKey } from "../ast/query.ts"
import type { IndexInfo } from "./collection-info.ts"
import { containsOn, equalityOn, impliesPresence, rangesOn } from "./conditions-on.ts"

/** What the indexes of a store can do beyond equalities, ranges and order. */
export interface IndexPowers {
  /** They hold the elements of arrays, so that they serve `$contains`. @default false */
  readonly elements?: boolean
  /** Each alternative of an `$or` may go by an index of its own. @default false */
  readonly unions?: boolean
  /** Their unique indexes hold only documents that have all keys, and so serve only filters that say of each that it is there. @default false */
  readonly partialUnique?: boolean
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
  powers: IndexPowers = {},
): IndexUse | undefined {
  let best: IndexUse | undefined
  for (const index of indexes) {
    if (powers.partialUnique && index.unique && !hasAllKeys(filter, index)) continue
    const use = indexUse(index, filter, sort, powers)
    if (score(use) > (best === undefined ? 0 : score(best))) best = use
  }
  return best
}

function hasAllKeys(filter: FilterNode, { keys }: IndexInfo): boolean {
  return keys.every(({ path }) => impliesPresence(filter, path))
}

function score({ prefix, ranges, order }: IndexUse): number {
  return prefix * 2 + (ranges.length > 0 ? 1 : 0) + (order === undefined ? 0 : 1)
}

function indexUse(
  index: IndexInfo,
  filter: FilterNode,
  sort: readonly SortKey[],
  { elements = false }: IndexPowers,
): IndexUse {
  const fixes = (path: FieldPath) =>
    equalityOn(filter, path) !== undefined || (elements && containsOn(filter, path) !== undefined)
  // The `_id` that is appended to an index ends its order; it is not what a query is served by.
  const keys = index.keys.filter(({ path }) => !isIdPath(path))
  const open = keys.findIndex(({ path }) => !fixes(path))
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
