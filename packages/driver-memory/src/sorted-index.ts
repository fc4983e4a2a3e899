import type { Document, Value } from "@nosql/contracts"
import type { CompareNode, IndexInfo } from "@nosql/core/driver"
import SortedTree from "sorted-btree"
import { compareSortedKeys, indexValues, type SortedKey } from "./index-key.ts"

/** The ids of a collection in the order of an index: for equality on its first keys, a range on the next, and sorts. */
export class SortedIndex {
  readonly index: IndexInfo
  readonly #tree: SortedTree.default<SortedKey, true>

  constructor(index: IndexInfo) {
    this.index = index
    this.#tree = new SortedTree.default(undefined, compareSortedKeys(index))
  }

  add(document: Document): void {
    this.#tree.set(this.#keyOf(document), true)
  }

  remove(document: Document): void {
    this.#tree.delete(this.#keyOf(document))
  }

  /** The ids whose first keys have these values and whose next key may lie in the ranges, in the index's order. */
  ids(prefix: readonly Value[], ranges: readonly CompareNode[]): string[] {
    const { low, high } = this.#bounds(prefix, ranges)
    const ids: string[] = []
    this.#tree.forRange(low, high, true, ({ id }) => {
      if (id !== undefined) ids.push(id)
    })
    return ids
  }

  /** Where to begin and end. Bounds may be generous (the filter is run again), never tight. */
  #bounds(prefix: readonly Value[], ranges: readonly CompareNode[]): { low: SortedKey; high: SortedKey } {
    let low: SortedKey = { values: prefix, edge: "before" }
    let high: SortedKey = { values: prefix, edge: "after" }
    const ascending = this.index.keys[prefix.length]?.direction !== -1
    for (const { operator, value } of ranges) {
      const values = [...prefix, value]
      const isLower = operator === "gt" || operator === "gte"
      const compare = compareSortedKeys(this.index)
      if (isLower === ascending) {
        const bound: SortedKey = { values, edge: "before" }
        if (compare(bound, low) > 0 || low.values.length === prefix.length) low = bound
      } else {
        const bound: SortedKey = { values, edge: "after" }
        if (compare(bound, high) < 0 || high.values.length === prefix.length) high = bound
      }
    }
    return { low, high }
  }

  #keyOf(document: Document): SortedKey {
    return { values: indexValues(document, this.index), id: document["_id"] as string }
  }
}
