import { NoSQLError } from "@nosql/contracts"
import type { ValueContext } from "../values/normalize-value.ts"

/** The error for a call that is wrong in itself: operation, path and remedy. */
export function argumentError(context: ValueContext, path: string, problem: string): NoSQLError {
  return new NoSQLError("invalid-argument", `${context.operation}${path === "" ? "" : ` at "${path}"`}: ${problem}`, {
    operation: context.operation,
    ...(context.collection === undefined ? {} : { collection: context.collection }),
    ...(context.backend === undefined ? {} : { backend: context.backend }),
    ...(path === "" ? {} : { path }),
  })
}
