import { Filter, FieldPath as SdkPath, type Query as SdkQuery } from "@google-cloud/firestore"
import type { Value } from "@nosql/contracts"
import { type FieldPath, isIdPath } from "@nosql/core/driver"
import type { FirestoreCollection } from "./firestore-collection.ts"
import type { NativeFilter, NativeQuery, Where } from "./native-query.ts"
import { encodeValue } from "./value-codec.ts"

/** A planned query as the SDK's own. */
export function toSdkQuery(
  base: SdkQuery,
  native: NativeQuery,
  { below }: Pick<FirestoreCollection, "below">,
): SdkQuery {
  let query = native.where.reduce((made, filter) => made.where(toSdkFilter(filter)), base)
  for (const { path, direction } of native.orderBy)
    query = query.orderBy(toSdkPath(path), direction === 1 ? "asc" : "desc")
  if (native.startAfter !== undefined) {
    const isName = (i: number) => below !== undefined && isIdPath(native.orderBy[i]?.path ?? [])
    const position = native.startAfter.map((value, i) =>
      isName(i) ? `${below}/${value}` : encodeValue(value),
    )
    query = query.startAfter(...position)
  }
  if (native.offset !== undefined) query = query.offset(native.offset)
  if (native.limit !== undefined) query = query.limit(native.limit)
  return native.select === undefined ? query : query.select(...native.select.map(toSdkPath))
}

function toSdkFilter(filter: NativeFilter): Filter {
  switch (filter.kind) {
    case "where":
      return Filter.where(toSdkPath(filter.path), filter.operator, operandOf(filter))
    case "and":
      return Filter.and(...filter.filters.map(toSdkFilter))
    case "or":
      return Filter.or(...filter.filters.map(toSdkFilter))
  }
}

/** A path of segments, so that nothing in a name is taken for a dot. */
function toSdkPath(path: FieldPath): SdkPath {
  return isIdPath(path) ? SdkPath.documentId() : new SdkPath(...path)
}

/** What stands in an array is stored otherwise than what stands alone: an array in an array is wrapped. */
function operandOf({ operator, value }: Where): unknown {
  switch (operator) {
    case "in":
    case "not-in":
      return (value as readonly Value[]).map(encodeValue)
    case "array-contains":
      return (encodeValue([value]) as unknown[])[0]
    default:
      return encodeValue(value)
  }
}
