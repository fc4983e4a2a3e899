import type { ByPath, DynamicPath, Leaf, PlainPath } from "./path.ts"
import type { WithId, WithoutId } from "./value.ts"

/**
 * Which fields come back: `1` includes, `0` excludes; the two are not mixed, but `_id: 0` goes with either.
 * A path that meets an array takes, or leaves, the whole array.
 *
 * @example
 * const contact: Projection<User> = { name: 1, "address.city": 1 }
 * const harmless: Projection<User> = { password: 0 }
 */
export type Projection<T> = (Flags<T, 1 | true> | Flags<T, 0 | false>) & IdFlag

type Flags<T, Flag> = ByPath<{ readonly [P in Exclude<PlainPath<T>, "_id">]?: Flag }>
type IdFlag = { readonly _id?: 0 | 1 | boolean }

/** What a call infers a projection from; `CheckedProjection` sees to the rest. */
export type AnyProjection = Readonly<Record<string, 0 | 1 | boolean | undefined>>

/** No projection: the whole document. */
export type Whole = Readonly<Record<never, never>>

/** Names the paths, and makes errors of the keys of P that are none (P has every key that it was inferred from) and of exclusions beside inclusions. */
export type CheckedProjection<T, P> = {
  readonly [Path in PlainPath<T>]?: 0 | 1 | boolean
} & (string extends keyof P
  ? unknown
  : { readonly [K in Exclude<keyof P & string, PlainPath<T>>]: never } & Unmixed<
      P,
      P[Exclude<keyof P, "_id">]
    >)

type Unmixed<P, Flag> = [Flag] extends [0 | false]
  ? unknown
  : [Flag] extends [1 | true | undefined]
    ? unknown
    : undefined extends Flag
      ? unknown
      : { readonly [K in Exclude<keyof P, "_id">]: P[K] extends 1 | true ? P[K] : never }

/**
 * The type of a document behind a projection.
 *
 * @example
 * type Contact = Projected<User, { name: 1; "address.city": 1 }> // { _id: string; name: string; address: { city: string } }
 */
export type Projected<T, P> = [keyof P] extends [never]
  ? WithId<T>
  : string extends keyof P
    ? Partial<WithId<T>>
    : ByFlag<T, P, P[Exclude<keyof P, "_id">]>

type ByFlag<T, P, Flag> = [Flag] extends [never]
  ? P extends { readonly _id: 1 | true }
    ? { _id: string }
    : P extends { readonly _id: 0 | false }
      ? WithoutId<T>
      : Partial<WithId<T>>
  : [Flag] extends [1 | true]
    ? P extends { readonly _id: 0 | false }
      ? Part<T, Exclude<keyof P, "_id">>
      : Selected<T, keyof P>
    : [Flag] extends [0 | false]
      ? Excluded<T, P extends { readonly _id: 0 | false } ? keyof P | "_id" : Exclude<keyof P, "_id">>
      : Partial<WithId<T>>

// Results of conditional types have no alias: the compiler never compares two of them by how `Selected` varies in T and P, which is expensive to find out.

/** A document of which only the paths P were selected, and `_id`. */
export type Selected<T, P> = DynamicPath extends P
  ? Partial<WithId<T>> & { _id: string }
  : Part<T, Exclude<P, "_id">> & { _id: string }

/** A document without the paths P. */
export type Excluded<T, P> = DynamicPath extends P
  ? Partial<WithId<T>>
  : "_id" extends P
    ? Rest<T, P>
    : Rest<T, P | "_id"> & { _id: string }

type Part<V, P> = V extends unknown
  ? string extends keyof V
    ? { [K in Head<P>]?: Exclude<PartOf<V[K & keyof V], Tail<P, K>>, undefined> }
    : [P] extends [keyof V]
      ? Pick<V, P>
      : Flat<Pick<V, P & keyof V> & Parents<V, Exclude<P, keyof V>, Head<Exclude<P, keyof V>> & keyof V>>
  : never

/** The fields H of V, of which the paths P select something: those that may be left out are optional. */
type Parents<V, P, H extends keyof V> = {
  [K in H as undefined extends PartOf<V[K], Tail<P, K>> ? never : K]: PartOf<V[K], Tail<P, K>>
} & {
  [K in H as undefined extends PartOf<V[K], Tail<P, K>> ? K : never]?: Exclude<
    PartOf<V[K], Tail<P, K>>,
    undefined
  >
}

/** What is left of V by paths below it; `undefined` where the parent may be left out, as one without a selected child is. */
type PartOf<V, P> = [P] extends [never]
  ? V
  : unknown extends V
    ? unknown
    : V extends readonly unknown[]
      ? V
      : V extends Leaf
        ? undefined
        : Part<V, P> | (Whole extends Part<V, P> ? undefined : never)

type Rest<V, P> = V extends unknown
  ? { [K in keyof V as K extends P ? never : K]: RestOf<V[K], Tail<P, K>> }
  : never

type RestOf<V, P> = [P] extends [never]
  ? V
  : unknown extends V
    ? unknown
    : V extends Leaf | readonly unknown[]
      ? V
      : Rest<V, P>

type Head<P> = P extends `${infer First}.${string}` ? First : P & string
type Tail<P, K> = K extends string ? (P extends `${K}.${infer Below}` ? Below : never) : never
type Flat<V> = { [K in keyof V]: V[K] }
