import type { Document } from "@nosql/contracts"
import { compareDocuments, compareForSort, isIdPath, type SortKey } from "@nosql/core/driver"
import type { FirestoreCollection } from "./firestore-collection.ts"
import { idProblem } from "./id-problem.ts"

/** Why a collection cannot have a document of this id. In a group it is a document's path below the prefix, such as `posts/p1/comments/c1`. */
export function idProblemIn({ group }: FirestoreCollection, id: string): string | undefined {
  if (group === undefined) return idProblem(id)
  const parts = id.split("/")
  const problem = parts.map(idProblem).find((text) => text !== undefined)
  if (problem !== undefined) return problem
  return parts.length % 2 === 0 && parts.at(-2) === group
    ? undefined
    : `of a group it is a path that ends in ${group}/…`
}

/** An order as Firestore has it: names that are paths go part by part, so that `a/…` comes before `a-b/…`. */
export function compareByName(
  order: readonly SortKey[],
  { group }: FirestoreCollection,
): (a: Document, b: Document) => number {
  if (group === undefined) return compareDocuments(order)
  const keys = order.map((key) => (isIdPath(key.path) ? byPath(key) : compareDocuments([key])))
  return (a, b) => {
    for (const compare of keys) {
      const order = compare(a, b)
      if (order !== 0) return order
    }
    return 0
  }
}

function byPath({ direction }: SortKey): (a: Document, b: Document) => number {
  return (a, b) => direction * comparePaths(String(a["_id"]), String(b["_id"]))
}

function comparePaths(a: string, b: string): number {
  const [first, second] = [a.split("/"), b.split("/")]
  for (const [i, part] of first.entries()) {
    const other = second[i]
    if (other === undefined) return 1
    const order = compareForSort(part, other)
    if (order !== 0) return order
  }
  return first.length - second.length
}
