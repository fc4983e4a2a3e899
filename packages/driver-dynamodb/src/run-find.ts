import { assertNever } from "@nosql/contracts"
import type { Batch, ReadCall } from "@nosql/core/driver"
import type { DynamoRead, SeveralReads } from "./dynamo-read.ts"
import { revisionOf } from "./item-codec.ts"
import { concatReads, distinctReads, mergeReads } from "./merge-reads.ts"
import { type Found, firstOf, ownLayout, type ReadContext } from "./read-context.ts"
import { readItem, readItems, readOwners } from "./read-items.ts"
import { countPages, readPages } from "./read-pages.ts"
import type { Requests } from "./request.ts"
import { settleTies } from "./settle-ties.ts"

/** Runs a read. Ending early sends nothing more. */
export async function* runFind(
  requests: Pick<Requests, "read">,
  read: DynamoRead,
  collection: string,
  call: ReadCall,
  layout = ownLayout,
): AsyncGenerator<Batch> {
  for await (const { documents, items } of run(read, { requests, collection, call, layout }))
    yield call.revisions ? { documents, revisions: items.map(revisionOf) } : { documents }
}

function run(read: DynamoRead, context: ReadContext): AsyncGenerator<Found> {
  switch (read.kind) {
    case "none":
      return concatReads([], false)
    case "item":
      return readItem(read, context)
    case "items":
      return readItems(read, context)
    case "owners":
      return readOwners(read, context)
    case "pages":
      return readPages(read, context)
    case "settled":
      return settleTies(readPages(read.read, context), read)
    case "several":
      return runSeveral(read, context)
    default:
      return assertNever(read)
  }
}

async function* runSeveral(
  { reads, sort, overlapping, take }: SeveralReads,
  context: ReadContext,
): AsyncGenerator<Found> {
  const parts = reads.map((read) => run(read, context))
  const joined = sort.length > 0 ? mergeReads(parts, sort) : concatReads(parts, take === undefined)
  let left = take ?? Number.POSITIVE_INFINITY
  for await (const found of overlapping ? distinctReads(joined) : joined) {
    yield firstOf(found, left)
    left -= found.documents.length
    if (left <= 0) return
  }
}

/** The sum of DynamoDB's own counts: the plan makes sure that no document is in two of them. */
export async function runCount(
  requests: Pick<Requests, "read">,
  read: DynamoRead,
  collection: string,
  call: ReadCall,
): Promise<number> {
  if (read.kind === "pages") return countPages(read, { requests, collection, call, layout: ownLayout })
  if (read.kind !== "several") return 0
  const counts = await Promise.all(read.reads.map((part) => runCount(requests, part, collection, call)))
  return counts.reduce((sum, count) => sum + count, 0)
}
