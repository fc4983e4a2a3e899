import type { ElementCondition } from "./filter.ts"
import type { ArrayPath, NumericPath, OptionalPath, Path, PathValue } from "./path.ts"

/**
 * A change to documents of type T. The operators apply together; two on one path, or on a parent and its child, are refused.
 * Where the type of a stored value does not fit, the update is an `invalid-argument` with the path, and nothing of that document is written.
 *
 * @example
 * const birthday: Update<User> = { $inc: { age: 1 }, $set: { "address.city": "Rome" }, $push: { tags: "older" } }
 */
export interface Update<T> {
  /** Sets paths; missing parents are made. */
  $set?: { [P in Exclude<Path<T>, "_id">]?: PathValue<T, P> }
  /** Removes optional paths; an array's element becomes null. The operand means nothing but "yes". */
  $unset?: { [P in Exclude<OptionalPath<T>, "_id">]?: true | "" | 1 }
  /** Adds to numbers; a missing one starts from 0, anything else that is no number is an error. */
  $inc?: { [P in NumericPath<T>]?: number | bigint }
  /** Multiplies numbers; a missing one becomes 0, anything else that is no number is an error. */
  $mul?: { [P in NumericPath<T>]?: number | bigint }
  /** Sets paths where the value is lower than the stored one, or where that is missing. Null is below everything. */
  $min?: { [P in Exclude<Path<T>, "_id">]?: PathValue<T, P> }
  /** Sets paths where the value is higher than the stored one, or where that is missing. Null is below everything. */
  $max?: { [P in Exclude<Path<T>, "_id">]?: PathValue<T, P> }
  /** Moves values to other paths, over what is there; missing ones stay missing. */
  $rename?: { [P in Exclude<OptionalPath<T>, "_id">]?: Exclude<Path<T>, "_id"> }
  /** Sets dates to the time of the write: by the server's clock where it has that natively, else by the client's. */
  $currentDate?: { [P in DatePath<T>]?: true | { readonly $type: "date" } }
  /** Sets paths in a document that an upsert makes; does nothing elsewhere. */
  $setOnInsert?: { [P in Exclude<Path<T>, "_id">]?: PathValue<T, P> }
  /** Appends one element, or those of `$each`; a missing array is made, anything else that is no array is an error. */
  $push?: { [P in ArrayPath<T>]?: ElementAt<T, P> | PushModifiers<ElementAt<T, P>> }
  /** As `$push`, but only elements that the array does not hold yet. */
  $addToSet?: { [P in ArrayPath<T>]?: ElementAt<T, P> | { readonly $each: readonly ElementAt<T, P>[] } }
  /**
   * Removes elements: those equal to a value, those for which operators hold (`{ $lt: 5 }`), or the objects that a filter finds.
   * A whole object is given as `{ $eq: … }`. On a missing array it does nothing.
   */
  $pull?: { [P in ArrayPath<T>]?: ElementAt<T, P> | ElementCondition<ElementAt<T, P>> | null }
  /** Removes the last (1) or the first (-1) element; on a missing or empty array it does nothing. */
  $pop?: { [P in ArrayPath<T>]?: 1 | -1 }
}

/** Several elements for an array, and what becomes of it: first they go in, then it is sorted, then cut. */
export interface PushModifiers<E> {
  /** `[]` adds none, and sorts and cuts what is there. */
  readonly $each: readonly E[]
  /** The index where they go in; a negative one counts from the end. @default behind the last element */
  readonly $position?: number
  /** How many elements stay: the first ones, or the last ones where it is negative. @default all */
  readonly $slice?: number
  /** 1 or -1 sorts the elements themselves, an object sorts them by their fields. @default as they come */
  readonly $sort?: 1 | -1 | { readonly [field: string]: 1 | -1 }
}

type ElementAt<T, P extends string> = NonNullable<PathValue<T, P>> extends readonly (infer E)[] ? E : never

type DatePath<T> = {
  [P in Path<T>]: NonNullable<PathValue<T, P>> extends Date ? P : never
}[Path<T>]
