import type { ArrayPath, NumericPath, OptionalPath, Path, PathValue } from "./path.ts"

/**
 * A change to documents of type T. The operators apply together; two on one path, or on a parent and its child, are refused.
 *
 * @example
 * const birthday: Update<User> = { $inc: { age: 1 }, $set: { "address.city": "Rome" }, $push: { tags: "older" } }
 */
export interface Update<T> {
  /** Sets paths; missing parents are made. */
  $set?: { [P in Exclude<Path<T>, "_id">]?: PathValue<T, P> }
  /** Removes optional paths. The operand means nothing but "yes". */
  $unset?: { [P in Exclude<OptionalPath<T>, "_id">]?: true | "" | 1 }
  /** Adds to numbers; a missing one starts from 0, anything else that is no number is an error. */
  $inc?: { [P in NumericPath<T>]?: number | bigint }
  /** Appends one element; a missing array is made, anything else that is no array is an error. */
  $push?: { [P in ArrayPath<T>]?: ElementAt<T, P> }
}

type ElementAt<T, P extends string> = NonNullable<PathValue<T, P>> extends readonly (infer E)[] ? E : never
