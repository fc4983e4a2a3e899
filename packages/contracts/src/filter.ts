import type { Path, PathValue } from "./path.ts"
import type { Orderable, WithId } from "./value.ts"

/** Literals widen (`5` to `number`), so that a filter on a union member still compares against its whole kind. */
type RangeOperand<V> = Extract<V, Orderable> extends number | bigint ? number | bigint : Extract<V, Orderable>

/**
 * The operators that a path of type V takes. `$ne`, `$nin` and `$not` are exact complements: they match missing fields too.
 */
export interface FilterOperators<V> {
  /** Equal; `null` matches null and missing. */
  $eq?: V | null
  /** The exact complement of `$eq`. */
  $ne?: V | null
  $gt?: RangeOperand<V>
  $gte?: RangeOperand<V>
  $lt?: RangeOperand<V>
  $lte?: RangeOperand<V>
  /** Equal to one of these; `[]` matches nothing. */
  $in?: readonly (V | null)[]
  /** The exact complement of `$in`; `[]` matches everything. */
  $nin?: readonly (V | null)[]
  /** Whether the field is there, be it null. */
  $exists?: boolean
  /** The exact complement of these operators together. */
  $not?: FilterOperators<V>
}

/** What may stand at a path in a filter: a value, `null` (null or missing), or operators. */
export type Condition<V> = V | null | FilterOperators<V>

/**
 * A Mongo-style filter over documents of type T. Several keys and several operators all hold together.
 *
 * @example
 * const adultsOfTwoCities: Filter<User> = { age: { $gte: 18 }, "address.city": { $in: ["Paris", "Rome"] } }
 */
export type Filter<T> = FilterFields<WithId<T>> & {
  $and?: readonly Filter<T>[]
  $or?: readonly Filter<T>[]
}

type FilterFields<T> = { [P in Path<T>]?: Condition<PathValue<T, P>> }
