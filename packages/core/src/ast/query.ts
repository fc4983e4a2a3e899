import type { FieldPath, FilterNode } from "./filter.ts"

export interface SortKey {
  readonly path: FieldPath
  readonly direction: 1 | -1
}

/** The top-level fields that come back; `_id` always does. */
export interface Projection {
  readonly kind: "include"
  readonly fields: readonly string[]
}

/** One read, as frozen plain data. */
export interface Query {
  readonly filter: FilterNode
  readonly sort: readonly SortKey[]
  readonly skip: number
  readonly limit?: number
  readonly projection?: Projection
}
