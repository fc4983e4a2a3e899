import { NoSQLError } from "@nosql/contracts"
import { failureReason, safeCause } from "./failure-reason.ts"
import type { OpenStore } from "./open-store.ts"

/** A store that could not be closed. */
interface CloseFailure {
  readonly store: string
  readonly reason: string
  readonly cause: unknown
}

/** Closes the last store first, one after the other, and goes on when one fails. */
export async function closeStores(stores: readonly OpenStore[]): Promise<readonly CloseFailure[]> {
  const failures: CloseFailure[] = []
  for (const { name, store, secrets } of [...stores].reverse()) {
    try {
      await store.close()
    } catch (error) {
      failures.push({
        store: name,
        reason: failureReason(error, secrets),
        cause: safeCause(error, secrets),
      })
    }
  }
  return failures
}

/** The one error for all stores that could not be closed. */
export function closeError(failures: readonly CloseFailure[]): NoSQLError {
  const text = failures.map(({ store, reason }) => `the store "${store}" did not close: ${reason}`)
  return new NoSQLError("unknown", `close: ${text.join("; ")}; the other stores are closed`, {
    operation: "close",
    details: { failures: failures.map(({ store, reason }) => ({ store, reason })) },
    cause: failures[0]?.cause,
  })
}
