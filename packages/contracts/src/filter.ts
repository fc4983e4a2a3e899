import type { ByPath, FieldPath, PathsWithin, ValueWithin } from "./path.ts"
import type { Orderable } from "./value.ts"

/** The kinds that `$type` names. */
export type TypeName = "string" | "number" | "boolean" | "null" | "date" | "binary" | "array" | "object"

/** Operators that every path takes. `$ne`, `$nin` and `$not` are exact complements: they match missing fields too. */
export interface ValueOperators<V> {
  /** Equal; `null` matches null and missing. */
  $eq?: V | null
  /** The exact complement of `$eq`. */
  $ne?: V | null
  /** Equal to one of these; `[]` matches nothing. */
  $in?: readonly (V | null)[]
  /** The exact complement of `$in`; `[]` matches everything. */
  $nin?: readonly (V | null)[]
  /** Whether the field is there, be it null. */
  $exists?: boolean
  /** Of this kind, or of one of these; `"null"` is an explicit null. */
  $type?: TypeName | readonly TypeName[]
  /** The exact complement of these operators together. */
  $not?: FilterOperators<V>
}

/** Operators of paths whose values have an order; `R` is the whole kind (`number` where V is `1 | 2`). */
export interface RangeOperators<V, R> extends ValueOperators<V> {
  $gt?: R
  $gte?: R
  $lt?: R
  $lte?: R
}

/** What a number can be asked. */
export interface NumberOperators<V> extends RangeOperators<V, number | bigint> {
  /** `[divisor, remainder]`, integers: the value, truncated, leaves this remainder, which has the dividend's sign. */
  $mod?: Modulus
}

/** What a string can be asked. */
export interface StringOperators<V> extends RangeOperators<V, string> {
  /** A string that holds a match of this pattern, in the portable subset of docs/semantics.md. */
  $regex?: string
  /** Flags of `$regex`: `i` any case, `m` `^` and `$` at lines, `s` `.` is any character. */
  $options?: string
  /** A string that begins so; an index serves it. */
  $startsWith?: string
}

/** Operators of paths that hold arrays; `E` is the element. */
export interface ArrayOperators<V, E> extends ValueOperators<V> {
  /** An array that holds this. */
  $contains?: E | null
  /** An array that holds one of these at least; `[]` matches nothing. */
  $containsAny?: readonly (E | null)[]
  /** An array that holds all of these; `[]` matches nothing. */
  $all?: readonly (E | null)[]
  /** An array of so many elements. */
  $size?: number
  /** An array with an element that fulfils this: fields for elements that are objects, operators for others. */
  $elemMatch?: ElementCondition<E>
}

/** Operators of paths that hold several kinds, or nobody knows what. */
export interface MixedOperators<V>
  extends RangeOperators<V, RangeOperand<V>>,
    Omit<StringOperators<V>, keyof RangeOperators<V, string>>,
    Omit<ArrayOperators<V, ElementOf<V>>, keyof ValueOperators<V>> {
  $mod?: Modulus
}

type Modulus = readonly [divisor: number | bigint, remainder: number | bigint]

/** What a range on a path of type V compares with: literals widen (`5` to `number`), number and bigint are one kind. */
export type RangeOperand<V> = unknown extends V ? Orderable : Widened<Extract<V, Orderable>>
type Widened<V> = V extends string ? string : V extends number | bigint ? number | bigint : V

/** What the arrays among V hold. */
export type ElementOf<V> = unknown extends V ? unknown : Extract<V, readonly unknown[]>[number]

/** The operators that a path of type V takes. */
export type FilterOperators<V> = unknown extends V
  ? MixedOperators<V>
  : [V] extends [string | null]
    ? StringOperators<V>
    : [V] extends [number | bigint | null]
      ? NumberOperators<V>
      : [V] extends [Date | null]
        ? RangeOperators<V, Date>
        : [V] extends [readonly (infer E)[] | null]
          ? ArrayOperators<V, E>
          : [Extract<V, Orderable | readonly unknown[]>] extends [never]
            ? ValueOperators<V>
            : MixedOperators<V>

/** What may stand at a path in a filter: a value, `null` (null or missing), or operators. */
export type Condition<V> = V | null | FilterOperators<V>

type Plain = Orderable | boolean | Uint8Array | readonly unknown[] | null

/** What `$elemMatch` asks of an element: fields of objects, operators of others. */
export type ElementCondition<E> = [E] extends [Plain]
  ? FilterOperators<E>
  : unknown extends E
    ? ElementFields<E> | FilterOperators<E>
    : [Extract<E, Exclude<Plain, null>>] extends [never]
      ? ElementFields<E>
      : ElementFields<E> | FilterOperators<E>

type ElementFields<E> = ByPath<{ [P in PathsWithin<E>]?: Condition<ValueWithin<E, P>> }> &
  Groups<ElementFields<E>>

interface Groups<F> {
  $and?: readonly F[]
  $or?: readonly F[]
  /** None of these; the exact complement of `$or`. */
  $nor?: readonly F[]
}

/** An `_id` is always there and always a string. */
export interface IdOperators extends Pick<RangeOperators<string, string>, "$gt" | "$gte" | "$lt" | "$lte"> {
  $eq?: string
  $ne?: string
  $in?: readonly string[]
  $nin?: readonly string[]
  $not?: IdOperators
}

/** How a text search reads words. */
export interface TextOptions {
  /** The language of stemming and stop words. @default the index's */
  readonly language?: string
  /** @default false */
  readonly caseSensitive?: boolean
  /** @default false */
  readonly diacriticSensitive?: boolean
}

/** The store's own full-text search; `native` on MongoDB, refused elsewhere. It needs a text index. */
export type TextSearch = { readonly $search: string } & {
  readonly [O in keyof TextOptions as `$${O}`]: TextOptions[O]
}

declare const parsedFilter: unique symbol

/**
 * A filter that has been read and checked already, by `parseFilter` from `@nosql/core`. It stands wherever a filter does; only core looks inside.
 */
export interface ParsedFilter {
  readonly [parsedFilter]: true
}

/**
 * The key of what is there for the compiler only: a class that is a `TypedFilter` declares it, `declare readonly [filtered]: (document: T) => void`.
 * A symbol, since editors offer every string that is a key where a filter is written.
 */
export declare const filtered: unique symbol

/** A filter over documents of type T that is an object of its own, such as a `Specification`. It stands wherever a filter does. */
export interface TypedFilter<in T> {
  /** What holds of every `Person` can be asked of each `Employee`. */
  readonly [filtered]: (document: T) => void
}

/**
 * A Mongo-style filter over documents of type T. Several keys and several operators all hold together.
 *
 * @example
 * const adultsOfTwoCities: Filter<User> = { age: { $gte: 18 }, "address.city": { $in: ["Paris", "Rome"] } }
 */
export type Filter<T> =
  | FilterFields<T>
  | ParsedFilter // by `parseFilter` or a builder
  | TypedFilter<T> // a specification

type FilterFields<T> = ByPath<{ [P in FieldPath<T>]?: Condition<ValueWithin<T, P>> }> & RootOperators<T>

interface RootOperators<T> extends Groups<Filter<T>> {
  _id?: string | IdOperators
  /** At the top or under `$and` only. */
  $text?: TextSearch
}
