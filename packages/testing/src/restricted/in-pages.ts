import type { Batch } from "@nosql/core/driver"

/** Batches cut into pages, with an empty one before each: stores that read before they filter send such, and they are not the end. */
export async function* inPages(batches: AsyncIterable<Batch>, size: number): AsyncGenerator<Batch> {
  for await (const { documents, revisions } of batches) {
    for (let start = 0; start < documents.length; start += size) {
      yield revisions === undefined ? { documents: [] } : { documents: [], revisions: [] }
      const page = documents.slice(start, start + size)
      yield revisions === undefined
        ? { documents: page }
        : { documents: page, revisions: revisions.slice(start, start + size) }
    }
  }
}
