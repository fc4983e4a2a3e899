import type { Document } from "@nosql/contracts"
import type { InsertOutcome } from "@nosql/core/driver"
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
  const waiting = [...documents.entries()]
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, document] = next
      try {
        await insert(target, document)
        report.done([index])
      } catch (error) {
        report.failed([index], error)
      }
      if (target.call.signal?.aborted || (target.call.ordered && report.stopped)) return
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, documents.length) }, worker))
  return report.outcome()
}
