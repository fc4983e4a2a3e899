/** `matched`: documents that the filter found; `modified`: those that the update wrote. */
export interface UpdateResult {
  readonly matched: number
  /** A store that knows better (MongoDB) leaves out documents that an update did not change. */
  readonly modified: number
  /** The `_id` of the document that an upsert inserted; absent where one was found. */
  readonly upsertedId?: string
}

/** How many documents a delete removed. */
export interface DeleteResult {
  readonly deleted: number
}

/** The ids of what `insertMany` wrote. */
export interface InsertManyResult {
  /** In the order of the documents. */
  readonly ids: readonly string[]
}

/** What all writes of a bulk did together. */
export interface BulkWriteResult {
  readonly inserted: number
  readonly matched: number
  readonly modified: number
  readonly deleted: number
  /** The `_id`s of inserted documents, by the index of their operation. */
  readonly insertedIds: Readonly<Record<number, string>>
  /** The `_id`s of documents that upserts inserted, by the index of their operation. */
  readonly upsertedIds: Readonly<Record<number, string>>
}

/**
 * What an error of `insertMany`, `updateMany`, `deleteMany` or `bulkWrite` tells in `details`: how far it came.
 * Documents are named by their index in the call, or by `_id` where a filter found them.
 */
export interface WriteProgress {
  readonly done: readonly (number | string)[]
  readonly failed: readonly (number | string)[]
  /** Sent, but the answer never came; `"rest"`: the store did not say which. */
  readonly unknown: readonly (number | string)[] | "rest"
  readonly notTried: readonly (number | string)[]
}

/** What making a collection's indexes found and did, by index name. */
export interface IndexReport {
  readonly created: readonly string[]
  readonly existing: readonly string[]
  /** Same keys, other options or another name: left as they are. */
  readonly differing: readonly { readonly name: string; readonly problem: string }[]
  /** Declared and not there; only under `provision: "check"` and `"never"`. */
  readonly missing: readonly string[]
}
