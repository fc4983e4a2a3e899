import type { WriteBatch } from "@google-cloud/firestore"
import { commitBatch } from "./commit-batch.ts"
import { isInvalid } from "./grpc-status.ts"
import { isLost, isPassing, isUndone, type Sender, waitBefore } from "./retry.ts"

/** What may be done where the answer to a write was lost. */
export type Repeat =
  | "always" // the same once more changes nothing
  | "condition" // it carries one, which fails where it was done: then nobody knows by whom
  | "never" // the same once more would count twice

/** Commits writes, all or none, by the one policy for what fails for a moment only. Throws the SDK's own error. */
export async function commitWrites(
  batch: WriteBatch,
  repeat: Repeat,
  { context, call }: Sender,
): Promise<void> {
  let lost: unknown
  for (let attempt = 1; ; attempt++) {
    try {
      return await context.gate.send(() => commitBatch(batch))
    } catch (error) {
      const again = repeat === "never" ? isUndone(error) : isPassing(error)
      // What is refused now says nothing of a try before it, which may be what made the condition false; only what is invalid always was.
      if (!again) throw isInvalid(error) ? error : (lost ?? error)
      if (isLost(error)) lost = error
      if (!(await waitBefore(attempt, call))) throw lost ?? error
    }
  }
}
