import { NoSQLError } from "@nosql/contracts"
import { type CollectionInfo, type DriverCall, writesDocuments, writesInStatements } from "@nosql/core/driver"
import { clientFailure } from "./client-failures.ts"
import { type DuplicateKey, duplicateKey } from "./duplicate-key.ts"
import { type Failure, failureText, isRetryable } from "./failure.ts"
import { serverFailure } from "./server-failures.ts"

/**
 * The SDK's error as ours; the SDK's own object stays reachable as `cause`, with its labels.
 * What servers and the SDK say can hold stored values, so nothing of it is repeated but names of indexes and paths.
 *
 * @param call the operation's name, or the call with its signal.
 * @param changedPaths the paths of an update, of which the server may quote the one that it refuses.
 */
export function classifyError(
  error: unknown,
  call: string | Pick<DriverCall, "operation" | "signal">,
  collection?: string | Pick<CollectionInfo, "name" | "indexes">,
  changedPaths: readonly string[] = [],
): NoSQLError {
  if (NoSQLError.isInstance(error)) return error
  const { operation, signal } = typeof call === "string" ? { operation: call, signal: undefined } : call
  const facts = factsOf(error)
  // The SDK throws the signal's reason, which can be anything.
  const failure = signal?.aborted && error === signal.reason ? aborted : failureOf(error, facts)
  const { code } = failure
  const { name, indexes } = typeof collection === "object" ? collection : { name: collection, indexes: [] }
  const duplicate =
    facts.number === undefined || code !== "already-exists" ? undefined : duplicateOf(facts, indexes)
  const refused = code === "invalid-argument" ? refusedPath(facts.message, changedPaths) : undefined
  const path = duplicate?.paths[0] ?? refused
  const unknown = maybeDone(operation, failure, facts)
  const at = refused === undefined ? "" : ` at "${refused}"`
  return new NoSQLError(code, `${operation}${at}: ${describe(failure, facts, duplicate, unknown)}`, {
    operation,
    backend: "mongodb",
    ...(name === undefined ? {} : { collection: name }),
    ...(path === undefined ? {} : { path }),
    details: { ...duplicate, ...(unknown ? { unknown: true } : {}) },
    retryable: isRetryable(failure) && !unknown,
    cause: error,
  })
}

const aborted: Failure = { code: "aborted", lost: true }

/** What is read of an error of the server's. */
interface Facts {
  /** The server's number; undefined where no server sent it. */
  readonly number: number | undefined
  readonly message: string
  readonly keyPattern?: unknown
  readonly labels: readonly string[]
}

/** The first write error says more than the write concern's, and comes in four shapes. */
function factsOf(error: unknown): Facts {
  const source = (error ?? {}) as {
    code?: unknown
    message?: unknown
    keyPattern?: unknown
    errorLabels?: readonly string[]
    writeConcernErrors?: readonly unknown[]
  }
  const first = (firstWriteError(error) ?? source.writeConcernErrors?.[0] ?? source) as typeof source & {
    errmsg?: unknown
  }
  const text = first.errmsg ?? first.message
  return {
    // Errors of the platform have numbers of their own.
    number: isMongo(error) && typeof first.code === "number" ? first.code : undefined,
    message: typeof text === "string" ? text : "",
    keyPattern: first.keyPattern,
    labels: Array.isArray(source.errorLabels) ? source.errorLabels : [],
  }
}

function isMongo(error: unknown): boolean {
  return error instanceof Error && error.name.startsWith("Mongo")
}

function firstWriteError(error: unknown): unknown {
  const { writeErrors, result } = (error ?? {}) as {
    writeErrors?: unknown
    result?: { getWriteErrors?: () => unknown[] }
  }
  if (writeErrors instanceof Map) return [...writeErrors.values()][0]
  const listed = Array.isArray(writeErrors) ? writeErrors[0] : writeErrors
  return listed ?? result?.getWriteErrors?.()[0]
}

function failureOf(error: unknown, { number, message, labels }: Facts): Failure {
  if (number !== undefined) return serverFailure(number, labels, message)
  return error instanceof Error ? clientFailure(error) : { code: "unknown" }
}

/** A write whose answer was lost may have been done. The server's label says when it was not. */
function maybeDone(operation: string, { code, lost }: Failure, { number, labels }: Facts): boolean {
  if (!writesDocuments(operation) || labels.includes("NoWritesPerformed")) return false
  // The SDK has repeated it: what became of the first try is not known, whatever the second one says.
  const repeated = code === "unavailable" && labels.includes("RetryableWriteError") && number !== undefined
  // The server gives up one statement as a whole.
  const whole = number === 50 && !writesInStatements(operation)
  return repeated || (lost !== undefined && !whole)
}

function duplicateOf(facts: Facts, indexes: CollectionInfo["indexes"]): DuplicateKey | undefined {
  return facts.number === 48 ? undefined : duplicateKey(facts, indexes)
}

function describe(
  failure: Failure,
  facts: Facts,
  duplicate: DuplicateKey | undefined,
  unknown: boolean,
): string {
  const number = facts.number === undefined ? "" : ` (MongoDB error ${facts.number})`
  const maybe =
    unknown && failure.lost !== "told" ? "; it may have been done, so look before you repeat it" : ""
  if (duplicate === undefined) return `${failureText(failure)}${number}${maybe}`
  const { index, paths } = duplicate
  const on = paths.length === 0 ? "" : ` on ${paths.join(", ")}`
  const text = facts.message.startsWith("Index build failed")
    ? "documents that are there already share a value of the unique index"
    : failureText(failure)
  return `${text} (index "${index}"${on})`
}

/**
 * Which change the server refused: it quotes the field whole, by its last segment, or by the one that led nowhere.
 * Undefined where that could be several: core then looks.
 */
function refusedPath(message: string, changedPaths: readonly string[]): string | undefined {
  const quotes = (text: string) => message.includes(`'${text}'`)
  const dotted = changedPaths.find((path) => path.includes(".") && quotes(path))
  if (dotted !== undefined) return dotted
  const quoted = changedPaths.filter((path) => path.split(".").some(quotes))
  const candidates = quoted.length === 0 ? changedPaths : quoted
  return candidates.length === 1 ? candidates[0] : undefined
}
