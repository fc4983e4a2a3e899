import type { ErrorCode } from "@nosql/contracts"

/** What a kind of error means. */
export interface Failure {
  readonly code: ErrorCode
  /** In place of the code's own text. */
  readonly text?: string
  /** Set where the server may have done what was asked, although it did not say so (matters for writes): `told` where the text tells it. */
  readonly lost?: true | "told"
  /** @default true for `unavailable`, `timeout` and `conflict` */
  readonly retryable?: boolean
}

const texts: Readonly<Partial<Record<ErrorCode, string>>> = {
  "already-exists": "a unique value is taken",
  "invalid-argument":
    "the server refused the request: a value, a path or an option is not what the operation takes",
  "not-found": "there is no such collection or index",
  "failed-precondition": "the server or the collection is not in the state that the operation needs",
  unsupported: "this server cannot do it",
  unauthenticated:
    "the server did not accept the credentials; check user, password, authSource and mechanism",
  "permission-denied": "the user may not do this; grant the role that it needs",
  "resource-exhausted": "a limit of the server is reached",
  unavailable: "the server cannot be reached or cannot serve the request now",
  timeout: "the time ran out",
  conflict: "another writer was first",
  validation: "the document fails the collection's validator",
  aborted: "aborted by the caller's signal",
  closed: "the client is closed",
  config: "the client's options cannot be used",
}

/** The words for a failure: never the SDK's or the server's, which can hold values. */
export function failureText({ code, text }: Failure): string {
  return text ?? texts[code] ?? "the MongoDB driver failed; see the cause"
}

export function isRetryable({ code, retryable }: Failure): boolean {
  return retryable ?? (code === "unavailable" || code === "timeout" || code === "conflict")
}
