import type { Access, Document, Value } from "@nosql/contracts"
import type { FilterNode } from "../ast/filter.ts"
import type { Projection, SortKey } from "../ast/query.ts"
import type { UpdateNode } from "../ast/update.ts"

/**
 * The steps that core finishes, in this order. A filter or a sort left here leaves skip, limit and projection too.
 * `after` stays here exactly where the sort does: who sorts knows what comes behind what.
 */
export interface Remaining {
  readonly filter?: FilterNode
  readonly sort?: readonly SortKey[]
  readonly after?: readonly Value[]
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
  /** What it finds may be as it was before the newest write, as by an index that lags behind: a write looks again, by `_id`. @default false */
  readonly eventual?: boolean
}

/** A count that the store answers exactly. */
export interface CountPlan<Native = unknown> extends Reach {
  readonly native: Native
}

/** The values at one path that the store collects itself; core unwinds, orders and de-duplicates them. */
export interface DistinctPlan<Native = unknown> extends Reach {
  readonly native: Native
}

/** A change, a replacement or a removal of the documents that a filter finds. */
export type WriteRequest = UpdateRequest | ReplaceRequest | DeleteRequest

/** The matches are changed, each by all nodes of the update or not at all; where there is none, the upsert's document is inserted. */
export interface UpdateRequest extends WriteTarget {
  readonly kind: "update"
  readonly update: readonly UpdateNode[]
  readonly upsert?: Upsert
}

/** One match is replaced as a whole; where there is none, the upsert's document is inserted. */
export interface ReplaceRequest extends WriteTarget {
  readonly kind: "replace"
  readonly many: false
  /** Without its `_id`: that of the document replaced stays. */
  readonly replacement: Document
  readonly upsert?: Upsert
}

/** The matches are removed. */
export interface DeleteRequest extends WriteTarget {
  readonly kind: "delete"
}

interface WriteTarget {
  readonly filter: FilterNode
  readonly many: boolean
  /** Which of the matches a single write takes: the first in this order. */
  readonly sort?: readonly SortKey[]
  /** Whether the outcome carries the document, as it was or as it is now; single writes only. */
  readonly returning?: "before" | "after"
}

/** What an upsert inserts where nothing matches. */
export interface Upsert {
  /** Complete, with its `_id`. */
  readonly document: Document
  /** Whether the filter gave the `_id`; else it was made for this call. */
  readonly idGiven: boolean
}

/** A write that the store does exactly, in one native request. */
export interface WritePlan<Native = unknown> extends Reach {
  readonly native: Native
}

/** What a write did. */
export interface WriteOutcome {
  readonly matched: number
  readonly modified: number
  readonly upsertedId?: string
  /** The document that the request asked to return; absent where there is none. */
  readonly document?: Document
}
