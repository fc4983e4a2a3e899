import { NoSQLError } from "@nosql/contracts"
import type { InsertOutcome } from "@nosql/core/driver"
import { sdkFailure } from "./sdk-failures.ts"

/** The SDK's error behind one of ours. */
export function causeOf(error: unknown): unknown {
  return NoSQLError.isInstance(error) ? error.cause : undefined
}

/** Whether a request found no table, and so did nothing. */
export function isMissingTable(error: unknown): boolean {
  return sdkFailure(causeOf(error)).code === "not-found"
}

/** Whether that is all that an insert found. */
export function foundNoTable({ done, unknown = [], failures }: InsertOutcome): boolean {
  const none = done.length + unknown.length === 0
  return none && failures.length > 0 && failures.every(({ error }) => isMissingTable(error))
}
