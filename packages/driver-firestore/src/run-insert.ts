import type { Document } from "@nosql/contracts"
import type { InsertOutcome, ReplacementOutcome } from "@nosql/core/driver"
import { classifyError } from "./classify-error.ts"
import { commitChanges } from "./commit-changes.ts"
import type { WriteTarget } from "./write-target.ts"

/** Inserts documents; failures are reported by index. */
export async function runInsert(
  documents: readonly Document[],
  target: WriteTarget,
  ordered: boolean,
): Promise<InsertOutcome> {
  const changes = documents.map((document) => ({ kind: "create", document }) as const)
  const done: number[] = []
  const failures: { index: number; error: unknown }[] = []
  const unknown: number[] = []
  let stop: unknown
  for (const [index, outcome] of (await commitChanges(changes, target, ordered)).entries()) {
    if (outcome === true) done.push(index)
    else if (outcome !== undefined && outcome !== false) note(index, outcome)
  }
  return { done, failures, unknown, ...(stop === undefined ? {} : { error: stop }) }

  function note(index: number, { error }: Exclude<ReplacementOutcome, boolean | undefined>): void {
    const failure = classifyError(error, target.place)
    if (failure.details["unknown"] === undefined) failures.push({ index, error: failure })
    else {
      unknown.push(index)
      stop ??= failure
    }
  }
}
