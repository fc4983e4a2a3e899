import { NoSQLError } from "@nosql/contracts"

/** Where a call stands, for the error that names it. */
export interface CallContext {
  readonly operation: string
  readonly collection?: string | undefined
  /** The driver that will answer; native values of others are refused. */
  readonly backend?: string | undefined
}

/** The error for a call that is wrong in itself: operation, path and remedy. */
export function argumentError(context: CallContext, path: string, problem: string): NoSQLError {
  const { operation, collection, backend } = context
  return new NoSQLError("invalid-argument", `${operation}${path === "" ? "" : ` at "${path}"`}: ${problem}`, {
    operation,
    ...(collection === undefined ? {} : { collection }),
    ...(backend === undefined ? {} : { backend }),
    ...(path === "" ? {} : { path }),
  })
}
