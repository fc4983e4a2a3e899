import type { Document } from "@nosql/contracts"
import { compareForSort } from "./compare.ts"
import { OutsideThePromise } from "./promise.ts"
import { readPath } from "./read-path.ts"

/** A sort as the user writes it. */
export type PlainSort = Readonly<Record<string, 1 | -1 | "asc" | "desc">>

export function isDescending(direction: PlainSort[string]): boolean {
  return direction === -1 || direction === "desc"
}

export function compareDocuments(sort: PlainSort): (a: Document, b: Document) => number {
  return (a, b) => {
    for (const [path, direction] of Object.entries(sort)) {
      if (path === "_id" && isHex(a) !== isHex(b))
        throw new OutsideThePromise("a sort over several kinds of ids")
      const order = compareForSort(readPath(a, path), readPath(b, path))
      if (order !== 0) return isDescending(direction) ? -order : order
    }
    return 0
  }
}

/** "On MongoDB a string of 24 lowercase hex digits is an ObjectId", so of another kind than other ids. */
function isHex({ _id }: Document): boolean {
  return /^[0-9a-f]{24}$/.test(String(_id))
}

/** "`_id` ends every sort [of a page], in the last key's direction." */
export function totalSort(sort: PlainSort): PlainSort {
  if (Object.hasOwn(sort, "_id")) return sort
  return { ...sort, _id: Object.values(sort).at(-1) ?? 1 }
}
