import type { Document } from "@nosql/contracts"
import { Refused } from "../reference/promise.ts"

/** What a write makes of one document: another, none, or a refusal that leaves it as it was. */
export type Outcome =
  | { readonly kind: "becomes"; readonly document: Document | undefined }
  | { readonly kind: "refused"; readonly paths: readonly string[] }

export function outcomeOf(run: () => Document | undefined): Outcome {
  try {
    return { kind: "becomes", document: run() }
  } catch (error) {
    if (error instanceof Refused) return { kind: "refused", paths: error.paths }
    throw error
  }
}
