import type { WithId } from "./value.ts"

/** `matched`: documents that the filter found; `modified`: documents written. */
export interface UpdateResult {
  readonly matched: number
  readonly modified: number
}

export interface DeleteResult {
  readonly deleted: number
}

export interface InsertManyResult {
  /** In the order of the documents. */
  readonly ids: readonly string[]
}

/** The result of a selection by top-level keys. */
export type Selected<T, K extends keyof WithId<T>> = Pick<WithId<T>, K | "_id">
