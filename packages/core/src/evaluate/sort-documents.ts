import type { Document } from "@nosql/contracts"
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
