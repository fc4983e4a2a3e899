import {
  type CollectionInfo,
  type CountPlan,
  type DistinctPlan,
  type FieldPath,
  type FindPlan,
  formatPath,
  isArrayIndex,
  type Mutable,
  type Projection,
  type Query,
  type Reach,
  type Remaining,
  type SortKey,
} from "@nosql/core/driver"
import type { Document as BsonDocument } from "mongodb"
import { compileAfter } from "./compile-after.ts"
import { compileFilter } from "./compile-filter.ts"
import { planReach } from "./plan-reach.ts"

/** A `find` as it is sent. */
export interface MongoFind extends MongoRead {
  readonly sort?: MongoSort
  readonly skip?: number
  readonly limit?: number
  readonly projection?: BsonDocument
}

export type MongoSort =
  | Readonly<Record<string, 1 | -1>>
  | readonly (readonly [path: string, direction: 1 | -1])[]

/** What every read sends. */
export interface MongoRead {
  readonly filter: BsonDocument
  readonly hint?: string
  /** Strong reads go to the primary and see what a majority has. */
  readonly consistency?: "strong" | "eventual"
}

/** Everything goes down, unless the filter is only a superset: then the window and the projection stay with it. */
export function planQuery(collection: CollectionInfo, query: Query): FindPlan<MongoFind> {
  const { filter, skip, limit, projection } = query
  const read = compileRead(collection, query)
  const { exact } = read
  const native: Mutable<MongoFind> = read.native
  if (query.sort.length > 0) native.sort = compileSort(query.sort)
  const reach = planReach(collection, filter, query.sort)
  const remaining: Mutable<Remaining> = {}
  const behind = exact ? native : remaining
  if (skip > 0) behind.skip = skip
  if (limit !== undefined) behind.limit = limit
  if (projection !== undefined) {
    if (exact) native.projection = compileProjection(projection)
    // What lies below the top level the server cuts out by other rules: it gives the top-level field, core the rest.
    if (!exact || projection.paths.some((path) => path.length > 1)) remaining.projection = projection
  }
  if (exact) return { ...reach, native, remaining }
  return { ...finishedHere(reach), native, remaining: { filter, ...remaining } }
}

/** Undefined where the filter is only a superset. */
export function planCount(collection: CollectionInfo, query: Query): CountPlan<MongoRead> | undefined {
  const { native, exact } = compileRead(collection, query)
  return exact ? { ...planReach(collection, query.filter, []), native } : undefined
}

export interface MongoDistinct extends MongoRead {
  readonly key: string
}

export function planDistinct(
  collection: CollectionInfo,
  query: Query,
  path: FieldPath,
): DistinctPlan<MongoDistinct> | undefined {
  // In a pipeline a digit is a key and never indexes an array.
  const plan = path.some(isArrayIndex) ? undefined : planCount(collection, query)
  return plan === undefined ? undefined : { ...plan, native: { ...plan.native, key: formatPath(path) } }
}

function compileRead(
  collection: CollectionInfo,
  { filter: node, sort, after, hint, consistency }: Query,
): { native: Mutable<MongoRead>; exact: boolean } {
  const { filter: found, exact } = compileFilter(node, collection)
  const filter = after === undefined ? found : both(found, compileAfter(sort, after, collection))
  const native: Mutable<MongoRead> = { filter }
  if (hint !== undefined) native.hint = hint
  if (consistency !== undefined) native.consistency = consistency
  return { native, exact }
}

function both(filter: BsonDocument, after: BsonDocument): BsonDocument {
  return Object.keys(filter).length === 0 ? after : { $and: [filter, after] }
}

function finishedHere(reach: Reach): Reach {
  return {
    ...reach,
    reasons: [
      ...reach.reasons,
      "whole objects and arrays, and parts of references, are compared in this process: MongoDB has other rules for them",
    ],
  }
}

/** Pairs where one of several keys is of digits, which an object would put first. */
export function compileSort(sort: readonly SortKey[]): MongoSort {
  const pairs = sort.map(({ path, direction }) => [formatPath(path), direction] as const)
  const ordered = pairs.length < 2 || !pairs.some(([path]) => isArrayIndex(path))
  return ordered ? Object.fromEntries(pairs) : pairs
}

/** By top-level fields. An exclusion below the top level leaves its field whole. */
function compileProjection({ kind, paths, id }: Projection): BsonDocument {
  const value = kind === "include" ? 1 : 0
  const sent = kind === "include" ? paths : paths.filter((path) => path.length === 1)
  return {
    ...Object.fromEntries(sent.map(([field = ""]) => [field, value])),
    ...(id ? (kind === "include" && sent.length === 0 ? { _id: 1 } : {}) : { _id: 0 }),
  }
}
