import { type Document, NoSQLError } from "@nosql/contracts"
import type { PlainCollection, WriteResult } from "../plain-collection.ts"
import { readState, type State } from "./state.ts"

/** What a write answered, and what is stored after it. */
export interface Answer {
  /** Of a `findOneAnd…` the document. */
  readonly result?: WriteResult | Document | null
  readonly error?: NoSQLError
  readonly state: State
}

export async function answerOf(
  target: PlainCollection,
  work: () => Promise<Answer["result"]>,
): Promise<Answer> {
  const outcome = await work().then(
    (result) => ({ result: result ?? null }),
    (error: unknown) => {
      if (!NoSQLError.isInstance(error)) throw error
      return { error }
    },
  )
  return { ...outcome, state: await readState(target) }
}
