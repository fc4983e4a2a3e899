import { type Document, NoSQLError } from "@nosql/contracts"
import type { Remaining } from "../driver/plan.ts"
import { bestDocuments } from "./best-documents.ts"
import { compileFilter } from "./compile-filter.ts"
import { projectDocument } from "./project-document.ts"
import { behindPosition, compareDocuments } from "./sort-documents.ts"

/** Does what a plan left undone, always in this order: filter, sort, after, skip, limit, project. */
export function finishQuery(
  batches: AsyncIterable<readonly Document[]>,
  remaining: Remaining,
  maxBufferedDocuments: number,
): AsyncIterable<readonly Document[]> {
  return leavesNothing(remaining) ? batches : finish(batches, remaining, maxBufferedDocuments)
}

export function leavesNothing(remaining: Remaining): boolean {
  return Object.keys(remaining).length === 0
}

async function* finish(
  batches: AsyncIterable<readonly Document[]>,
  remaining: Remaining,
  maxBufferedDocuments: number,
): AsyncGenerator<readonly Document[]> {
  const filtered = remaining.filter === undefined ? batches : filterBatches(batches, remaining)
  const sorted =
    remaining.sort === undefined ? filtered : sortBatches(filtered, remaining, maxBufferedDocuments)
  let toSkip = remaining.skip ?? 0
  let toTake = remaining.limit ?? Number.POSITIVE_INFINITY
  if (toTake === 0) return
  const { projection } = remaining
  for await (const batch of sorted) {
    const kept = batch.slice(toSkip, toSkip + toTake)
    toSkip = Math.max(0, toSkip - batch.length)
    toTake -= kept.length
    if (kept.length > 0)
      yield projection === undefined ? kept : kept.map((document) => projectDocument(document, projection))
    if (toTake === 0) return
  }
}

async function* filterBatches(
  batches: AsyncIterable<readonly Document[]>,
  { filter }: Remaining,
): AsyncGenerator<readonly Document[]> {
  const holds = filter === undefined ? () => true : compileFilter(filter)
  for await (const batch of batches) yield batch.filter(holds)
}

/**
 * What lies before the position of `after` is dropped as it comes, so that it is not held for the sort; so is, where a limit is known, what
 * comes behind the documents that are wanted.
 */
async function* sortBatches(
  batches: AsyncIterable<readonly Document[]>,
  { sort = [], after, skip = 0, limit }: Remaining,
  maxBufferedDocuments: number,
): AsyncGenerator<readonly Document[]> {
  const isBehind = after === undefined ? undefined : behindPosition(sort, after)
  const wanted = limit === undefined ? Number.POSITIVE_INFINITY : skip + limit
  const compare = compareDocuments(sort)
  const best = wanted <= maxBufferedDocuments ? bestDocuments(compare, wanted) : undefined
  const buffered: Document[] = []
  for await (const found of batches) {
    const batch = isBehind === undefined ? found : found.filter(isBehind)
    if (best !== undefined) {
      for (const document of batch) best.add(document)
      continue
    }
    if (buffered.length + batch.length > maxBufferedDocuments) throw tooMany(maxBufferedDocuments)
    buffered.push(...batch)
  }
  yield best === undefined ? buffered.sort(compare) : best.sorted()
}

function tooMany(maxBufferedDocuments: number): NoSQLError {
  return new NoSQLError(
    "resource-exhausted",
    `find: sorting in this process would hold more than maxBufferedDocuments (${maxBufferedDocuments}); declare an index in the sort's order, or narrow the filter`,
    { operation: "find" },
  )
}
