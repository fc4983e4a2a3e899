import type { Document, Value } from "@nosql/contracts"
import { compareForSort, getPath, hashValue, type IndexInfo } from "@nosql/core/driver"

/** The values of an index's keys in a document; undefined where one is missing. */
export function indexValues(document: Document, index: IndexInfo): (Value | undefined)[] {
  return index.keys.map(({ path }) => getPath(document, path))
}

/** Text that is equal exactly where the values are. */
export function hashValues(values: readonly Value[]): string {
  return hashValue(values)
}

/** A place in a sorted index: key values, then the id. A shorter key stands for all that begin with it. */
export interface SortedKey {
  readonly values: readonly (Value | undefined)[]
  readonly id?: string
  /** Where a shorter key stands among those that begin with it. */
  readonly edge?: "before" | "after"
}

export function compareSortedKeys(index: IndexInfo): (a: SortedKey, b: SortedKey) => number {
  return (a, b) => {
    const length = Math.min(a.values.length, b.values.length)
    for (let i = 0; i < length; i++) {
      const order = compareForSort(a.values[i], b.values[i]) * (index.keys[i]?.direction ?? 1)
      if (order !== 0) return order
    }
    if (a.edge !== undefined || b.edge !== undefined) return edgeRank(a) - edgeRank(b)
    return compareForSort(a.id, b.id)
  }
}

function edgeRank({ edge }: SortedKey): number {
  return edge === undefined ? 0 : edge === "before" ? -1 : 1
}
