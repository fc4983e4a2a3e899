import type { Document, Update } from "@nosql/contracts"
import type { RepositoryContext } from "./repository-context.ts"

/** Operators and their operands, as a caller or a repository gives them. */
export type Operators = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** An update that leaves its mark: the time, and another version. */
export function touch({ behaviours }: RepositoryContext, update: Operators, now: Date): Update<Document> {
  const { timestamps, optimisticLocking } = behaviours
  return {
    ...update,
    ...(timestamps ? { $set: { ...update["$set"], updatedAt: now } } : {}),
    ...(optimisticLocking ? { $inc: { ...update["$inc"], version: 1 } } : {}),
  } as Update<Document>
}
