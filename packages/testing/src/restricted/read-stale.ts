import { type Batch, compileFilter, type FilterNode, type ReadDocument } from "@nosql/core/driver"
import type { StaleImages } from "./stale-images.ts"

/** What an index that lags behind finds for a condition: older images where they match it, gone documents among them. */
export async function* readStale(
  batches: AsyncIterable<Batch>,
  images: StaleImages,
  collection: string,
  condition: FilterNode,
  staleness: "images" | "misses",
): AsyncGenerator<Batch> {
  const matches = compileFilter(condition)
  const older = images.of(collection).filter(({ document }) => matches(document))
  const ids = new Set(older.map(({ document }) => document["_id"]))
  yield batchOf(older)
  for await (const { documents, revisions } of batches) {
    const newer = documents.flatMap((document, i): ReadDocument[] => {
      if (ids.has(document["_id"])) return []
      return [{ document, revision: revisions?.[i] }]
    })
    yield batchOf(
      staleness === "misses" ? newer.filter(({ document }) => !images.lags(collection, document)) : newer,
    )
  }
}

function batchOf(found: readonly ReadDocument[]): Batch {
  return {
    documents: found.map(({ document }) => document),
    revisions: found.map(({ revision }) => revision),
  }
}
