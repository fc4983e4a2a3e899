import {
  type CollectionInfo,
  type FilterNode,
  type FindPlan,
  formatPath,
  type Projection,
  planAccess,
  type Query,
  type Reach,
  type SortKey,
  type WritePlan,
  type WriteRequest,
} from "@nosql/core/driver"
import type { Document as BsonDocument } from "mongodb"
import { compileFilter } from "./compile-filter.ts"
import { compileUpdate } from "./compile-update.ts"

/** A `find` as it is sent. */
export interface MongoFind {
  readonly filter: BsonDocument
  readonly sort?: BsonDocument
  readonly skip?: number
  readonly limit?: number
  readonly projection?: BsonDocument
}

export type MongoWrite =
  | {
      readonly kind: "update"
      readonly many: boolean
      readonly filter: BsonDocument
      readonly update: BsonDocument
    }
  | { readonly kind: "delete"; readonly many: boolean; readonly filter: BsonDocument }

/** Everything goes down, unless the filter is only a superset: then the window and the projection stay with it. */
export function planQuery(collection: CollectionInfo, query: Query): FindPlan<MongoFind> {
  const { filter, exact } = compileFilter(query.filter, collection)
  const sort = query.sort.length === 0 ? {} : { sort: compileSort(query.sort) }
  const skip = query.skip === 0 ? {} : { skip: query.skip }
  const limit = query.limit === undefined ? {} : { limit: query.limit }
  const reach = planAccess(collection, query.filter, query.sort)
  if (exact) {
    const projection =
      query.projection === undefined ? {} : { projection: compileProjection(query.projection) }
    return { ...reach, native: { filter, ...sort, ...skip, ...limit, ...projection }, remaining: {} }
  }
  const projection = query.projection === undefined ? {} : { projection: query.projection }
  return {
    ...finishedHere(reach),
    native: { filter, ...sort },
    remaining: { filter: query.filter, ...skip, ...limit, ...projection },
  }
}

function finishedHere(reach: Reach): Reach {
  return {
    ...reach,
    reasons: [
      ...reach.reasons,
      "whole objects and arrays are compared in this process: MongoDB compares them by other rules",
    ],
  }
}

function compileSort(sort: readonly SortKey[]): BsonDocument {
  return Object.fromEntries(sort.map(({ path, direction }) => [formatPath(path), direction]))
}

function compileProjection({ fields }: Projection): BsonDocument {
  return Object.fromEntries(fields.map((field) => [field, 1]))
}

/** Undefined where the filter or the update is not exact: a write must not touch more, or other things, than it says. */
export function planWrite(
  collection: CollectionInfo,
  request: WriteRequest,
): WritePlan<MongoWrite> | undefined {
  const { filter, exact } = compileFilter(request.filter, collection)
  if (!exact) return undefined
  const reach = planAccess(collection, request.filter, [])
  const { kind, many } = request
  if (kind === "delete") return { ...reach, native: { kind, many, filter } }
  const update = compileUpdate(request.update, collection)
  return update === undefined ? undefined : { ...reach, native: { kind, many, filter, update } }
}

export function planCount(
  collection: CollectionInfo,
  filter: FilterNode,
): (Reach & { native: BsonDocument }) | undefined {
  const compiled = compileFilter(filter, collection)
  return compiled.exact ? { ...planAccess(collection, filter, []), native: compiled.filter } : undefined
}
