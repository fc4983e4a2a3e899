import type { equalityOn } from "@nosql/core/driver"
import { keyOfId } from "./mapped-id.ts"
import { keyValue, type MappedTable } from "./mapped-table.ts"
import type { Attributes } from "./value-codec.ts"

export function valuesOf(node: ReturnType<typeof equalityOn> & {}) {
  return node.kind === "in" ? node.values : [node.value]
}

/** Ids of no document have none. */
export function keysOfIds(ids: readonly unknown[], table: MappedTable): Attributes[] {
  return [...new Set(ids)]
    .map((id) => (typeof id === "string" ? keyOfId(id, table) : undefined))
    .filter((key) => key !== undefined)
}

const mostKeys = 100

/** Undefined where they are too many to ask for. */
export function combinations(
  [partitions = [], sorts]: readonly ReturnType<typeof valuesOf>[],
  { partition, sort }: MappedTable,
): Attributes[] | undefined {
  const keys = new Map<string, Attributes>()
  for (const value of partitions) {
    const head = keyValue(partition, value)
    if (head === undefined) continue
    if (sort === undefined) keys.set(JSON.stringify(head), { [partition.name]: head })
    else
      for (const inner of sorts ?? []) {
        const tail = keyValue(sort, inner)
        if (tail !== undefined)
          keys.set(JSON.stringify([head, tail]), { [partition.name]: head, [sort.name]: tail })
      }
    if (keys.size > mostKeys) return undefined
  }
  return [...keys.values()]
}
