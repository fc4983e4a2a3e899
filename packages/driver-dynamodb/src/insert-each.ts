import type { Document } from "@nosql/contracts"
import { type InsertOutcome, someAtATime } from "@nosql/core/driver"
import { insertOne } from "./insert-one.ts"
import { InsertReport } from "./insert-report.ts"
import type { InsertTarget } from "./insert-target.ts"

/** How many documents are written at a time. */
const defaultConcurrency = 16

/** Inserts each document by a request of its own, some at a time. */
export async function insertEach(
  target: InsertTarget,
  documents: readonly Document[],
  concurrency = defaultConcurrency,
  insert: (target: InsertTarget, document: Document) => Promise<void> = insertOne,
): Promise<InsertOutcome> {
  const report = new InsertReport()
  await someAtATime([...documents.entries()], concurrency, async ([index, document]) => {
    try {
      await insert(target, document)
      report.done([index])
    } catch (error) {
      report.failed([index], error)
    }
    return target.call.signal?.aborted || (target.call.ordered && report.stopped) ? "stop" : undefined
  })
  return report.outcome()
}
