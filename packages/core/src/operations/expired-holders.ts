import type { Document, NoSQLError } from "@nosql/contracts"
import { and, compare, type FilterNode } from "../ast/filter.ts"
import { queryOf } from "../ast/query.ts"
import { getPath } from "../values/get-path.ts"
import { expired } from "./expiry.ts"
import type { Operation } from "./operation.ts"
import { streamingAgain } from "./plan-again.ts"
import { readForWriting } from "./read-documents.ts"
import { isTaken } from "./retry-races.ts"

/** Runs a write that expired documents may be in the way of: again, once, without them. */
export function retryingExpired<R>(
  operation: Operation,
  document: Document | undefined,
  write: () => Promise<R>,
): Promise<R> {
  if (operation.collection.info.ttl === undefined) return write()
  return write().catch((error: unknown) => retryWithoutExpired(operation, error, document, write))
}

/**
 * An id or a unique value is taken: where an expired document holds it, that one is removed. Then the write is tried once more, also where nothing
 * was there to remove: the store's own sweep may have been quicker. Throws the error given, or that of the second try.
 */
export async function retryWithoutExpired<R>(
  operation: Operation,
  error: unknown,
  document: Document | undefined,
  write: () => Promise<R>,
): Promise<R> {
  const { ttl } = operation.collection.info
  if (ttl === undefined || !ttl.hide || !isTaken(error)) throw error
  await remove(operation, and([expired(ttl), ...holders(document, error)]))
  return write()
}

/** The holder's values where the document that wants them is known; else any expired one is in the way. */
function holders(document: Document | undefined, { details }: NoSQLError): FilterNode[] {
  const paths = details["paths"]
  if (document === undefined || !Array.isArray(paths)) return []
  return paths.map((path: string) =>
    compare("eq", path.split("."), getPath(document, path.split(".")) ?? null),
  )
}

async function remove(operation: Operation, filter: FilterNode): Promise<void> {
  const { store, collection, call } = operation
  const request = { kind: "delete", filter, many: true } as const
  const plan = store.planWrite(collection.info, request)
  if (plan !== undefined) {
    await store.runWrite(collection.info, plan, call)
    return
  }
  const batches = streamingAgain(
    operation,
    () => store.planFind(collection.info, queryOf(filter)),
    (found) => readForWriting(operation, found),
  )
  for await (const batch of batches) {
    for (const holder of batch) await store.replaceIf(collection.info, holder, undefined, call)
  }
}
