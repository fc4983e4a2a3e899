import type { Path, PathValue } from "./path.ts"
import type { Orderable, WithId } from "./value.ts"

/** Literals widen (`5` to `number`), so that a filter on a union member still compares against its whole kind. */
type RangeOperand<V> = Extract<V, Orderable> extends number | bigint ? number | bigint : Extract<V, Orderable>

/** `Then` where a path of type V can hold a string, a number, an array. */
type IfString<V, Then> = Extract<V, string> extends never ? never : Then
type IfNumber<V, Then> = Extract<V, number | bigint> extends never ? never : Then
type IfArray<V, Then> = Extract<V, readonly unknown[]> extends never ? never : Then

/** What the arrays among V hold. */
type Element<V> = V extends readonly (infer E)[] ? E : never

/** The kinds that `$type` names. */
export type TypeName = "string" | "number" | "boolean" | "null" | "date" | "binary" | "array" | "object"

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
  /** Of this kind, or of one of these; `"null"` is an explicit null. */
  $type?: TypeName | readonly TypeName[]
  /** A string that holds a match of this pattern, in the portable subset of docs/semantics.md. */
  $regex?: IfString<V, string>
  /** Flags of `$regex`: `i` any case, `m` `^` and `$` at lines, `s` `.` is any character. */
  $options?: IfString<V, string>
  /** A string that begins so; an index serves it. */
  $startsWith?: IfString<V, string>
  /** `[divisor, remainder]`, integers: the value, truncated, leaves this remainder, which has the dividend's sign. */
  $mod?: IfNumber<V, readonly [divisor: number | bigint, remainder: number | bigint]>
  /** An array that holds this. */
  $contains?: IfArray<V, Element<V> | null>
  /** An array that holds one of these at least; `[]` matches nothing. */
  $containsAny?: IfArray<V, readonly (Element<V> | null)[]>
  /** An array that holds all of these; `[]` matches nothing. */
  $all?: IfArray<V, readonly (Element<V> | null)[]>
  /** An array of so many elements. */
  $size?: IfArray<V, number>
  /** An array with an element that fulfils this: fields for elements that are objects, operators for any. */
  $elemMatch?: IfArray<V, ElementCondition<Element<V>>>
  /** The exact complement of these operators together. */
  $not?: FilterOperators<V>
}

/** What `$elemMatch` asks of an element. */
export type ElementCondition<E> = FilterOperators<E> | ElementFields<E>

type ElementFields<E> = { [P in Path<E>]?: Condition<PathValue<E, P>> } & {
  $and?: readonly ElementFields<E>[]
  $or?: readonly ElementFields<E>[]
  $nor?: readonly ElementFields<E>[]
}

/** What may stand at a path in a filter: a value, `null` (null or missing), or operators. */
export type Condition<V> = V | null | FilterOperators<V>

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
 * A filter that has been read and checked already, by `parseFilter` from `@nosql/core`. It stands wherever a filter does;
 * only core looks inside.
 */
export interface ParsedFilter {
  readonly [parsedFilter]: true
}

/**
 * A Mongo-style filter over documents of type T. Several keys and several operators all hold together.
 *
 * @example
 * const adultsOfTwoCities: Filter<User> = { age: { $gte: 18 }, "address.city": { $in: ["Paris", "Rome"] } }
 */
export type Filter<T> = ParsedFilter | FilterObject<T>

type FilterObject<T> = FilterFields<WithId<T>> & {
  $and?: readonly Filter<T>[]
  $or?: readonly Filter<T>[]
  /** None of these; the exact complement of `$or`. */
  $nor?: readonly Filter<T>[]
  /** At the top or under `$and` only. */
  $text?: TextSearch
}

type FilterFields<T> = { [P in Path<T>]?: Condition<PathValue<T, P>> }
