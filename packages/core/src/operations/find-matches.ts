import type { Query } from "../ast/query.ts"
import type { ReadDocument } from "../driver/driver.ts"
import type { FindPlan } from "../driver/plan.ts"
import type { Operation } from "./operation.ts"
import { streamingAgain } from "./plan-again.ts"
import { planRead, readForWriting } from "./read-documents.ts"

/** A document to write. */
export interface Match extends ReadDocument {
  /** It may be as it was before its newest write. */
  readonly eventual: boolean
  /** How often it was tried to write it, each time in vain. */
  readonly attempts: number
}

/** How the matches are looked for. */
export interface Look {
  readonly consistency?: "strong"
}

/** The documents that a query finds, each with what its conditional write needs. */
export function findMatches(operation: Operation, query: Query): AsyncIterable<readonly Match[]> {
  return streamingAgain(
    operation,
    () => planRead(operation, query),
    (plan) => readMatches(operation, plan),
  )
}

async function* readMatches(operation: Operation, plan: FindPlan): AsyncGenerator<readonly Match[]> {
  const { eventual = false } = plan
  for await (const batch of readForWriting(operation, plan))
    yield batch.map((match) => ({ ...match, eventual, attempts: 0 }))
}

export function idOf({ document }: ReadDocument): string {
  return document["_id"] as string
}
