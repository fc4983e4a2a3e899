import type { QueryDocumentSnapshot, Query as SdkQuery } from "@google-cloud/firestore"
import type { Batch, ReadCall } from "@nosql/core/driver"
import { isPassing, retry, waitBefore } from "./retry.ts"
import { toBatch } from "./to-batch.ts"

/** So many documents or fewer are awaited as one answer; more come as a stream. */
const oneAnswer = 1000
const batchSize = 500

/** All that a query finds. */
export async function* readWhole(
  query: SdkQuery,
  limit: number | undefined,
  call: ReadCall,
): AsyncGenerator<Batch> {
  if (limit === undefined || limit > oneAnswer) {
    yield* readStream(query, call)
    return
  }
  const { docs } = await retry(call, () => query.get())
  if (docs.length > 0) yield toBatch(docs, call)
}

/** Begun again where nothing has come yet; later the SDK goes on behind the last document where the server was away meanwhile. Ending the iteration ends the stream. */
async function* readStream(query: SdkQuery, call: ReadCall): AsyncGenerator<Batch> {
  for (let attempt = 1; ; attempt++) {
    let begun = false
    try {
      for await (const batch of readOnce(query, call)) {
        begun = true
        yield batch
      }
      return
    } catch (error) {
      if (begun || !isPassing(error) || !(await waitBefore(attempt, call))) throw error
    }
  }
}

async function* readOnce(query: SdkQuery, call: ReadCall): AsyncGenerator<Batch> {
  const stream = query.stream()
  const end = () => destroy(stream, call.signal?.reason)
  call.signal?.addEventListener("abort", end, { once: true })
  const size = call.batchSize ?? batchSize
  let found: QueryDocumentSnapshot[] = []
  try {
    for await (const snapshot of stream) {
      found.push(snapshot as unknown as QueryDocumentSnapshot)
      if (found.length < size) continue
      yield toBatch(found, call)
      found = []
    }
    if (found.length > 0) yield toBatch(found, call)
  } finally {
    call.signal?.removeEventListener("abort", end)
    destroy(stream)
  }
}

/** The SDK's types know less of its streams than they are. */
function destroy(stream: NodeJS.ReadableStream, reason?: unknown): void {
  const { destroy } = stream as { destroy?: (error?: unknown) => void }
  destroy?.call(stream, reason)
}

/** Page by page, each twice as large, because what comes behind may need few: what is not read is not paid. */
export async function* readPages(query: SdkQuery, first: number, call: ReadCall): AsyncGenerator<Batch> {
  let next = query
  for (let size = first; ; size = Math.min(oneAnswer, size * 2)) {
    const page = next.limit(size)
    const { docs } = await retry(call, () => page.get())
    if (docs.length > 0) yield toBatch(docs, call)
    const last = docs.at(-1)
    if (docs.length < size || last === undefined) return
    next = query.startAfter(last)
  }
}
