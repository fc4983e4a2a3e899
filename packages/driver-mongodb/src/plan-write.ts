import { assertNever, type Document } from "@nosql/contracts"
import {
  type CollectionInfo,
  conjuncts,
  type FilterNode,
  formatPath,
  type Mutable,
  type Upsert,
  type WritePlan,
  type WriteRequest,
} from "@nosql/core/driver"
import type { Document as BsonDocument } from "mongodb"
import { compileFilter } from "./compile-filter.ts"
import { mayIndex } from "./compile-null.ts"
import { compileUpdate } from "./compile-update.ts"
import { encodeId } from "./id-codec.ts"
import { compileSort, type MongoSort } from "./plan-query.ts"
import { planReach } from "./plan-reach.ts"
import { encodeDocument } from "./value-codec.ts"

/** A write as it is sent. With `returning` it is a findAndModify. */
export type MongoWrite =
  | (MongoTarget & { readonly kind: "update"; readonly update: BsonDocument; readonly upsert?: true })
  | (MongoTarget & { readonly kind: "replace"; readonly replacement: BsonDocument; readonly upsert?: true })
  | (MongoTarget & { readonly kind: "delete" })

interface MongoTarget {
  readonly filter: BsonDocument
  readonly many: boolean
  readonly sort?: MongoSort
  readonly returning?: "before" | "after"
}

/** Undefined where the filter or the update is not exact: a write must not touch more, or other things, than it says. */
export function planWrite(
  collection: CollectionInfo,
  request: WriteRequest,
): WritePlan<MongoWrite> | undefined {
  const { filter, exact } = compileFilter(request.filter, collection)
  if (!exact || (seeds(request) && !seedsAlike(request.filter))) return undefined
  const { many, sort, returning } = request
  const target: Mutable<MongoTarget> = { filter, many }
  if (sort !== undefined) target.sort = compileSort(sort)
  if (returning !== undefined) target.returning = returning
  const native = compileWrite(collection, request, target)
  if (native === undefined) return undefined
  return { ...planReach(collection, request.filter, request.sort ?? []), native }
}

function seeds(request: WriteRequest): boolean {
  return request.kind !== "delete" && request.upsert !== undefined
}

/**
 * Whether the server takes from the filter what the language seeds an upsert with. It refuses a path that it finds twice, be it with one value,
 * and takes no null from behind a digit: there null is asked for in other words.
 */
function seedsAlike(filter: FilterNode): boolean {
  const equalities = conjuncts(filter).flatMap((node) => {
    return node.kind === "compare" && node.operator === "eq" ? [node] : []
  })
  const paths = new Set(equalities.map(({ path }) => formatPath(path)))
  return (
    paths.size === equalities.length &&
    !equalities.some(({ path, value }) => value === null && mayIndex(path))
  )
}

function compileWrite(
  collection: CollectionInfo,
  request: WriteRequest,
  target: MongoTarget,
): MongoWrite | undefined {
  switch (request.kind) {
    case "delete":
      return { ...target, kind: "delete" }
    case "replace": {
      const { replacement, upsert } = request
      // The server makes the _id of what it inserts, and makes none but ObjectIds.
      if (upsert !== undefined && !upsert.idGiven && !makesObjectIds(collection)) return undefined
      return {
        ...target,
        kind: "replace",
        replacement: encodeDocument(replacement, collection),
        ...(upsert === undefined ? {} : { upsert: true }),
      }
    }
    case "update": {
      const update = compileUpdate(request.update, collection)
      if (update === undefined) return undefined
      if (request.upsert === undefined) return { ...target, kind: "update", update }
      return { ...target, kind: "update", update: withId(update, request.upsert, collection), upsert: true }
    }
    default:
      return assertNever(request)
  }
}

function makesObjectIds({ ids }: CollectionInfo): boolean {
  return ids === "auto" || ids === "objectId"
}

/** The server seeds the new document from the filter's equalities; the `_id` it cannot know. */
function withId(
  update: BsonDocument,
  { document, idGiven }: Upsert,
  collection: CollectionInfo,
): BsonDocument {
  if (idGiven) return update
  const _id = encodeId((document as Document)["_id"] as string, collection)
  return { ...update, $setOnInsert: { ...(update["$setOnInsert"] as BsonDocument | undefined), _id } }
}
