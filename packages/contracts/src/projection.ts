import type { PlainPath } from "./path.ts"
import type { WithId } from "./value.ts"

/**
 * Which fields come back: `1` includes, `0` excludes; the two are not mixed, but `_id: 0` goes with either.
 *
 * @example
 * const contact: Projection<User> = { name: 1, "address.city": 1 }
 * const harmless: Projection<User> = { password: 0 }
 */
export type Projection<T> = { readonly [P in PlainPath<T>]?: 0 | 1 }

/** The type of a document behind a projection by top-level fields. */
export type Projected<T, P> = P extends { readonly [K in keyof P]: 0 }
  ? Omit<WithId<T>, keyof P>
  : Pick<WithId<T>, (Included<P> | (P extends { readonly _id: 0 } ? never : "_id")) & keyof WithId<T>>

type Included<P> = {
  [K in keyof P]: P[K] extends 1 ? (K extends `${infer Head}.${string}` ? Head : K) : never
}[keyof P]
