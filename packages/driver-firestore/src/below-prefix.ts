import { isIdPath } from "@nosql/core/driver"
import type { FirestoreCollection } from "./firestore-collection.ts"
import { type NativeFilter, where } from "./native-query.ts"

/**
 * What keeps the queries of a group below the prefix: a range of whole names. Firestore takes group queries of a whole database only [run], and what is another
 * tenant's must not be found.
 */
export function belowPrefix({ below }: FirestoreCollection): readonly NativeFilter[] {
  if (below === undefined) return []
  // Names are compared part by part: what lies below `tenants/acme` is less than the next document that there could be beside it.
  return [where(["_id"], ">", below), where(["_id"], "<", `${below}\0`)]
}

/** What a query of a group asks beside. */
export function withoutPrefix(
  filters: readonly NativeFilter[],
  { below }: FirestoreCollection,
): readonly NativeFilter[] {
  return below === undefined
    ? filters
    : filters.filter((filter) => filter.kind !== "where" || !isIdPath(filter.path))
}
