import type { CallOptions, Document, Filter, Update } from "@nosql/contracts"
import type { RepositoryContext } from "./repository-context.ts"
import { scoped } from "./scope.ts"

/** How many documents lacked each field that the repository keeps. */
export type BackfillReport = Readonly<Record<string, number>>

/**
 * Gives documents that were there before the repository what it keeps: until then, those without `_deleted` are not found.
 * It may run any number of times. What tenant a document belongs to only the application knows.
 */
export async function backfill(context: RepositoryContext, options?: CallOptions): Promise<BackfillReport> {
  const { softDelete, timestamps, optimisticLocking, clock } = context.behaviours
  const now = clock()
  const missing: Readonly<Record<string, Document>> = {
    ...(softDelete ? { _deleted: { _deleted: false } } : {}),
    ...(timestamps ? { createdAt: { createdAt: now }, updatedAt: { updatedAt: now } } : {}),
    ...(optimisticLocking ? { version: { version: 1 } } : {}),
  }
  const whole = { ...context, scope: { ...context.scope, deleted: "included" } } as const
  const report: Record<string, number> = {}
  for (const [field, $set] of Object.entries(missing)) {
    const filter: Filter<Document> = scoped(whole, { [field]: { $exists: false } })
    report[field] = (
      await context.collection.updateMany(filter, { $set } as Update<Document>, options)
    ).matched
  }
  return report
}
