import { NoSQLError, type ReadOptions } from "@nosql/contracts"
import type { Query } from "../ast/query.ts"
import { beginOperation, type CollectionContext } from "./operation.ts"
import { FindCursor } from "./find-cursor.ts"
import { readDocuments } from "./read-documents.ts"

/** A cursor over a query's documents. Each iteration is an operation of its own. */
export function findDocuments<R>(
  collection: CollectionContext,
  name: string,
  query: Query,
  options: ReadOptions,
): FindCursor<R> {
  return new FindCursor<R>(
    () => readDocuments(beginOperation(collection, name, options), query) as AsyncIterable<readonly unknown[]> as AsyncIterable<readonly R[]>,
  )
}
