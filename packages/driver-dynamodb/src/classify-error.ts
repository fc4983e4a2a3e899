import { NoSQLError } from "@nosql/contracts"
import type { DriverCall } from "@nosql/core/driver"
import { type Failure, failureText, isRetryable } from "./failure.ts"
import { sdkFailure } from "./sdk-failures.ts"

/** What an error is told with. */
interface ErrorContext {
  readonly collection?: string | undefined
  /** Set where the request was a write that may have been done. @default no */
  readonly maybeDone?: boolean
}

/**
 * The SDK's error as ours; the SDK's own object stays reachable as `cause`.
 * What servers and the SDK say can hold stored values, so nothing of it is repeated.
 */
export function classifyError(
  error: unknown,
  { operation, signal }: Pick<DriverCall, "operation" | "signal">,
  { collection, maybeDone = false }: ErrorContext = {},
): NoSQLError {
  if (NoSQLError.isInstance(error)) return error
  const failure = signal?.aborted ? aborted : sdkFailure(error)
  const maybe = maybeDone ? "; it may have been done, so look before you repeat it" : ""
  const missing = failure.code === "not-found" && collection !== undefined
  const text = missing ? missingTableText(collection) : failureText(failure)
  return new NoSQLError(missing ? "failed-precondition" : failure.code, `${operation}: ${text}${maybe}`, {
    operation,
    backend: "dynamodb",
    ...(collection === undefined ? {} : { collection }),
    ...(maybeDone ? { details: { unknown: true } } : {}),
    retryable: isRetryable(failure) && !maybeDone,
    cause: error,
  })
}

const aborted: Failure = { code: "aborted", fate: "lost" }

/** With the remedy: who provisions only where told has no table before. */
export function missingTableText(collection: string): string {
  return `the table of "${collection}" is not there; make it with collection.createCollection(), or connect with provision: "auto"`
}
