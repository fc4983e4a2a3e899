import type { Document } from "@nosql/contracts"
import type { PlainCollection } from "../plain-collection.ts"
import type { Outcome } from "./outcome.ts"
import { same } from "./same.ts"

/** The documents of a collection by id. */
export type State = ReadonlyMap<string, Document>

export async function readState(target: PlainCollection): Promise<State> {
  const documents = await target.find({}).toArray()
  return new Map(documents.map((document) => [document["_id"] as string, document]))
}

/** What a collection holds when one of its documents has become what it is to become. */
export function withOutcome(state: State, { _id }: Document, outcome: Outcome): State {
  const next = new Map(state)
  if (outcome.kind === "refused") return next
  if (outcome.document === undefined) next.delete(_id as string)
  else next.set(_id as string, outcome.document)
  return next
}

export function sameState(expected: State, actual: State): boolean {
  return (
    expected.size === actual.size && [...expected].every(([id, document]) => same(document, actual.get(id)))
  )
}
