import type { Document } from "@nosql/contracts"
import { compareForSort } from "./compare.ts"
import { readPath } from "./read-path.ts"

/** A sort as the user writes it. */
export type PlainSort = Readonly<Record<string, 1 | -1 | "asc" | "desc">>

export function isDescending(direction: PlainSort[string]): boolean {
  return direction === -1 || direction === "desc"
}

export function compareDocuments(sort: PlainSort): (a: Document, b: Document) => number {
  return (a, b) => {
    for (const [path, direction] of Object.entries(sort)) {
      const order = compareForSort(readPath(a, path), readPath(b, path))
      if (order !== 0) return isDescending(direction) ? -order : order
    }
    return 0
  }
}

/** "`_id` ends every sort [of a page], in the last key's direction." */
export function totalSort(sort: PlainSort): PlainSort {
  if (Object.hasOwn(sort, "_id")) return sort
  return { ...sort, _id: Object.values(sort).at(-1) ?? 1 }
}
