/**
 * A value that only one store knows (a Decimal128, a DocumentReference, a number set…).
 * It can be compared for equality and written back unchanged through the driver it came from; every other driver refuses it.
 */
export interface NativeValue {
  readonly driver: string
  /** The store's own name of the type, e.g. `"Decimal128"`. */
  readonly type: string
  /** The value as text, in the notation of its driver. */
  readonly text: string
}

/** Everything that a portable document may hold. */
export type Value =
  | null
  | boolean
  | number // finite, |x| < 2^63; -0 is stored as 0
  | bigint // int64
  | string // well-formed, compared by code point
  | Date // milliseconds, valid
  | Uint8Array
  | NativeValue
  | readonly Value[]
  | { readonly [field: string]: Value }

/** A document as the stores hold it: an object of portable values. */
export interface Document {
  [field: string]: Value
}

/** The kinds of scalar that have an order, and so can stand in a range or a sort. */
export type Orderable = number | bigint | string | Date

/** Unions are kept: each member loses its own `_id`. */
export type WithoutId<T> = { [K in keyof T as Exclude<K, "_id">]: T[K] }

/** What a caller reads: the document and its `_id`, which is always a string. */
export type WithId<T> = WithoutId<T> & { _id: string }

/** What a caller inserts: the `_id` may be left to the store. */
export type NewDocument<T> = WithoutId<T> & { _id?: string }
