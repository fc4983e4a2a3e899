import type { ReadOptions } from "@nosql/contracts"
import type { Query } from "../ast/query.ts"
import type { OperationName } from "../driver/operations.ts"
import { traceBatches } from "../observe/trace-batches.ts"
import { checkOptions } from "./check-options.ts"
import { FindCursor } from "./find-cursor.ts"
import { beginOperation, type CollectionContext, callContext } from "./operation.ts"
import { readDocuments } from "./read-documents.ts"

/** A cursor over a query's documents. Each iteration is an operation of its own. `R` is what the caller's types say of them. */
export function findDocuments<R>(
  collection: CollectionContext,
  name: OperationName,
  query: Query,
  options: ReadOptions,
): FindCursor<R> {
  checkOptions(options, callContext(collection, name))
  const open = () =>
    traceBatches(callContext(collection, name), (trace) =>
      readDocuments(beginOperation(collection, name, options, trace), query),
    )
  return new FindCursor<R>(open as () => AsyncIterable<readonly never[]>)
}
