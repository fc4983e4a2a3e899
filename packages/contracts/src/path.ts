import type { NativeValue, Orderable, Value } from "./value.ts"

/*
 * What a `Path<T>` costs the compiler is measured and gated (benchmarks/types). The rules that keep it low:
 * - a union of paths is made by walking T, and no field is looked at twice for what can be known once (`Inner`);
 * - what stands at a path is looked up only where that path is used;
 * - no mapped type over paths has an `as` clause: the compiler works out `keyof` of such a type anew each time.
 */

/** Types that a path never enters. */
export type Leaf =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | Date
  | Uint8Array
  | NativeValue
  | ((...args: never) => unknown)

/** Four segments are typed: `Below[D]` is what is left of D inside. */
type Below = [never, never, 1, 2, 3]

/** The fields of V that paths enter. */
type Inner<V> = { [K in keyof V & string]-?: V[K] extends Leaf ? never : K }[keyof V & string]

/**
 * The paths within a value of type V that lead to a `Kind`. A path is there when any member of a union has it; arrays are entered by index;
 * below a record, or where nothing is known, any name goes.
 */
export type PathsWithin<V, Kind = unknown, D = 4> = D extends never
  ? never
  : V extends Leaf
    ? never
    : V extends readonly (infer E)[]
      ? ElementPaths<E, Kind, Below[D & number]>
      : FieldsOf<V, Kind> | Deeper<V, Inner<V>, Kind, Below[D & number]>

type FieldsOf<V, Kind> = { [K in keyof V & string]-?: V[K] extends Kind ? K : never }[keyof V & string]

type Deeper<V, K extends keyof V & string, Kind, D> = {
  [P in K]: Value extends V[P] ? P | `${P}.${string}` : `${P}.${PathsWithin<V[P], Kind, D>}`
}[K]

type ElementPaths<E, Kind, D> =
  | ([E] extends [Kind] ? `${number}` : never)
  | `${number}.${PathsWithin<E, Kind, D>}`

/** Those that enter no array. */
type PlainWithin<V, D = 4> = D extends never
  ? never
  : V extends Leaf | readonly unknown[]
    ? never
    : string extends keyof V
      ? string
      : (keyof V & string) | DeeperPlain<V, Inner<V>, Below[D & number]>

type DeeperPlain<V, K extends keyof V & string, D> = {
  [P in K]: Value extends V[P] ? `${P}.${string}` : `${P}.${PlainWithin<V[P], D>}`
}[K]

/** What stands at a path within a value of type V, without `undefined`. */
export type ValueWithin<V, P> = V extends readonly (infer E)[]
  ? P extends `${number}.${infer Rest}`
    ? ValueWithin<E, Rest>
    : P extends `${number}`
      ? Indexed<E, P>
      : never
  : P extends keyof V
    ? string extends keyof V
      ? RecordValue<V[P], P>
      : Exclude<V[P], undefined>
    : P extends `${infer Head}.${infer Rest}`
      ? Head extends keyof V
        ? ValueWithin<V[Head], Rest>
        : Unknown<V>
      : Unknown<V>

/** `"0.0"` is a number as well, so it meets what is said of `${number}`: of arrays in arrays, this is their elements, too. */
type Indexed<E, P> =
  | E
  | (`${number}` extends P ? (E extends readonly (infer Inner)[] ? Inner : never) : never)

/** In a record, `P` may be a name, a path below a name, or `string`, which stands for all of these. */
type RecordValue<V, P> = P extends `${string}.${infer Rest}`
  ? ValueWithin<V, Rest>
  : Exclude<V, undefined> | (string extends P ? ValueBelow<V> : never)

type ValueBelow<V> = [V] extends [Leaf]
  ? never
  : Value extends V
    ? never
    : ValueWithin<V, PathsWithin<V, unknown, 2>>

type Unknown<V> = unknown extends V ? unknown : never

/** What a document may hold at a path that enters no array; `undefined` where that, or a parent, may be missing. */
export type StoredWithin<V, P> = V extends null | undefined
  ? undefined
  : [keyof V] extends [never]
    ? unknown
    : string extends keyof V
      ? ValueWithin<V, P>
      : P extends keyof V
        ? V[P]
        : P extends `${infer Head}.${infer Rest}`
          ? Head extends keyof V
            ? StoredWithin<V[Head], Rest>
            : undefined
          : undefined

/** The paths of T but `_id`: what an update may change. */
export type FieldPath<T> = OfDocument<T, PathsWithin<T>>

