import type { WriteBatch } from "@google-cloud/firestore"
import type { DriverCall } from "@nosql/core/driver"
import { commitBatch } from "./commit-batch.ts"
import { grpcCode } from "./grpc-failures.ts"
import { isLost, isPassing, isUndone, waitBefore } from "./retry.ts"

/** What may be done where the answer to a write was lost. */
export type Repeat =
  | "always" // the same once more changes nothing
  | "condition" // it carries one, which fails where it was done: then nobody knows by whom
  | "never" // the same once more would count twice

/** Commits writes, all or none, by the one policy for what fails for a moment only. Throws the SDK's own error. */
export async function commitWrites(batch: WriteBatch, repeat: Repeat, call: DriverCall): Promise<void> {
  let lost: unknown
  for (let attempt = 1; ; attempt++) {
    try {
      return await commitBatch(batch)
    } catch (error) {
      // The first try may be what made the condition false.
      if (lost !== undefined && isRefusal(error)) throw lost
      if (repeat === "never" ? !isUndone(error) : !isPassing(error)) throw error
      if (isLost(error)) lost = error
      if (!(await waitBefore(attempt, call))) throw lost ?? error
    }
  }
}

/** NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION: a condition of the writes did not hold. */
export function isRefusal(error: unknown): boolean {
  const code = grpcCode(error)
  return code === 5 || code === 6 || code === 9
}
