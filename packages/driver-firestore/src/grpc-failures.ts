import type { ErrorCode } from "@nosql/contracts"

/** What a status of gRPC means. https://grpc.io/docs/guides/status-codes/ */
export interface Failure {
  readonly code: ErrorCode
  readonly text: string
  /** The server did nothing: the request may be sent again, whatever it was. */
  readonly undone?: true
  /** Set where the server may have done what was asked. */
  readonly lost?: true
}

export const grpcFailures: Readonly<Record<number, Failure>> = {
  1: { code: "aborted", text: "the request was cancelled", lost: true },
  2: { code: "unknown", text: "the server failed and does not say why", lost: true },
  3: {
    code: "invalid-argument",
    text: "the server refused the request: a value, a path or a size is not what it takes",
  },
  4: { code: "timeout", text: "the time ran out", lost: true },
  5: { code: "not-found", text: "there is no such database or document; check projectId and databaseId" },
  6: { code: "already-exists", text: "it is there already" },
  7: {
    code: "permission-denied",
    text: "the account may not do this; check the project, the database and the account's IAM role (Cloud Datastore User)",
  },
  8: { code: "resource-exhausted", text: "a quota or a rate of the database is used up", undone: true },
  9: { code: "failed-precondition", text: "the database is not in the state that the request needs" },
  10: { code: "conflict", text: "other writers were first", undone: true },
  11: { code: "invalid-argument", text: "a value is out of the range that the server takes" },
  12: { code: "unsupported", text: "this server cannot do it" },
  13: { code: "unavailable", text: "the server failed", lost: true },
  14: {
    code: "unavailable",
    text: "the server cannot be reached or cannot serve the request now",
    lost: true,
  },
  15: { code: "unknown", text: "the server lost data" },
  16: {
    code: "unauthenticated",
    text: "the server did not accept the credentials; check the option credentials",
  },
}

/** The number that an error of the SDK carries; undefined for what is no answer of the server's. */
export function grpcCode(error: unknown): number | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code
  return typeof code === "number" && Object.hasOwn(grpcFailures, code) ? code : undefined
}
