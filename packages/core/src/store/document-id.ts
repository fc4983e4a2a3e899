import type { IdKind } from "@nosql/contracts"
import type { CollectionInfo } from "../driver/collection-info.ts"
import type { DriverStore } from "../driver/driver.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { awaitFirst, isPromise } from "../values/is-promise.ts"
import { UuidSource } from "./uuid-source.ts"

const formats = {
  auto: undefined,
  string: undefined,
  objectId: /^[0-9a-f]{24}$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
} as const satisfies Record<IdKind, RegExp | undefined>

/** An id as a collection stores it: `objectId` and `uuid` in lowercase; undefined where it has not their format, so that no document can have it. */
export function storedId(id: string, ids: IdKind): string | undefined {
  const format = formats[ids]
  if (format === undefined) return id
  const normal = id.toLowerCase()
  return format.test(normal) ? normal : undefined
}

/** One for the process: the ids of all its stores grow. */
const uuids = new UuidSource()

export function newId(store: DriverStore, ids: IdKind): string {
  return store.newId?.(ids) ?? (ids === "objectId" ? newObjectId() : uuids.next())
}

/** 24 hex digits in the order of time, for stores that have no ObjectId of their own: the tail of a UUIDv7's time and randomness. */
function newObjectId(): string {
  const seconds = Math.floor(Date.now() / 1000)
    .toString(16)
    .padStart(8, "0")
  return seconds + uuids.next().replaceAll("-", "").slice(-16)
}

/** An id that the collection and the store can hold; `objectId` and `uuid` are brought to lowercase. */
export function normalizeId(
  id: unknown,
  store: DriverStore,
  collection: CollectionInfo,
  context: CallContext,
): string {
  if (typeof id !== "string") throw argumentError(context, "_id", noId(id))
  const format = formats[collection.ids]
  const normal = format === undefined ? id : id.toLowerCase()
  const problem = idProblem(normal, format) ?? store.idProblem?.(normal, collection)
  if (problem !== undefined) throw argumentError(context, "_id", problem)
  return normal
}

/** The words for an `_id` that is no string. */
export function noId(id: unknown): string {
  if (isPromise(id)) return awaitFirst
  if (typeof (id as { toHexString?: unknown } | null)?.toHexString === "function")
    return "an _id is a string; of an ObjectId it is toHexString()"
  if (typeof id === "number" || typeof id === "bigint") return "an _id is a string; write String(id)"
  return id === undefined ? "an _id is a string, and this is undefined" : "an _id is a string"
}

function idProblem(id: string, format: RegExp | undefined): string | undefined {
  if (id === "") return "an _id is not empty"
  if (!id.isWellFormed()) return "an _id is Unicode text"
  if (format !== undefined && !format.test(id))
    return "the _id has not the format that the collection declares"
  return undefined
}
