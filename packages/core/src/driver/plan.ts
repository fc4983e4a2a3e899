import type { Access } from "@nosql/contracts"
import type { FilterNode } from "../ast/filter.ts"
import type { Projection, SortKey } from "../ast/query.ts"
import type { UpdateNode } from "../ast/update.ts"

/** The steps that core finishes. A filter or a sort left here leaves skip, limit and projection too. */
export interface Remaining {
  readonly filter?: FilterNode
  readonly sort?: readonly SortKey[]
  readonly skip?: number
  readonly limit?: number
  readonly projection?: Projection
}

/** How a request reaches its documents, and why so. */
export interface Reach {
  readonly access: Access
  /** The name of the index used. */
  readonly index?: string
  readonly reasons: readonly string[]
}

/** What a driver will do for a read, as printable data; core finishes what remains. */
export interface FindPlan<Native = unknown> extends Reach {
  readonly native: Native
  readonly remaining: Remaining
}

/** A count that the store answers exactly. */
export interface CountPlan<Native = unknown> extends Reach {
  readonly native: Native
}

/** A change or a removal of the documents that a filter finds. */
export type WriteRequest =
  | {
      readonly kind: "update"
      readonly filter: FilterNode
      readonly many: boolean
      readonly update: readonly UpdateNode[]
    }
  | { readonly kind: "delete"; readonly filter: FilterNode; readonly many: boolean }

/** A write that the store does exactly, in one native request. */
export interface WritePlan<Native = unknown> extends Reach {
  readonly native: Native
}
