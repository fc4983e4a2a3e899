import type { Value } from "@nosql/contracts"
import { compareForSort, conjuncts, type FilterNode, rangesOn, samePath } from "@nosql/core/driver"
import type { Expression } from "./expression.ts"
import { type KeyAttribute, keyValue } from "./mapped-table.ts"

/** A part of a partition, as a key condition takes it. */
export interface KeyBounds {
  /** At most one condition: a prefix, one bound, or two that are both included. Undefined: the whole partition. */
  readonly condition?: Expression
  /** Nothing lies in the bounds. DynamoDB refuses such a range. */
  readonly empty?: true
  /** What of the filter the condition answers exactly. */
  readonly answered: ReadonlySet<FilterNode>
  /** Whether all that lies in them is behind the position, which else is to be asked of each document. */
  readonly behind: boolean
}

export const unbounded: KeyBounds = { answered: new Set(), behind: false }

/** One end of the part, with the value at it or without. */
interface End {
  readonly value: Value
  readonly open: boolean
}

/** Where a page goes on, in the order of the sort key: behind this value (`open`), or among the documents that have it. */
interface KeyPosition extends End {
  readonly backward: boolean
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys */
const maxSortBytes = 1024

/** What a filter, and the position of a page, say of the sort key. */
export function boundsOf(filter: FilterNode, sort: KeyAttribute, position?: KeyPosition): KeyBounds {
  const path = [sort.name]
  const nodes = conjuncts(filter).filter((node) => "path" in node && samePath(node.path, path))
  const prefix = nodes.find((node) => node.kind === "startsWith" && isBound(node.prefix, sort))
  const ranges = rangesOn(filter, path).filter(({ value }) => isBound(value, sort))
  const alone = prefix !== undefined && ranges.length <= rangesOn(prefix, path).length
  if (prefix?.kind === "startsWith" && alone && position === undefined)
    return {
      condition: { kind: "call", name: "begins_with", path, value: { S: prefix.prefix } },
      answered: new Set([prefix]),
      behind: false,
    }
  const lows = ranges.filter(({ operator }) => operator === "gt" || operator === "gte")
  const highs = ranges.filter(({ operator }) => operator === "lt" || operator === "lte")
  const ends = (found: typeof ranges, open: string, at: boolean): End[] => [
    ...found.map(({ operator, value }) => ({ value, open: operator === open })),
    ...(position !== undefined && at ? [position] : []),
  ]
  const low = furthest(ends(lows, "gt", position?.backward === false), 1)
  const high = furthest(ends(highs, "lt", position?.backward === true), -1)
  if (low === undefined && high === undefined) return unbounded
  if (low !== undefined && high !== undefined && compareForSort(low.value, high.value) > 0)
    return { empty: true, answered: new Set(nodes), behind: true }
  // Between two bounds both are included: what they exclude is found, and left out behind.
  const both = low !== undefined && high !== undefined
  const sent = (end: End | undefined) => end && { ...end, open: end.open && !both }
  const [from, to] = [sent(low), sent(high)]
  return {
    condition: conditionOf(sort, from, to),
    answered: new Set(
      nodes.filter(
        (node) =>
          node.kind === "compare" &&
          isBound(node.value, sort) &&
          (lows.includes(node)
            ? implies(from, { value: node.value, open: node.operator === "gt" }, 1)
            : highs.includes(node) && implies(to, { value: node.value, open: node.operator === "lt" }, -1)),
      ),
    ),
    behind:
      position?.open === true && (position.backward ? implies(to, position, -1) : implies(from, position, 1)),
  }
}

function conditionOf(sort: KeyAttribute, low: End | undefined, high: End | undefined): Expression {
  const path = [sort.name]
  const of = ({ value }: End) => keyValue(sort, value) ?? { NULL: true }
  if (low !== undefined && high !== undefined) return { kind: "between", path, low: of(low), high: of(high) }
  if (low !== undefined) return { kind: "compare", operator: low.open ? ">" : ">=", path, value: of(low) }
  const end = high as End
  return { kind: "compare", operator: end.open ? "<" : "<=", path, value: of(end) }
}

/** The end that leaves the least: the greatest of the lows (1), the least of the highs (-1). */
function furthest(ends: readonly End[], side: 1 | -1): End | undefined {
  let most: End | undefined
  for (const end of ends) {
    const order = most === undefined ? 1 : compareForSort(end.value, most.value) * side
    if (order > 0 || (order === 0 && end.open)) most = end
  }
  return most
}

/** Whether what lies within one end lies within the other. */
function implies(end: End | undefined, other: End, side: 1 | -1): boolean {
  if (end === undefined) return false
  const order = compareForSort(end.value, other.value) * side
  return order > 0 || (order === 0 && (end.open || !other.open))
}

/** Strings and numbers have an order as keys; that of bytes the language does not have. */
export function isBound(value: Value | undefined, sort: KeyAttribute): boolean {
  if (sort.type === "S")
    return typeof value === "string" && value !== "" && Buffer.byteLength(value) <= maxSortBytes
  return sort.type === "N" && (typeof value === "number" || typeof value === "bigint")
}
