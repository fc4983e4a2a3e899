import {
  type CollectionInfo,
  type DriverStore,
  equalityOn,
  type FilterNode,
  type FindPlan,
  formatPath,
  type IndexInfo,
  isIdPath,
  matchAll,
  planAccess,
  type Query,
  queryOf,
} from "@nosql/core/driver"

/** What a restricted store runs: a plan of the store below, and the one condition that it was given. */
export interface RestrictedRead {
  readonly inner: FindPlan
  readonly pushed: FilterNode
  /** Found through the index, which may lag behind; by `_id` or by reading everything it may not. */
  readonly indexed: boolean
  /** What was asked for. */
  readonly query: Query
}

/** Pushes one condition at most, by `_id` or on the first key of the first index; all the rest is core's. */
export function planRestricted(
  store: DriverStore,
  collection: CollectionInfo,
  query: Query,
): FindPlan<RestrictedRead> {
  // An index that may lag behind has no place in a strong read.
  const [index] = query.consistency === "strong" ? [] : collection.indexes
  const pushed = pushable(query.filter, index)
  const only: CollectionInfo = { ...collection, indexes: index === undefined ? [] : [index] }
  const inner = store.planFind(only, queryOf(pushed ?? matchAll))
  // Skip and limit are core's as well: a page of this store says nothing about what survives.
  const remaining = {
    ...(query.filter.kind === "true" ? {} : { filter: query.filter }),
    ...(query.sort.length === 0 ? {} : { sort: query.sort }),
    ...(query.after === undefined ? {} : { after: query.after }),
    ...(query.skip === 0 ? {} : { skip: query.skip }),
    ...(query.limit === undefined ? {} : { limit: query.limit }),
    ...(query.projection === undefined ? {} : { projection: query.projection }),
  }
  if (pushed !== undefined) {
    const native: RestrictedRead = { inner, pushed, indexed: !isIdPath(pushed.path), query }
    return {
      ...inner,
      native,
      ...(native.indexed ? { eventual: true } : {}),
      remaining,
      reasons: [`only the equality on "${formatPath(pushed.path)}" goes to the store`],
    }
  }
  const native: RestrictedRead = { inner, pushed: matchAll, indexed: false, query }
  if (query.consistency === "strong" && pushable(query.filter, collection.indexes[0]) !== undefined)
    return {
      native,
      access: "scan",
      reasons: ["the index lags behind, and the read is to be strong"],
      remaining,
    }
  // Everything is read: what would mend it is said of the query itself, which no index helps here.
  const { access, reasons } = planAccess({ ...collection, indexes: [] }, query.filter, query.sort)
  return { native, access: access === "key" ? "scan" : access, reasons, remaining }
}

function pushable(filter: FilterNode, index: IndexInfo | undefined) {
  const first = index?.keys[0]?.path
  return equalityOn(filter, ["_id"]) ?? (first === undefined ? undefined : equalityOn(filter, first))
}
