import type { DriverCall, Mutable, ReadCall } from "@nosql/core/driver"
import type { FindOptions, ReadPreferenceLike, Sort } from "mongodb"
import type { MongoFind, MongoRead } from "./plan-query.ts"

export interface CommandOptions {
  readonly comment?: string
  readonly maxTimeMS?: number
}

/**
 * What a call says to every command; undefined where that is nothing, which the SDK reads faster than an empty object.
 * The time is the server's own limit; the client stops waiting by itself.
 */
export function commandOptions({ comment, deadline }: DriverCall): CommandOptions | undefined {
  if (comment === undefined && deadline === undefined) return undefined
  const options: Mutable<CommandOptions> = {}
  if (comment !== undefined) options.comment = comment
  if (deadline !== undefined) options.maxTimeMS = Math.max(1, Math.ceil(deadline - performance.now()))
  return options
}

interface ReadCommandOptions extends CommandOptions {
  signal?: AbortSignal
  hint?: string
  readPreference?: ReadPreferenceLike
  readConcern?: { level: "majority" }
}

/** What a call and its plan say to a read. */
export function readOptions(call: ReadCall, { hint, consistency }: MongoRead): ReadCommandOptions {
  const options: ReadCommandOptions = { ...commandOptions(call) }
  const { signal, readPreference } = call
  if (signal !== undefined) options.signal = signal
  if (hint !== undefined) options.hint = hint
  if (consistency === "strong") {
    options.readPreference = "primary"
    options.readConcern = { level: "majority" }
  } else if (readPreference !== undefined) options.readPreference = readPreference
  else if (consistency === "eventual") options.readPreference = "secondaryPreferred"
  return options
}

/**
 * Documents in a batch of the server's. Its own way is 101 at first and then 16 MiB, which is a second request for 102 documents, and
 * for a stream tens of MiB of heap, since the SDK keeps what it has parsed of a batch.
 */
const defaultBatchSize = 1000

/** What a call and its plan say to a `find`. */
export function findOptions(call: ReadCall, native: MongoFind): FindOptions {
  const { sort, skip, limit, projection } = native
  const options: FindOptions = readOptions(call, native)
  if (sort !== undefined) options.sort = sort as Sort
  if (skip !== undefined) options.skip = skip
  if (limit !== undefined) options.limit = limit
  if (projection !== undefined) options.projection = projection
  // One document fits any batch, and a server that knows there will be no second one keeps no cursor.
  if (limit === 1) options.singleBatch = true
  else options.batchSize = call.batchSize ?? defaultBatchSize
  return options
}
