import type { Document } from "@nosql/contracts"
import type { Change } from "../arbitraries/writes.ts"
import { applyUpdate } from "../reference/apply-update.ts"
import { documentAsStored } from "../reference/as-stored.ts"
import type { PlainFilter } from "../reference/matches.ts"
import { Refused } from "../reference/promise.ts"
import { seedUpsert } from "../reference/seed-upsert.ts"
import { same } from "./same.ts"

/** What a write makes of one document: another, none, or a refusal that leaves it as it was. */
export type Outcome =
  | { readonly kind: "becomes"; readonly document: Document | undefined }
  | { readonly kind: "refused"; readonly paths: readonly string[] }

/** What a change makes of a document that is there. */
export function changed(document: Document, change: Change, bigintFields: readonly string[]): Outcome {
  return outcomeOf(() => {
    if (change.kind === "update")
      return documentAsStored(applyUpdate(document, change.update, { bigintFields }), bigintFields)
    if (change.kind === "delete") return undefined
    return documentAsStored({ _id: document["_id"] as string, ...change.replacement }, bigintFields)
  })
}

/** What an upsert makes of nothing: a document, without an `_id` where the store is to choose one. */
export function upserted(filter: PlainFilter, change: Change, bigintFields: readonly string[]): Outcome {
  return outcomeOf(() => {
    const seed = seedUpsert(filter)
    if (change.kind === "update")
      return documentAsStored(
        applyUpdate(seed, change.update, { isInsert: true, bigintFields }),
        bigintFields,
      )
    // "Replace-upsert takes only `_id`."
    const id = seed["_id"] === undefined ? {} : { _id: seed["_id"] }
    return documentAsStored(change.kind === "replace" ? { ...id, ...change.replacement } : seed, bigintFields)
  })
}

export function outcomeOf(run: () => Document | undefined): Outcome {
  try {
    return { kind: "becomes", document: run() }
  } catch (error) {
    if (error instanceof Refused) return { kind: "refused", paths: error.paths }
    throw error
  }
}

export function refusedPaths(outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap((outcome) => (outcome.kind === "refused" ? outcome.paths : []))
}

export function isChanged(document: Document, outcome: Outcome): boolean {
  return outcome.kind === "becomes" && !same(outcome.document, document)
}
