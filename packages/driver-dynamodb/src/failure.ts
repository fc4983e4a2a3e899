import type { ErrorCode } from "@nosql/contracts"

/** What a kind of error means. */
export interface Failure {
  readonly code: ErrorCode
  /** In place of the code's own text. */
  readonly text?: string
  /** What is known of the request. @default "final": answered, and not done */
  readonly fate?: Fate
  /** @default true for `unavailable`, `timeout` and `conflict` */
  readonly retryable?: boolean
}

/** What became of a request that failed. */
export type Fate =
  /** Answered and not done: the same request fails again. */
  | "final"
  /** Answered and not done: too much at once, it may do later. */
  | "throttled"
  /** Answered and not done: it met another writer. */
  | "conflict"
  /** It never reached a server. */
  | "unsent"
  /** The answer never came: it may have been done. */
  | "lost"

const texts: Readonly<Partial<Record<ErrorCode, string>>> = {
  "already-exists": "a unique value is taken",
  "invalid-argument":
    "DynamoDB refused the request: a value, a path or an option is not what the operation takes",
  "not-found": "there is no such table",
  "failed-precondition": "the table is not in the state that the operation needs",
  unsupported: "DynamoDB cannot do it",
  unauthenticated: "the credentials are missing, expired or not accepted",
  "permission-denied": "the credentials may not do this; grant the action in their IAM policy",
  "resource-exhausted": "a limit of DynamoDB's is reached",
  unavailable: "DynamoDB cannot be reached or cannot serve the request now",
  timeout: "the time ran out",
  conflict: "another writer was first",
  aborted: "aborted by the caller's signal",
  closed: "the client is closed",
  config: "the client's options cannot be used",
}

/** The words for a failure: never the SDK's or the server's, which can hold values. */
export function failureText({ code, text }: Failure): string {
  return text ?? texts[code] ?? "DynamoDB or its SDK failed; see the cause"
}

export function isRetryable({ code, retryable }: Failure): boolean {
  return retryable ?? (code === "unavailable" || code === "timeout" || code === "conflict")
}
