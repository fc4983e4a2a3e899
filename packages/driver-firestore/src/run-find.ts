import { assertNever } from "@nosql/contracts"
import type { Batch, CollectionInfo, FindPlan, ReadCall } from "@nosql/core/driver"
import type { FirestoreContext } from "./firestore-context.ts"
import { joinAnswers } from "./join-answers.ts"
import { mergeAnswers } from "./merge-answers.ts"
import { readError } from "./missing-index.ts"
import type { FirestoreRead, NativeQuery, QueriesRead } from "./native-query.ts"
import { readPages, readWhole } from "./read-query.ts"
import { retry } from "./retry.ts"
import { toBatch } from "./to-batch.ts"
import { toSdkQuery } from "./to-sdk-query.ts"

/** Names asked for in one request. */
const idsPerRequest = 300

/** Runs a plan of `planQuery`. */
export async function* runFind(
  context: FirestoreContext,
  collection: CollectionInfo,
  plan: FindPlan,
  call: ReadCall,
): AsyncGenerator<Batch> {
  const read = plan.native as FirestoreRead
  try {
    yield* batchesOf(context, collection, read, call)
  } catch (error) {
    throw readError(error, collection, queriesOf(read), call)
  }
}

function batchesOf(
  context: FirestoreContext,
  collection: CollectionInfo,
  read: FirestoreRead,
  call: ReadCall,
): AsyncIterable<Batch> {
  switch (read.kind) {
    case "none":
      return noBatches()
    case "get":
      return getAll(context, collection, read.ids, call)
    case "query": {
      const query = sdkQuery(context, collection, read.query, call)
      return read.pageSize === undefined
        ? readWhole(query, read.query, call)
        : readPages(query, { first: read.pageSize }, call)
    }
    case "queries":
      return runQueries(context, collection, read, call)
    default:
      return assertNever(read)
  }
}

/** The queries of a read: none for names. */
export function queriesOf(read: FirestoreRead): readonly NativeQuery[] {
  if (read.kind === "query") return [read.query]
  return read.kind === "queries" ? read.queries : []
}

async function* noBatches(): AsyncGenerator<Batch> {}

async function* getAll(
  { firestore, collectionOf }: FirestoreContext,
  { name }: CollectionInfo,
  ids: readonly string[],
  call: ReadCall,
): AsyncGenerator<Batch> {
  const source = collectionOf(name)
  for (let start = 0; start < ids.length; start += idsPerRequest) {
    const names = ids.slice(start, start + idsPerRequest).map((id) => source.doc(id))
    const found = await retry(call, () => firestore.getAll(...names))
    const batch = toBatch(
      found.filter((snapshot) => snapshot.exists),
      call,
    )
    if (batch.documents.length > 0) yield batch
  }
}

function runQueries(
  context: FirestoreContext,
  collection: CollectionInfo,
  { queries, order, skip, limit }: QueriesRead,
  call: ReadCall,
): AsyncIterable<Batch> {
  const open = (native: NativeQuery) => readWhole(sdkQuery(context, collection, native, call), native, call)
  const window = { skip, ...(limit === undefined ? {} : { limit }) }
  return order === undefined
    ? joinAnswers(
        queries.map((native) => () => open(native)),
        window,
      )
    : mergeAnswers(queries.map(open), order, window)
}

/** A write on condition of what was read needs the whole document. */
function sdkQuery(context: FirestoreContext, { name }: CollectionInfo, native: NativeQuery, call: ReadCall) {
  const { select, ...whole } = native
  return toSdkQuery(
    context.collectionOf(name),
    call.revisions === true || select === undefined ? whole : native,
  )
}
