/** How a store is reached: by key, by an index, by reading everything, or unknown (its indexes were not declared). */
export type Access = "key" | "index" | "scan" | "unknown"

/** What happens to a query that reads a whole collection to find some of it. */
export type ScanPolicy = "allow" | "warn" | "refuse"

/** Whether a read must see every write that was acknowledged before it. */
export type Consistency = "strong" | "eventual"

/** What `explain()` says about a query: the plan, as it would run. */
export interface Explanation {
  readonly backend: string
  readonly collection: string
  readonly access: Access
  /** The index used, by name. */
  readonly index?: string
  /** The native request, as printable data. */
  readonly native: unknown
  /** The steps that are done in this process after the store has answered, in order. */
  readonly remaining: readonly ("filter" | "sort" | "after" | "skip" | "limit" | "projection")[]
  /** Why the plan is as it is, and what would mend it. */
  readonly reasons: readonly string[]
  /** What the store itself says of the native request; with `verbosity: "server"` where the store can tell. */
  readonly server?: unknown
}
