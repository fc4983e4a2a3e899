import type { Document, Value } from "@nosql/contracts"
import type { SortKey } from "../ast/query.ts"
import { compareForSort } from "../values/compare-values.ts"
import { getPath } from "../values/get-path.ts"

/** Compares two documents by sort keys. */
export function compareDocuments(sort: readonly SortKey[]): (a: Document, b: Document) => number {
  return (a, b) => {
    for (const { path, direction } of sort) {
      const order = compareForSort(getPath(a, path), getPath(b, path))
      if (order !== 0) return order * direction
    }
    return 0
  }
}

/** Whether a document lies strictly behind a position in the order of sort keys: the values at them, null for missing. */
export function behindPosition(
  sort: readonly SortKey[],
  after: readonly Value[],
): (document: Document) => boolean {
  return (document) => {
    for (const [i, { path, direction }] of sort.entries()) {
      const order = compareForSort(getPath(document, path), after[i]) * direction
      if (order !== 0) return order > 0
    }
    return false
  }
}
