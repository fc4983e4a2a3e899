import { assertNever } from "@nosql/contracts"
import type { Batch, FindPlan } from "@nosql/core/driver"
import { compareByName } from "./group-id.ts"
import { joinAnswers } from "./join-answers.ts"
import { mergeAnswers } from "./merge-answers.ts"
import { readError } from "./missing-index.ts"
import type { FirestoreRead, NativeQuery, QueriesRead } from "./native-query.ts"
import { readPages, readWhole } from "./read-query.ts"
import type { ReadSource } from "./read-source.ts"
import { retry } from "./retry.ts"
import { toBatch } from "./to-batch.ts"
import { toSdkQuery } from "./to-sdk-query.ts"

/** Names asked for in one request. */
const idsPerRequest = 300

/** Runs a plan of `planQuery`. */
export async function* runFind(source: ReadSource, plan: FindPlan): AsyncGenerator<Batch> {
  const read = plan.native as FirestoreRead
  try {
    yield* batchesOf(source, read)
  } catch (error) {
    throw readError(error, source.collection, queriesOf(read), source.call)
  }
}

function batchesOf(source: ReadSource, read: FirestoreRead): AsyncIterable<Batch> {
  switch (read.kind) {
    case "none":
      return noBatches()
    case "get":
      return getAll(source, read.ids)
    case "query": {
      const query = sdkQuery(source, read.query)
      return read.pageSize === undefined
        ? readWhole(query, read.query, source)
        : readPages(query, { first: read.pageSize }, source)
    }
    case "queries":
      return runQueries(source, read)
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

async function* getAll(source: ReadSource, ids: readonly string[]): AsyncGenerator<Batch> {
  const { context, collection } = source
  for (let start = 0; start < ids.length; start += idsPerRequest) {
    const names = ids.slice(start, start + idsPerRequest).map((id) => context.documentOf(collection.name, id))
    const found = await retry(source, () => context.firestore.getAll(...names))
    const batch = toBatch(
      found.filter((snapshot) => snapshot.exists),
      source,
    )
    if (batch.documents.length > 0) yield batch
  }
}

function runQueries(source: ReadSource, { queries, order, skip, limit }: QueriesRead): AsyncIterable<Batch> {
  const open = (native: NativeQuery) => readWhole(sdkQuery(source, native), native, source)
  const window = { skip, ...(limit === undefined ? {} : { limit }) }
  return order === undefined
    ? joinAnswers(
        queries.map((native) => () => open(native)),
        window,
      )
    : mergeAnswers(queries.map(open), compareByName(order, source.collection), window)
}

/** A write on condition of what was read needs the whole document. */
function sdkQuery({ context, collection, call }: ReadSource, native: NativeQuery) {
  const { select, ...whole } = native
  return toSdkQuery(
    context.queryOf(collection.name),
    call.revisions === true || select === undefined ? whole : native,
    collection,
  )
}
