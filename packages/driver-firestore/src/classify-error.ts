import { NoSQLError } from "@nosql/contracts"
import { type DriverCall, writesDocuments } from "@nosql/core/driver"
import { clientFailure } from "./client-failures.ts"
import type { Failure } from "./failure.ts"
import { type GrpcStatus, isTooLarge, statusOf } from "./grpc-status.ts"
import { serverFailure } from "./server-failures.ts"
import { StoreClosed } from "./store-closed.ts"

/** Where a failed call stands. */
export interface ErrorPlace {
  readonly operation: string
  readonly signal?: AbortSignal
  readonly collection?: string
  /** More than the table says, for this error. */
  readonly text?: string
}

/** The place of a call of the driver's. */
export function placeOf({ operation, signal }: DriverCall, collection?: string): ErrorPlace {
  return {
    operation,
    ...(signal === undefined ? {} : { signal }),
    ...(collection === undefined ? {} : { collection }),
  }
}

/**
 * The SDK's error as ours; the SDK's own object stays reachable as `cause`.
 * What the server says can hold stored values, so nothing of it is repeated.
 */
export function classifyError(error: unknown, place: ErrorPlace): NoSQLError {
  if (NoSQLError.isInstance(error)) return error
  const { operation, signal, collection } = place
  const status = statusOf(error)
  const failure = signal?.aborted && error === signal.reason ? aborted : failureOf(error, status)
  const { code } = failure
  const unknown = failure.lost === true && writesDocuments(operation)
  const number = status === undefined ? "" : ` (gRPC status ${status})`
  const maybe = unknown ? "; it may have been done, so look before you repeat it" : ""
  return new NoSQLError(code, `${operation}: ${place.text ?? failure.text}${number}${maybe}`, {
    operation,
    backend: "firestore",
    ...(collection === undefined ? {} : { collection }),
    ...(unknown ? { details: { unknown: true } } : {}),
    retryable: !unknown && retryable.has(code),
    cause: error,
  })
}

const retryable: ReadonlySet<string> = new Set(["unavailable", "timeout", "conflict", "resource-exhausted"])
const tooLarge: Failure = { code: "invalid-argument", text: "the request is larger than the server takes" }
const aborted: Failure = { code: "aborted", text: "aborted by the caller's signal", lost: true }

function failureOf(error: unknown, status: GrpcStatus | undefined): Failure {
  if (isTooLarge(error)) return tooLarge
  if (status !== undefined) return serverFailure(status)
  if (error instanceof StoreClosed) return closed(error)
  return error instanceof Error
    ? clientFailure(error)
    : { code: "unknown", text: "the Firestore driver failed" }
}

function closed({ message, sent }: StoreClosed): Failure {
  return { code: "closed", text: message, ...(sent ? { lost: true } : {}) }
}
