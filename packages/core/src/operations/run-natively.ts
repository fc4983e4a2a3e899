import type { BulkOutcome, BulkStep } from "../driver/driver.ts"
import { nameRefusedPath } from "./name-refused-path.ts"
import type { Operation } from "./operation.ts"
import type { BulkItem } from "./parse-bulk.ts"
import { planNative } from "./plan-native.ts"
import { joinInserts, resumeOrdered } from "./resume-ordered.ts"
import { lostRace } from "./retry-races.ts"
import { runSingly } from "./run-singly.ts"

/**
 * Runs a bulk in as few requests as the store needs. Undefined where one of the writes is not the store's to do.
 * Expired documents can be in the way of any: then each is its own request.
 */
export async function runNatively(
  operation: Operation,
  items: readonly BulkItem[],
  ordered: boolean,
): Promise<BulkOutcome | undefined> {
  const { store, collection, call } = operation
  if (store.runBulk === undefined || collection.info.ttl !== undefined) return undefined
  const steps: BulkStep[] = []
  for (const item of items) {
    const step = nativeStep(operation, item)
    if (step === undefined) return undefined
    steps.push(step)
  }
  const outcome = await store.runBulk(collection.info, steps, { ...call, ordered })
  return retryLostRaces(operation, items, await namePaths(operation, items, outcome), ordered)
}

/** Says at which path a store refused an update, where it did not tell itself. */
async function namePaths(
  operation: Operation,
  items: readonly BulkItem[],
  outcome: BulkOutcome,
): Promise<BulkOutcome> {
  const failures: BulkOutcome["failures"][number][] = []
  for (const { index, error } of outcome.failures) {
    const item = items[index]
    const named = item?.kind === "write" ? await nameRefusedPath(operation, item.request, error) : error
    failures.push({ index, error: named })
  }
  return { ...outcome, failures }
}

/** An upsert that was told that its document is there lost a race, or meets another document's value: tried singly, it will tell. */
async function retryLostRaces(
  operation: Operation,
  items: readonly BulkItem[],
  outcome: BulkOutcome,
  ordered: boolean,
): Promise<BulkOutcome> {
  const isLost = ({ index, error }: BulkOutcome["failures"][number]) => {
    const item = items[index]
    return item?.kind === "write" && item.upsert !== undefined && lostRace(error)
  }
  const lost = outcome.failures.filter(isLost).map(({ index }) => index)
  const [first] = lost
  if (first === undefined) return outcome
  const failures = outcome.failures.filter((failure) => !isLost(failure))
  const again = await runSingly(operation, pick(items, lost), ordered)
  const settled = joined({ ...outcome, failures }, again, (i) => lost[i] as number)
  if (!ordered) return settled
  const run = (rest: readonly BulkItem[]) => runNatively(operation, rest, ordered)
  return resumeOrdered(items, { stoppedAt: first, settled }, run, joined)
}

function pick<T>(items: readonly T[], indexes: readonly number[]): T[] {
  return indexes.map((index) => items[index] as T)
}

function joined(a: BulkOutcome, b: BulkOutcome, indexOf: (index: number) => number): BulkOutcome {
  return {
    ...joinInserts(a, b, indexOf),
    inserted: a.inserted + b.inserted,
    matched: a.matched + b.matched,
    modified: a.modified + b.modified,
    deleted: a.deleted + b.deleted,
    upserted: [...a.upserted, ...b.upserted.map(({ index, id }) => ({ index: indexOf(index), id }))],
  }
}

function nativeStep(operation: Operation, item: BulkItem): BulkStep | undefined {
  if (item.kind === "insert") return item
  const native = planNative(operation, item.request, item.upsert)
  return native === undefined ? undefined : { kind: "write", ...native }
}
