import type { Consistency, ScanPolicy } from "./access.ts"

/** Which members of a replica set answer reads; stores without members take it as said. */
export type ReadPreference = "primary" | "primaryPreferred" | "secondary" | "secondaryPreferred" | "nearest"

/** What every operation takes. */
export interface CallOptions {
  /** Overrides the collection's and the store's scan policy. */
  readonly scans?: ScanPolicy
  /** Ends the operation with `aborted`. A write may still have happened: the error's `details.unknown` says so. */
  readonly signal?: AbortSignal
  /** The whole operation's time, in milliseconds; past it the operation ends with `timeout`. @default none */
  readonly timeoutMs?: number
  /** Goes to the store's log and profiler where it has one (MongoDB). Never changes the answer. */
  readonly comment?: string
}

/** What every read takes beside. */
export interface ReadOptions extends CallOptions {
  /** @default "strong" where that costs no index */
  readonly consistency?: Consistency
  /** Advice: never changes what a consistent store answers. @default the store's setting */
  readonly readPreference?: ReadPreference
  /** The name of the index to use. Advice: stores whose planner takes no hints go without it. */
  readonly hint?: string
  /** How many documents the store sends at a time. Advice. @default 1,000 on MongoDB */
  readonly batchSize?: number
}
