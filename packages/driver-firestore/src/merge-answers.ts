import type { Document } from "@nosql/contracts"
import type { Batch } from "@nosql/core/driver"
import type { Window } from "./join-answers.ts"

interface Head {
  readonly document: Document
  readonly revision: unknown
}

const batchSize = 500

/** Answers in one order, that of `compare`, as one answer in it, each document once. */
export async function* mergeAnswers(
  answers: readonly AsyncIterable<Batch>[],
  compare: (a: Document, b: Document) => number,
  { skip, limit = Number.POSITIVE_INFINITY }: Window,
): AsyncGenerator<Batch> {
  const readers = answers.map(singly)
  const seen = new Set<unknown>()
  let found: Head[] = []
  let toSkip = skip
  let toTake = limit
  try {
    const heads = await Promise.all(readers.map((reader) => reader.next()))
    while (toTake > 0) {
      let best = -1
      for (const [i, head] of heads.entries()) {
        const other = heads[best]
        if (head.done) continue
        if (other === undefined || other.done || compare(head.value.document, other.value.document) < 0)
          best = i
      }
      const head = heads[best]
      const reader = readers[best]
      if (head === undefined || head.done || reader === undefined) break
      heads[best] = await reader.next()
      const id = head.value.document["_id"]
      if (seen.has(id)) continue
      seen.add(id)
      if (toSkip > 0) {
        toSkip--
        continue
      }
      toTake--
      found.push(head.value)
      if (found.length < batchSize) continue
      yield together(found)
      found = []
    }
    if (found.length > 0) yield together(found)
  } finally {
    await Promise.all(readers.map((reader) => reader.return(undefined)))
  }
}

async function* singly(answer: AsyncIterable<Batch>): AsyncGenerator<Head, undefined> {
  for await (const { documents, revisions } of answer) {
    for (const [i, document] of documents.entries()) yield { document, revision: revisions?.[i] }
  }
  return undefined
}

function together(found: readonly Head[]): Batch {
  return {
    documents: found.map(({ document }) => document),
    revisions: found.map(({ revision }) => revision),
  }
}
