import type { Query as SdkQuery } from "@google-cloud/firestore"
import type { Batch } from "@nosql/core/driver"
import type { NativeQuery } from "./native-query.ts"
import type { ReadSource } from "./read-source.ts"
import { retry } from "./retry.ts"
import { toBatch } from "./to-batch.ts"

/** The most documents that are awaited as one answer. */
export const oneAnswer = 2000

/** All that a query finds: in one answer where that is small. What is selected of a larger one has the keys of a position to go on from. */
export async function* readWhole(
  query: SdkQuery,
  { limit }: Pick<NativeQuery, "limit">,
  source: ReadSource,
): AsyncGenerator<Batch> {
  if (limit === undefined || limit > oneAnswer) {
    yield* readPages(query, { first: source.call.batchSize ?? oneAnswer, limit }, source)
    return
  }
  const { docs } = await retry(source, () => query.get())
  if (docs.length > 0) yield toBatch(docs, source)
}

/** Which pages a query is read in. */
interface Paging {
  readonly first: number
  /** How many documents in all. */
  readonly limit?: number | undefined
}

/**
 * Page by page, each twice as large, because what comes behind may need few: what is not read is not paid.
 * Not by the SDK's stream: one that is left before its end keeps its request for minutes, and `terminate` waits for it.
 */
export async function* readPages(
  query: SdkQuery,
  { first, limit = Number.POSITIVE_INFINITY }: Paging,
  source: ReadSource,
): AsyncGenerator<Batch> {
  let next = query
  let left = limit
  for (let size = first; left > 0; size = Math.max(first, Math.min(oneAnswer, size * 2))) {
    const wanted = Math.min(size, left)
    const page = next.limit(wanted)
    const { docs } = await retry(source, () => page.get())
    if (docs.length > 0) yield toBatch(docs, source)
    const last = docs.at(-1)
    if (docs.length < wanted || last === undefined) return
    left -= docs.length
    // What was skipped lies before the position.
    next = query.offset(0).startAfter(last)
  }
}
