import type { Document } from "@nosql/contracts"
import type { WriteResult } from "../plain-collection.ts"
import type { Answer } from "./answer.ts"
import { unexpected } from "./check-refused.ts"
import { Difference } from "./difference.ts"
import { type State, sameState } from "./state.ts"

/** An upsert that found nothing: one document more. Returns it. */
export function checkInserted(
  { error, result, state }: Answer,
  before: State,
  document: Document,
): Document | undefined {
  if (before.has(document["_id"] as string)) {
    // The id is there, but its document does not match the filter.
    if (error?.code !== "already-exists")
      throw new Difference(`expected already-exists, not ${error?.code ?? "a result"}`)
    if (!sameState(before, state)) throw new Difference("the store refused, and wrote")
    return undefined
  }
  if (error !== undefined) throw unexpected(error)
  const id = [...state.keys()].find((key) => !before.has(key))
  const inserted = { _id: id ?? "", ...document }
  if (id === undefined || !sameState(new Map(before).set(id, inserted), state))
    throw new Difference("the upsert inserted another document, or none", {
      expected: document,
      answered: state.get(id ?? ""),
    })
  return result === undefined ? undefined : state.get(id)
}

export function checkUpsertResult(result: WriteResult | undefined, inserted: Document): void {
  if (result?.upsertedId !== inserted["_id"] || result?.matched !== 0 || result.modified !== 0)
    throw new Difference("the result tells no upsert, or another", { answered: result })
}
