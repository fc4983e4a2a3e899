import { type ErrorCode, NoSQLError } from "@nosql/contracts"
import {
  MongoError,
  MongoNetworkError,
  MongoNetworkTimeoutError,
  MongoParseError,
  MongoServerError,
  MongoServerSelectionError,
} from "mongodb"

/** Server error numbers: https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml */
const codes: Readonly<Record<number, ErrorCode>> = {
  2: "invalid-argument", // BadValue
  6: "unavailable", // HostUnreachable
  7: "unavailable", // HostNotFound
  9: "invalid-argument", // FailedToParse
  11: "unauthenticated", // UserNotFound
  13: "permission-denied", // Unauthorized
  14: "invalid-argument", // TypeMismatch
  18: "unauthenticated", // AuthenticationFailed
  28: "invalid-argument", // PathNotViable
  40: "invalid-argument", // ConflictingUpdateOperators
  50: "timeout", // MaxTimeMSExpired
  64: "timeout", // WriteConcernTimeout
  85: "failed-precondition", // IndexOptionsConflict
  86: "failed-precondition", // IndexKeySpecsConflict
  89: "timeout", // NetworkTimeout
  91: "unavailable", // ShutdownInProgress
  112: "conflict", // WriteConflict
  121: "validation", // DocumentValidationFailure
  189: "unavailable", // PrimarySteppedDown
  262: "timeout", // ExceededTimeLimit
  8000: "unauthenticated", // AtlasError
  10107: "unavailable", // NotWritablePrimary
  10334: "invalid-argument", // BSONObjectTooLarge
  11000: "already-exists", // DuplicateKey
  11600: "unavailable", // InterruptedAtShutdown
  11602: "unavailable", // InterruptedDueToReplStateChange
  13435: "unavailable", // NotPrimaryNoSecondaryOk
  13436: "unavailable", // NotPrimaryOrSecondary
}

const texts: Readonly<Partial<Record<ErrorCode, string>>> = {
  "already-exists": "a unique value is taken",
  "invalid-argument": "the server refused the request: a value has a type that the operation cannot take",
  "failed-precondition":
    "an index with the same name or keys and other options is there already; drop it or rename yours",
  unauthenticated: "the server did not accept the credentials",
  "permission-denied": "the user may not do this",
  unavailable: "the server cannot be reached",
  timeout: "the time ran out",
  conflict: "another writer was first",
  validation: "the document fails the collection's validator",
}

/** The SDK's error as ours. Server messages can hold values, so they stay in the cause. */
export function classifyError(
  error: unknown,
  operation: string,
  collection?: string,
  changedPaths: readonly string[] = [],
): NoSQLError {
  if (NoSQLError.isInstance(error)) return error
  const code = codeOf(error)
  const duplicate = code === "already-exists" ? duplicateKey(error) : undefined
  const text = texts[code] ?? "the driver failed; see the cause"
  const where =
    duplicate === undefined ? "" : ` (index "${duplicate.index}" on ${duplicate.paths.join(", ")})`
  const path =
    duplicate?.paths[0] ?? (code === "invalid-argument" ? refusedPath(error, changedPaths) : undefined)
  const at = duplicate === undefined && path !== undefined ? ` at "${path}"` : ""
  return new NoSQLError(code, `${operation}${at}: ${text}${where}`, {
    operation,
    backend: "mongodb",
    ...(collection === undefined ? {} : { collection }),
    ...(path === undefined ? {} : { path }),
    ...(duplicate === undefined ? {} : { details: duplicate }),
    retryable: code === "unavailable" || code === "conflict",
    cause: error,
  })
}

export function codeOf(error: unknown): ErrorCode {
  if (error instanceof MongoServerError) return codes[Number(error.code)] ?? "unknown"
  if (error instanceof MongoNetworkTimeoutError) return "timeout"
  if (error instanceof MongoServerSelectionError)
    return error.cause instanceof Error ? selectionCode(error.cause) : "unavailable"
  if (error instanceof MongoNetworkError) return "unavailable"
  if (error instanceof MongoParseError) return "config"
  if (error instanceof Error && error.name === "AbortError") return "aborted"
  return error instanceof MongoError && /too large|BSONObj size/i.test(error.message)
    ? "invalid-argument"
    : "unknown"
}

function selectionCode(cause: Error): ErrorCode {
  const code = cause instanceof MongoServerError ? codes[Number(cause.code)] : undefined
  return code === "unauthenticated" ? code : "unavailable"
}

/** Which index a duplicate key hit. The server names it as data or, in bulk writes, in its text alone. */
function duplicateKey(error: unknown): { index: string; paths: string[] } {
  const { message, keyPattern } = error as { message: string; keyPattern?: Record<string, unknown> }
  const index = /index: (?:\S+\$)?([^\s{]+)/.exec(message)?.[1] ?? "unknown"
  return {
    index,
    paths: keyPattern === undefined ? (index === "_id_" ? ["_id"] : []) : Object.keys(keyPattern),
  }
}

/** Which change the server refused: it quotes the field, whole, by its last segment, or by the one that led nowhere. */
function refusedPath(error: unknown, changedPaths: readonly string[]): string | undefined {
  const message = error instanceof Error ? error.message : ""
  const quotes = (text: string | undefined) => message.includes(`'${text}'`)
  return (
    changedPaths.find(quotes) ??
    changedPaths.find((path) => quotes(path.split(".").at(-1))) ??
    changedPaths.find((path) => path.split(".").some(quotes)) ??
    (changedPaths.length === 1 ? changedPaths[0] : undefined)
  )
}
