import type { Access, Explanation } from "./access.ts"
import type { ErrorCode } from "./error-code.ts"

/**
 * What log lines and diagnostics channels tell of an operation: names, plans and numbers.
 * Never a value of a document, a filter or an update, and never a native request.
 */
export interface OperationReport {
  /** The method that was called: `"find"`, `"updateOne"` … */
  readonly operation: string
  readonly collection?: string
  /** The driver's name. */
  readonly backend?: string
  readonly access?: Access
  /** The index used, by name. */
  readonly index?: string
  /** The steps that were left to this process. */
  readonly remaining?: Explanation["remaining"]
  /** Why the plan is as it is, and what would mend it. */
  readonly reasons?: readonly string[]
  /** A hash of collection, paths, operators and sort: operations that share it differ in their values only. */
  readonly shape?: string
  readonly counts?: OperationCounts
  /** Milliseconds. For documents that are streamed: without the time that their reader took. */
  readonly durationMs?: number
  /** The code of the error it ended with. */
  readonly code?: ErrorCode
}

/** How many documents an operation dealt with. */
export interface OperationCounts {
  /** Documents given to the caller. */
  readonly returned?: number
  readonly inserted?: number
  readonly matched?: number
  readonly modified?: number
  readonly deleted?: number
}
