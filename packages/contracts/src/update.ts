import type { ElementCondition, ElementOf } from "./filter.ts"
import type {
  ArrayPath,
  ByPath,
  DatePath,
  DynamicPath,
  FieldPath,
  NumericPath,
  OptionalPath,
  OrderablePath,
  PathsWithin,
  ValueWithin,
} from "./path.ts"
import type { Orderable } from "./value.ts"

/**
 * A change to documents of type T. The operators apply together; two on one path, or on a parent and its child, are refused.
 * Where the type of a stored value does not fit, the update is an `invalid-argument` with the path, and nothing of that document is written.
 *
 * @example
 * const birthday: Update<User> = { $inc: { age: 1 }, $set: { "address.city": "Rome" }, $push: { tags: "older" } }
 */
export interface Update<T> {
  /** Sets paths; missing parents are made. */
  $set?: Fields<T>
  /** Removes optional paths. The operand means nothing but "yes". */
  $unset?: OptionalFields<T, true | "" | 1>
  /** Adds to numbers; a missing one starts from 0, anything else that is no number is an error. */
  $inc?: NumericFields<T>
  /** Multiplies numbers; a missing one becomes 0, anything else that is no number is an error. */
  $mul?: NumericFields<T>
  /** Sets paths where the value is lower than the stored one, or where that is missing. Null is below everything. */
  $min?: OrderableFields<T>
  /** Sets paths where the value is higher than the stored one, or where that is missing. Null is below everything. */
  $max?: OrderableFields<T>
  /** Moves values of optional paths to other paths, over what is there; missing ones stay missing. */
  $rename?: OptionalFields<T, FieldPath<T> | DynamicPath>
  /** Sets dates to the time of the write: by the server's clock where it has that natively, else by the client's. */
  $currentDate?: DateFields<T>
  /** Sets paths in a document that an upsert makes; does nothing elsewhere. */
  $setOnInsert?: Fields<T>
  /** Appends one element, or those of `$each`; a missing array is made, anything else that is no array is an error. */
  $push?: ArrayPushes<T>
  /** As `$push`, but only elements that the array does not hold yet. */
  $addToSet?: ArrayAdditions<T>
  /**
   * Removes elements: those equal to a value, those for which operators hold (`{ $lt: 5 }`), or the objects that a filter finds.
   * A whole object is given as `{ $eq: … }`. On a missing array it does nothing.
   */
  $pull?: ArrayRemovals<T>
  /** Removes the last (1) or the first (-1) element; on a missing or empty array it does nothing. */
  $pop?: ArrayEnds<T>
}

/** Several elements for an array, and what becomes of it: first they go in, then it is sorted, then cut. */
export interface PushModifiers<E> {
  /** `[]` adds none, and sorts and cuts what is there. */
  readonly $each: readonly E[]
  /** The index where they go in; a negative one counts from the end. @default behind the last element */
  readonly $position?: number
  /** How many elements stay: the first ones, or the last ones where it is negative. @default all */
  readonly $slice?: number
  /**
   * 1 or -1 sorts the elements themselves, an object sorts them by their fields; so do pairs, which keep the place of a field of digits:
   * `[["score", -1], ["2024", 1]]`. @default as they come
   */
  readonly $sort?: 1 | -1 | ElementSort<ElementSortPath<E> | DynamicPath>
}

type ElementSortPath<E> = PathsWithin<E, Orderable | boolean | null | undefined>
type ElementSort<P extends string> =
  | ByPath<{ readonly [K in P]?: 1 | -1 }>
  | readonly (readonly [path: P, direction: 1 | -1])[]

// Named, so that the compiler's messages are short: "'name' does not exist in type 'NumericFields<User>'".
type Fields<T> = ByPath<{ [P in FieldPath<T>]?: ValueWithin<T, P> }>
type OptionalFields<T, Operand> = ByPath<{ [P in OptionalPath<T>]?: Operand }>
type NumericFields<T> = ByPath<{ [P in NumericPath<T>]?: number | bigint }>
type OrderableFields<T> = ByPath<{ [P in OrderablePath<T>]?: ValueWithin<T, P> }>
type DateFields<T> = ByPath<{ [P in DatePath<T>]?: true | { readonly $type: "date" } }>
type ArrayPushes<T> = ByPath<{ [P in ArrayPath<T>]?: ElementAt<T, P> | PushModifiers<ElementAt<T, P>> }>
type ArrayAdditions<T> = ByPath<{
  [P in ArrayPath<T>]?: ElementAt<T, P> | { readonly $each: readonly ElementAt<T, P>[] }
}>
type ArrayRemovals<T> = ByPath<{ [P in ArrayPath<T>]?: Pulled<ElementAt<T, P>> }>
type ArrayEnds<T> = ByPath<{ [P in ArrayPath<T>]?: 1 | -1 }>

type ElementAt<T, P> = ElementOf<ValueWithin<T, P>>

type Pulled<E> = E | ElementCondition<E> | { readonly $eq: E } | null
