import type { Document } from "@nosql/contracts"
import type { Batch } from "@nosql/core/driver"

/** How many documents are left out at the start, and how many come. */
export interface Window {
  readonly skip: number
  readonly limit?: number
}

/** One answer after the other, each document once. A later one is asked for only where the earlier ones gave too few. */
export async function* joinAnswers(
  answers: readonly (() => AsyncIterable<Batch>)[],
  { skip, limit = Number.POSITIVE_INFINITY }: Window,
): AsyncGenerator<Batch> {
  const seen = new Set<unknown>()
  let toSkip = skip
  let toTake = limit
  for (const open of answers) {
    for await (const { documents, revisions } of open()) {
      const kept: number[] = []
      for (const [i, document] of documents.entries()) {
        const id = document["_id"]
        if (seen.has(id) || toTake === 0) continue
        seen.add(id)
        if (toSkip > 0) toSkip--
        else {
          toTake--
          kept.push(i)
        }
      }
      if (kept.length > 0) yield pick(documents, revisions, kept)
      if (toTake === 0) return
    }
  }
}

function pick(documents: Batch["documents"], revisions: Batch["revisions"], kept: readonly number[]): Batch {
  const picked = kept.map((i) => documents[i] as Document)
  return revisions === undefined
    ? { documents: picked }
    : { documents: picked, revisions: kept.map((i) => revisions[i]) }
}
