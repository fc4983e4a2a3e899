import { NoSQLError } from "@nosql/contracts"
import { type ReplacementOutcome, someAtATime } from "@nosql/core/driver"
import { addChange } from "./add-change.ts"
import { changesNothing } from "./changes-nothing.ts"
import { commitChange } from "./commit-change.ts"
import { commitWrites } from "./commit-writes.ts"
import type { DocumentChange } from "./document-change.ts"
import { documentSize } from "./document-size.ts"
import { isInvalid, isOutdated, isTaken, isTooLarge, statusOf } from "./grpc-status.ts"
import { isLost } from "./retry.ts"
import { StoreClosed } from "./store-closed.ts"
import type { WriteTarget } from "./write-target.ts"

/** Writes in one commit. Firestore has no limit but the size (https://firebase.google.com/docs/firestore/quotas#writes_and_transactions); more is no faster. */
const maxWrites = 500
/** Of the 10 MiB of a request, its frame aside. */
const maxBytes = 8 * 1024 * 1024
/** Commits under way at a time, where the order does not matter. */
const concurrency = 4

/**
 * Commits many changes in few commits, each all or nothing: one that fails is halved until what stands in the way stands alone.
 * `ordered` stops at the first failure.
 */
export async function commitChanges(
  changes: readonly DocumentChange[],
  target: WriteTarget,
  ordered: boolean,
): Promise<ReplacementOutcome[]> {
  const outcomes: ReplacementOutcome[] = changes.map(() => undefined)
  const stopped = () =>
    outcomes.some((outcome) => typeof outcome === "object" && (ordered || isFinal(outcome.error)))
  await someAtATime(chunks(changes, target), ordered ? 1 : concurrency, async ({ from, to }) => {
    await commitChunk(from, to)
    return stopped() || target.call.signal?.aborted ? "stop" : undefined
  })
  return outcomes

  async function commitChunk(from: number, to: number): Promise<void> {
    if (to - from === 1) {
      outcomes[from] = await single(changes[from] as DocumentChange)
      return
    }
    const part = changes.slice(from, to)
    const together = part.every((change) => !changesNothing(change, target))
    const error = together ? await commitTogether(part, target) : "apart"
    if (error === undefined || (error !== "apart" && isFinal(error))) {
      // Nothing of the chunk was written; in order, its first stands for all that are not tried.
      const last = error !== undefined && ordered && !isLost(error) ? from + 1 : to
      for (let i = from; i < last; i++) outcomes[i] = error === undefined ? true : { error }
      return
    }
    const middle = (from + to) >> 1
    await commitChunk(from, middle)
    if (!stopped()) await commitChunk(middle, to)
  }

  async function single(change: DocumentChange): Promise<ReplacementOutcome> {
    try {
      return await commitChange(change, target)
    } catch (error) {
      return { error }
    }
  }
}

async function commitTogether(changes: readonly DocumentChange[], target: WriteTarget): Promise<unknown> {
  try {
    if (!(await target.admit(changes.length))) throw tooLate(target)
    const batch = target.context.firestore.batch()
    for (const change of changes) addChange(batch, change, target)
    await commitWrites(batch, "condition", target)
    return undefined
  } catch (error) {
    return error
  }
}

/** The ramp-up would hold the writes back for longer than the call lasts: nothing of them was sent. */
function tooLate({ place: { operation, collection = "" } }: WriteTarget): NoSQLError {
  return new NoSQLError(
    "timeout",
    `${operation}: timeoutMs would be over before Firestore's ramp-up admits the rest; give it more time, or write fewer at a time`,
    { operation, backend: "firestore", collection, retryable: true },
  )
}

/** Whether an error is no single change's: no condition of one failed, no value of one was refused, and fewer would not fit. */
function isFinal(error: unknown): boolean {
  if (NoSQLError.isInstance(error)) return error.code === "timeout"
  if (error instanceof StoreClosed) return true
  if (statusOf(error) === undefined) return false
  return !isOutdated(error) && !isTaken(error) && !isInvalid(error) && !isTooLarge(error)
}

function chunks(
  changes: readonly DocumentChange[],
  { uniques }: WriteTarget,
): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = []
  // Each unique value is up to two writes more.
  const most = Math.max(1, Math.floor(maxWrites / (1 + 2 * uniques.length)))
  let [from, bytes] = [0, 0]
  for (const [i, change] of changes.entries()) {
    const size = change.kind === "remove" ? 100 : documentSize(change.document)
    if (i > from && (i - from === most || bytes + size > maxBytes)) {
      found.push({ from, to: i })
      from = i
      bytes = 0
    }
    bytes += size
  }
  if (changes.length > 0) found.push({ from, to: changes.length })
  return found
}
