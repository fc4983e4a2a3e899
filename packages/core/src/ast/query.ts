import type { Consistency, Value } from "@nosql/contracts"
import type { FieldPath, FilterNode } from "./filter.ts"

/** A path that documents are sorted by: null and missing tie, and come first where the direction is 1. */
export interface SortKey {
  readonly path: FieldPath
  readonly direction: 1 | -1
}

/** The fields that come back, or those that do not. */
export interface Projection {
  readonly kind: "include" | "exclude"
  /** `_id` is not among them. */
  readonly paths: readonly FieldPath[]
  /** Whether `_id` comes. */
  readonly id: boolean
}

/** One read, as frozen plain data. */
export interface Query {
  readonly filter: FilterNode
  readonly sort: readonly SortKey[]
  /**
   * A position in the sort's order: one value a key, null for null and missing. The documents strictly behind it are asked for.
   * Where the sort is empty it is the `_id` of a document, in the order that `pageOrder` left to the store.
   */
  readonly after?: readonly Value[]
  readonly skip: number
  readonly limit?: number
  readonly projection?: Projection
  readonly consistency?: Consistency
  /** The name of the index to use. */
  readonly hint?: string
}

/** A read of all that a filter finds. */
export function queryOf(filter: FilterNode, options: Omit<Partial<Query>, "filter"> = {}): Query {
  return { filter, sort: [], skip: 0, ...options }
}
