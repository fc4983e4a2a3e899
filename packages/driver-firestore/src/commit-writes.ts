import type { WriteBatch } from "@google-cloud/firestore"
import type { DriverCall } from "@nosql/core/driver"
import { commitBatch } from "./commit-batch.ts"
import { isOutdated, isTaken } from "./grpc-status.ts"
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
      if (lost !== undefined && (isOutdated(error) || isTaken(error))) throw lost
      if (repeat === "never" ? !isUndone(error) : !isPassing(error)) throw error
      if (isLost(error)) lost = error
      if (!(await waitBefore(attempt, call))) throw lost ?? error
    }
  }
}
