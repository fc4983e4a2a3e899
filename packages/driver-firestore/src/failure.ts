import type { ErrorCode } from "@nosql/contracts"

/** What a kind of error means. */
export interface Failure {
  readonly code: ErrorCode
  readonly text: string
  /** The server did nothing: the request may be sent again, whatever it was. */
  readonly undone?: true
  /** Set where the server may have done what was asked. */
  readonly lost?: true
}
