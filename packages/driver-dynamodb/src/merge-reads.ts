import type { Document } from "@nosql/contracts"
import { compareDocuments, type SortKey } from "@nosql/core/driver"
import type { Found } from "./read-context.ts"
import type { Attributes } from "./value-codec.ts"

/** Reads that wait for their answers at a time, where they are given one after the other. */
const concurrency = 8

/** One after the other. `eager`: those that come next are on their way. */
export async function* concatReads(
  reads: readonly AsyncGenerator<Found>[],
  eager: boolean,
): AsyncGenerator<Found> {
  const started = new Map<number, Promise<IteratorResult<Found>>>()
  const window = eager ? concurrency : 1
  try {
    for (const [i, read] of reads.entries()) {
      for (let next = i; next < Math.min(reads.length, i + window); next++) {
        if (!started.has(next)) started.set(next, begin(reads[next] as AsyncGenerator<Found>))
      }
      let result = await (started.get(i) as Promise<IteratorResult<Found>>)
      while (result.done !== true) {
        yield result.value
        result = await read.next()
      }
    }
  } finally {
    await endAll(reads)
  }
}

/** Nobody may come for it: then its failure is nobody's. */
function begin(read: AsyncGenerator<Found>): Promise<IteratorResult<Found>> {
  const first = read.next()
  first.catch(() => {})
  return first
}

interface Source {
  readonly read: AsyncGenerator<Found>
  found: Found
  at: number
}

const batchSize = 500

/** Reads that have the sort's order each, as one that has it. */
export async function* mergeReads(
  reads: readonly AsyncGenerator<Found>[],
  sort: readonly SortKey[],
): AsyncGenerator<Found> {
  const compare = compareDocuments(sort)
  try {
    const firsts = await Promise.all(reads.map((read) => read.next()))
    let sources = firsts.flatMap((first, i): Source[] => {
      return first.done === true
        ? []
        : [{ read: reads[i] as AsyncGenerator<Found>, found: first.value, at: 0 }]
    })
    let documents: Document[] = []
    let items: Attributes[] = []
    while (sources.length > 0) {
      const source = leastOf(sources, compare)
      documents.push(source.found.documents[source.at] as Document)
      items.push(source.found.items[source.at] as Attributes)
      source.at += 1
      const drained = source.at === source.found.documents.length
      if (documents.length < batchSize && !drained) continue
      yield { documents, items }
      documents = []
      items = []
      if (!drained) continue
      const next = await source.read.next()
      if (next.done === true) sources = sources.filter((other) => other !== source)
      else Object.assign(source, { found: next.value, at: 0 })
    }
  } finally {
    await endAll(reads)
  }
}

/** There are no more than some dozens. */
function leastOf(sources: readonly Source[], compare: (a: Document, b: Document) => number): Source {
  let least = sources[0] as Source
  for (const source of sources) if (compare(headOf(source), headOf(least)) < 0) least = source
  return least
}

function headOf({ found, at }: Source): Document {
  return found.documents[at] as Document
}

async function endAll(reads: readonly AsyncGenerator<Found>[]): Promise<void> {
  await Promise.allSettled(reads.map((read) => read.return(undefined)))
}

/** Each document once: two reads may have found it. */
export async function* distinctReads(read: AsyncGenerator<Found>): AsyncGenerator<Found> {
  const seen = new Set<string>()
  for await (const { documents, items } of read) {
    const fresh = documents.flatMap((document, i) => {
      const id = document["_id"] as string
      if (seen.has(id)) return []
      seen.add(id)
      return [i]
    })
    if (fresh.length > 0)
      yield {
        documents: fresh.map((i) => documents[i] as Document),
        items: fresh.map((i) => items[i] as Attributes),
      }
  }
}
