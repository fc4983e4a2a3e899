import type { Document } from "@nosql/contracts"
import {
  type Batch,
  compareDocuments,
  compileFilter,
  type Query,
  type ReadDocument,
} from "@nosql/core/driver"
import type { RestrictedRead } from "./plan-restricted.ts"
import type { StaleImages } from "./stale-images.ts"

/** Which documents of a collection an index tells late, and how late. */
interface Lag {
  readonly images: StaleImages
  readonly collection: string
  readonly staleness: "images" | "misses"
}

/** What an index that lags behind finds for a condition: older images where they match it, gone documents among them. */
export async function* readStale(
  batches: AsyncIterable<Batch>,
  { pushed, query }: RestrictedRead,
  { images, collection, staleness }: Lag,
): AsyncGenerator<Batch> {
  const newest = new Map<unknown, ReadDocument>()
  for await (const { documents, revisions } of batches)
    for (const [i, document] of documents.entries())
      newest.set(document["_id"], { document, revision: revisions?.[i] })
  const matches = compileFilter(pushed)
  const misleads = staleness === "misses" ? () => false : misleading(query)
  const older = images
    .of(collection)
    .filter(({ document }) => matches(document) && !misleads(document, newest.get(document["_id"])?.document))
  for (const { document } of older) newest.delete(document["_id"])
  const heardOf = [...newest.values()].filter(
    ({ document }) => staleness === "images" || !images.lags(collection, document),
  )
  yield batchOf(older)
  yield batchOf(heardOf)
}

/** Whether a look that saw the older image would miss the newest, or meet it too late: as if it had not yet come to the index. */
function misleading({ filter, sort }: Query): (older: Document, newest: Document | undefined) => boolean {
  const matches = compileFilter(filter)
  const order = compareDocuments(sort)
  return (older, newest) =>
    newest !== undefined && matches(newest) && (!matches(older) || order(older, newest) > 0)
}

function batchOf(found: readonly ReadDocument[]): Batch {
  return {
    documents: found.map(({ document }) => document),
    revisions: found.map(({ revision }) => revision),
  }
}