/** The paths of T but `_id` whose values are all of a kind. */
export type KindPath<T, Kind> = OfDocument<T, PathsWithin<T, Kind>>

/**
 * An object of paths, as F is: of any, or of the spelled-out ones alone. What has an index of strings (as a computed `path("…")` makes),
 * or none at all (as an interface), does not fit the index signatures that `"tags.0"` and the names of records are.
 */
export type ByPath<F> = Named<F, Spelled<keyof F>> | (F & NotEmpty)

type Spelled<P extends PropertyKey> = P extends unknown
  ? Record<never, never> extends { [K in P]: 1 }
    ? never
    : P
  : never

type Named<F, P extends keyof F> = [P] extends [never]
  ? string extends keyof F
    ? never
    : NotEmpty
  : Pick<F, P>

declare const notEmpty: unique symbol
/** Where an empty type is allowed, the compiler allows any. */
type NotEmpty = { readonly [notEmpty]?: never }

/** `_id` has rules of its own. Where T says nothing (`unknown`, `object`), any path goes. */
type OfDocument<T, P> = [KeyOfAny<T>] extends [never] ? string : "_id" extends keyof T ? Exclude<P, "_id"> : P

type KeyOfAny<T> = T extends unknown ? keyof T : never

/**
 * The dotted paths of T, and `_id`; four segments are typed, deeper ones are written `path("a.b.c.d.e")` (from `@nosql/core`).
 * An array is entered by index only: `"tags.0"`, `"items.0.name"`.
 *
 * @example
 * type P = Path<{ name: string; address: { city: string } }> // "_id" | "name" | "address" | "address.city"
 */
export type Path<T> = FieldPath<T> | "_id"

/**
 * The type found at a path, without `undefined`.
 *
 * @example
 * type City = PathValue<{ address?: { city: string } }, "address.city"> // string
 */
export type PathValue<T, P> = IfDynamic<P, P extends "_id" ? string : ValueWithin<T, P>>

/**
 * `unknown` for a dynamic path. The brackets keep it from distributing: for a literal argument the compiler asks what a parameter of
 * this type can be at most, gets `unknown`, and does not work out `Known` for every path of T.
 */
export type IfDynamic<P, Known> = [P] extends [DynamicPath] ? unknown : Known

/** The paths of T, and `_id`, that enter no array: what can be declared, indexed and projected. */
export type PlainPath<T> = OfDocument<T, PlainWithin<T>> | "_id"

type OrNothing<V> = V | null | undefined

/** The paths of T whose values can be summed. */
export type NumericPath<T> = KindPath<T, OrNothing<number | bigint>>
/** The paths of T that hold arrays. */
export type ArrayPath<T> = KindPath<T, OrNothing<readonly unknown[]>>
/** The paths of T that hold dates. */
export type DatePath<T> = KindPath<T, OrNothing<Date>>
/** The paths of T that hold strings. */
export type StringPath<T> = KindPath<T, OrNothing<string>>
/** The paths of T whose values have an order, and so can stand in a range. */
export type OrderablePath<T> = KindPath<T, OrNothing<Orderable>>

/** The paths of T that may be absent, and so may be unset. */
export type OptionalPath<T> = OfDocument<T, OptionalWithin<T>>

/** `All` is the whole union where V is one of its members: what not every member has may be absent, and so may a record's names. */
type OptionalWithin<V, D = 4, All = V> = D extends never
  ? never
  : V extends Leaf
    ? never
    : V extends readonly (infer E)[]
      ? `${number}.${OptionalWithin<NonNullable<E>, Below[D & number]>}`
      : OptionalFields<V, All> | DeeperOptional<V, Inner<V>, Below[D & number]>

type OptionalFields<V, All> = {
  [K in keyof V & string]-?: undefined extends V[K]
    ? K
    : K extends keyof All
      ? string extends K
        ? K
        : never
      : K
}[keyof V & string]

type DeeperOptional<V, K extends keyof V & string, D> = {
  [P in K]: Value extends V[P] ? `${P}.${string}` : `${P}.${OptionalWithin<NonNullable<V[P]>, D>}`
}[K]

declare const dynamicPath: unique symbol

/**
 * A path that the compiler does not know: deeper than four segments, or put together at run time. `path("a.b.c.d.e")` of `@nosql/core` makes it.
 * As a computed key it stands in filters, updates, sorts, projections and declarations, as an argument wherever a path does; its values are checked when they run.
 *
 * @example
 * await shops.find({ [path("region.area.town.street.name")]: "High Street" }).toArray()
 */
export type DynamicPath = string & { readonly [dynamicPath]: true }
