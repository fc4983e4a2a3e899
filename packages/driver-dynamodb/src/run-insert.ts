import type { Document } from "@nosql/contracts"
import type { InsertOutcome } from "@nosql/core/driver"
import { insertBatches } from "./insert-batches.ts"
import { insertEach } from "./insert-each.ts"
import type { InsertTarget } from "./insert-target.ts"
import { insertWindows } from "./insert-windows.ts"

/**
 * Inserts in as few requests as can be. Only documents whose ids are new, and that hold no unique values, go without a condition, 25 at a time;
 * others go in transactions where their order counts, else each in its own request.
 */
export function runInsert(target: InsertTarget, documents: readonly Document[]): Promise<InsertOutcome> {
  const { state, call } = target
  if (documents.length === 1) return insertEach(target, documents, 1)
  if (call.newIds === true && state.unique.length === 0) return insertBatches(target, documents)
  return call.ordered ? insertWindows(target, documents) : insertEach(target, documents)
}
