import type { Failure } from "./failure.ts"
import { type GrpcStatus, grpcStatus } from "./grpc-status.ts"

/** Server errors by their status. */
const failures: Readonly<Record<GrpcStatus, Failure>> = {
  [grpcStatus.cancelled]: { code: "aborted", text: "the request was cancelled", lost: true },
  [grpcStatus.unknown]: { code: "unknown", text: "the server failed and does not say why", lost: true },
  [grpcStatus.invalidArgument]: {
    code: "invalid-argument",
    text: "the server refused the request: a value, a path or a size is not what it takes",
  },
  [grpcStatus.deadlineExceeded]: { code: "timeout", text: "the time ran out", lost: true },
  [grpcStatus.notFound]: {
    code: "not-found",
    text: "there is no such database or document; check projectId and databaseId",
  },
  [grpcStatus.alreadyExists]: { code: "already-exists", text: "it is there already" },
  [grpcStatus.permissionDenied]: {
    code: "permission-denied",
    text: "the account may not do this; check the project, the database and the account's IAM role (Cloud Datastore User)",
  },
  [grpcStatus.resourceExhausted]: {
    code: "resource-exhausted",
    text: "a quota or a rate of the database is used up",
    undone: true,
  },
  [grpcStatus.failedPrecondition]: {
    code: "failed-precondition",
    text: "the database is not in the state that the request needs",
  },
  [grpcStatus.aborted]: { code: "conflict", text: "other writers were first", undone: true },
  [grpcStatus.outOfRange]: {
    code: "invalid-argument",
    text: "a value is out of the range that the server takes",
  },
  [grpcStatus.unimplemented]: { code: "unsupported", text: "this server cannot do it" },
  [grpcStatus.internal]: { code: "unavailable", text: "the server failed", lost: true },
  [grpcStatus.unavailable]: {
    code: "unavailable",
    text: "the server cannot be reached or cannot serve the request now",
    lost: true,
  },
  [grpcStatus.dataLoss]: { code: "unknown", text: "the server lost data" },
  [grpcStatus.unauthenticated]: {
    code: "unauthenticated",
    text: "the server did not accept the credentials; check the option credentials",
  },
}

export function serverFailure(status: GrpcStatus): Failure {
  return failures[status]
}
