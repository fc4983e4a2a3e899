import type { Filter, TypedFilter } from "./filter.ts"

/**
 * A condition on documents of type T that has a name, is put together with others, and is asked of a store as well as of an entity.
 * Classes extend `Specification` of `@nosql/core`, or are made there by `spec`.
 */
export interface Specification<T> extends TypedFilter<T> {
  /** What a store is asked. */
  toFilter(): Filter<T>
  /** Holds where this and all of the others do. */
  and(...others: readonly Filter<T>[]): Specification<T>
  /** Holds where this or one of the others does. */
  or(...others: readonly Filter<T>[]): Specification<T>
  /** The exact complement: it holds wherever this does not. */
  not(): Specification<T>
  /** Whether a store would find this entity. */
  isSatisfiedBy(entity: T): boolean
  /** Plain JSON, for `Specification.fromJSON`. */
  toJSON(): unknown
}
