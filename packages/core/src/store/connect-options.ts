import type { Logger, Provision, ScanPolicy } from "@nosql/contracts"

/** What holds for all collections of a store, where their definitions say nothing else. */
export interface ConnectOptions {
  /** What happens to queries that read a whole collection to find some of it. @default "warn" */
  readonly scans?: ScanPolicy
  /** The most documents that a sort or a `distinct` in this process may hold. @default 100_000 */
  readonly maxBufferedDocuments?: number
  /** Who makes the declared indexes, and the tables of a store that has them. @default "auto"; "check" on DynamoDB at AWS */
  readonly provision?: Provision
  /** With it the cursors of pages are authenticated (HMAC-SHA-256): one that the store did not make is refused. @default none */
  readonly cursorSecret?: string
  /** Where warnings go. @default console */
  readonly logger?: Logger
}

/** What holds where nothing is said. */
export const defaultConnectOptions = {
  scans: "warn",
  maxBufferedDocuments: 100_000,
  provision: "auto",
} as const satisfies ConnectOptions

/** The options in force. */
export type StoreSettings = Required<Omit<ConnectOptions, "cursorSecret">> &
  Pick<ConnectOptions, "cursorSecret">
