import type { CollectionInfo, DriverCall, InsertOutcome } from "@nosql/core/driver"
import { type MongoBulkWriteError, MongoServerError, type WriteError } from "mongodb"
import { classifyError } from "./classify-error.ts"

/**
 * What a bulk that failed did, by index: what the server says failed, what lies behind the first failure of an ordered one was not tried.
 * Where the server names none, the answer was lost or is incomplete, and all is unknown.
 *
 * @param changed the paths that the write at an index changes, for the error that refuses one of them.
 */
export function outcomeOfFailure(
  error: unknown,
  count: number,
  call: DriverCall & { readonly ordered: boolean },
  collection: CollectionInfo,
  changed: (index: number) => readonly string[] = () => [],
): InsertOutcome {
  const all = Array.from({ length: count }, (_, i) => i)
  const failed = writeErrors(error)
  if (failed.length === 0) {
    const classified = classifyError(error, call, collection)
    if (count === 1) return { done: [], failures: [{ index: 0, error: classified }] }
    // Refused as a whole: nothing was sent, or nothing of it done.
    if (classified.details["unknown"] === undefined && !classified.retryable) throw classified
    return { done: [], failures: [], unknown: all, error: classified }
  }
  const failures = failed.map((writeError) => ({
    index: writeError.index,
    error: classifyError(asServerError(writeError), call, collection, changed(writeError.index)),
  }))
  const broken = new Set(failures.map(({ index }) => index))
  const last = call.ordered ? Math.min(...broken) : count
  return { done: all.filter((index) => index < last && !broken.has(index)), failures }
}

function writeErrors(error: unknown): readonly WriteError[] {
  if (!isBulkError(error)) return []
  const { writeErrors } = error
  return Array.isArray(writeErrors) ? writeErrors : [writeErrors as WriteError]
}

/** By name: the client may come from another copy of the SDK. */
export function isBulkError(error: unknown): error is MongoBulkWriteError {
  return error instanceof Error && error.name === "MongoBulkWriteError"
}

/** One of several write errors, in the shape in which the SDK throws a single one. */
function asServerError({ code, errmsg }: WriteError): MongoServerError {
  return new MongoServerError({ code, ...(errmsg === undefined ? {} : { message: errmsg }) })
}
