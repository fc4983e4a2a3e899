import { type ErrorCode, NoSQLError, type NoSQLErrorOptions } from "@nosql/contracts"

/** The call that an error belongs to. */
export interface ErrorContext {
  readonly operation: string
  readonly collection: string
}

export function memoryError(
  code: ErrorCode,
  problem: string,
  { operation, collection }: ErrorContext,
  more: NoSQLErrorOptions,
): NoSQLError {
  return new NoSQLError(code, `${operation}: ${problem}`, {
    operation,
    collection,
    backend: "memory",
    ...more,
  })
}
