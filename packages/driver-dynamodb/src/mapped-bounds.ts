import {
  type CompareNode,
  conjuncts,
  type FilterNode,
  type StartsWithNode,
  samePath,
} from "@nosql/core/driver"
import type { Expression } from "./expression.ts"
import { type KeyAttribute, keyValue } from "./mapped-table.ts"

type Bound = CompareNode | StartsWithNode

/** What a filter says of the sort key, as a key condition takes it. At most one condition: a prefix, one bound, or two that are both included. */
export function boundsOf(
  filter: FilterNode,
  sort: KeyAttribute,
): { readonly condition?: Expression; readonly nodes: ReadonlySet<FilterNode> } {
  const path = [sort.name]
  const all = conjuncts(filter).filter((node): node is Bound => isBound(node, sort))
  const [prefix] = all.filter((node) => node.kind === "startsWith")
  if (prefix?.kind === "startsWith")
    return {
      condition: { kind: "call", name: "begins_with", path, value: { S: prefix.prefix } },
      nodes: new Set([prefix]),
    }
  const [low] = all.filter((node) => node.kind === "compare" && node.operator === "gte")
  const [high] = all.filter((node) => node.kind === "compare" && node.operator === "lte")
  const [from, to] = [low, high].map((node) =>
    node?.kind === "compare" ? keyValue(sort, node.value) : undefined,
  )
  if (low !== undefined && high !== undefined && from !== undefined && to !== undefined && isBelow(low, high))
    return { condition: { kind: "between", path, low: from, high: to }, nodes: new Set([low, high]) }
  const [node] = all
  const value = node?.kind === "compare" ? keyValue(sort, node.value) : undefined
  if (node?.kind !== "compare" || node.operator === "eq" || value === undefined) return { nodes: new Set() }
  return {
    condition: { kind: "compare", operator: operators[node.operator], path, value },
    nodes: new Set([node]),
  }
}

const operators = { gt: ">", gte: ">=", lt: "<", lte: "<=" } as const
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys */
const maxSortBytes = 1024

function isBound(node: FilterNode, sort: KeyAttribute): boolean {
  if (!("path" in node) || !samePath(node.path, [sort.name])) return false
  if (node.kind === "startsWith")
    return sort.type === "S" && node.prefix !== "" && Buffer.byteLength(node.prefix) <= maxSortBytes
  if (node.kind !== "compare" || node.operator === "eq") return false
  const value = keyValue(sort, node.value)
  return value !== undefined && Buffer.byteLength(value.S ?? "") <= maxSortBytes
}

/** DynamoDB refuses a BETWEEN whose ends are the wrong way round. */
function isBelow(low: Bound, high: Bound): boolean {
  if (low.kind !== "compare" || high.kind !== "compare") return false
  const [a, b] = [low.value, high.value]
  if (typeof a === "string" && typeof b === "string")
    return Buffer.compare(Buffer.from(a), Buffer.from(b)) <= 0
  return (a as number | bigint) <= (b as number | bigint)
}
