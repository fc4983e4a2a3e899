import type { Logger, ScanPolicy } from "@nosql/contracts"

export interface ConnectOptions {
  /** What happens to queries that read a whole collection to find some of it. @default "warn" */
  readonly scans?: ScanPolicy
  /** The most documents that a sort in this process may hold. @default 100_000 */
  readonly maxBufferedDocuments?: number
  /** Where warnings go. @default console */
  readonly logger?: Logger
}
