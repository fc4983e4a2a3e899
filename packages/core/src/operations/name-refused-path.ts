import { NoSQLError } from "@nosql/contracts"
import { queryOf } from "../ast/query.ts"
import type { WriteRequest } from "../driver/plan.ts"
import { applyUpdate } from "../evaluate/apply-update.ts"
import { visible } from "./expiry.ts"
import type { Operation } from "./operation.ts"
import { readForWriting } from "./read-documents.ts"

/** So many documents are looked at for the path of an error; more would cost more than it tells. */
const maxExamined = 1000

/**
 * The error of an update that a store refused: where the store did not tell at which path, the documents do.
 * The error given is the answer where nothing more is learnt.
 */
export async function nameRefusedPath(
  operation: Operation,
  request: WriteRequest,
  error: unknown,
): Promise<unknown> {
  if (request.kind !== "update" || !NoSQLError.isInstance(error)) return error
  if (error.code !== "invalid-argument" || error.path !== undefined) return error
  const { store, collection, context } = operation
  const { sort = [] } = request
  const query = queryOf(visible(request.filter, collection.info), { sort, limit: maxExamined })
  try {
    for await (const batch of readForWriting(operation, store.planFind(collection.info, query))) {
      for (const { document } of batch) {
        const refusal = refusalOf(() => applyUpdate(document, request.update, context))
        if (refusal !== undefined) return withCause(refusal, error)
      }
    }
  } catch {
    // The look-up is for the error's sake: its own failure is not what the caller asked about.
  }
  return error
}

function refusalOf(apply: () => unknown): NoSQLError | undefined {
  try {
    apply()
    return undefined
  } catch (error) {
    if (NoSQLError.isInstance(error)) return error
    throw error
  }
}

function withCause(
  { code, message, operation, collection, path, backend }: NoSQLError,
  cause: NoSQLError,
): NoSQLError {
  return new NoSQLError(code, message, {
    ...(operation === undefined ? {} : { operation }),
    ...(collection === undefined ? {} : { collection }),
    ...(path === undefined ? {} : { path }),
    ...(backend === undefined ? {} : { backend }),
    details: cause.details,
    cause: cause.cause ?? cause,
  })
}
