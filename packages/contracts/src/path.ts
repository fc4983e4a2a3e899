/** Types that a path never enters. */
type Leaf = null | undefined | boolean | number | bigint | string | Date | Uint8Array | readonly unknown[]

type Depth = [never, 0, 1, 2, 3]

/**
 * The dotted paths of T, four levels deep. Arrays are leaves: a path stops there, because the stores differ beyond.
 *
 * @example
 * type P = Path<{ name: string; address: { city: string } }> // "name" | "address" | "address.city"
 */
export type Path<T, D extends number = 4> = [D] extends [never]
  ? never
  : T extends Leaf
    ? never
    : { [K in keyof T & string]-?: K | Below<K, NonNullable<T[K]>, D> }[keyof T & string]

type Below<K extends string, V, D extends number> = V extends Leaf
  ? never
  : `${K}.${Path<V, Extract<Depth[D], number>> & string}`

/**
 * The type found at a path, without `undefined`.
 *
 * @example
 * type City = PathValue<{ address?: { city: string } }, "address.city"> // string
 */
export type PathValue<T, P extends string> = T extends unknown
  ? P extends keyof T
    ? Exclude<T[P], undefined>
    : P extends `${infer Head}.${infer Rest}`
      ? Head extends keyof T
        ? PathValue<NonNullable<T[Head]>, Rest>
        : never
      : never
  : never

/** The paths of T whose values can be summed. */
export type NumericPath<T> = {
  [P in Path<T>]: NonNullable<PathValue<T, P>> extends number | bigint ? P : never
}[Path<T>]

/** The paths of T that hold arrays. */
export type ArrayPath<T> = {
  [P in Path<T>]: NonNullable<PathValue<T, P>> extends readonly unknown[] ? P : never
}[Path<T>]

/** The paths of T that may be absent, and so may be unset. */
export type OptionalPath<T> = {
  [P in Path<T>]: IsOptional<T, P> extends true ? P : never
}[Path<T>]

type IsOptional<T, P extends string> = P extends keyof T
  ? undefined extends T[P]
    ? true
    : false
  : P extends `${infer Head}.${infer Rest}`
    ? Head extends keyof T
      ? IsOptional<NonNullable<T[Head]>, Rest>
      : false
    : false
