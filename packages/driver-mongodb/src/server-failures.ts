import type { ErrorCode } from "@nosql/contracts"
import type { Failure } from "./failure.ts"

const tooLarge =
  "the document would be larger than 16 MiB, MongoDB's limit (https://www.mongodb.com/docs/manual/reference/limits/)"
const indexConflict =
  "an index with the same name or keys and other options is there already; drop it or rename yours"
const stopped = "the server stopped the operation; it was shutting down, changing its role, or told to"
const notPrimary = "the member that was asked is not the primary; an election may be under way"
const cursorGone =
  "the server's cursor is gone: idle for over 10 minutes, killed, or lost with the server; read again"
const unsatisfiable =
  "the write was made, but the replica set cannot confirm it as writeConcernW asks; check writeConcernW"
const unconfirmed =
  "the write was made on the primary, but not confirmed in time as writeConcernW asks; it may be rolled back"
const noIndexForHint = "there is no index of the name that the hint gives, or it cannot serve the query"
const noTextIndex = `$text needs a text index: declare one, as in indexes: [{ keys: { title: "text" } }]`
const noReplicaSet = "this server cannot do it as it is: transactions need a replica set"

/**
 * Server errors by their number: https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml
 * What is not listed is `unknown`.
 */
const failures: Readonly<Record<number, Failure | ErrorCode>> = {
  2: "invalid-argument", // BadValue
  6: { code: "unavailable", lost: true }, // HostUnreachable
  7: { code: "unavailable", lost: true }, // HostNotFound
  9: "invalid-argument", // FailedToParse
  11: "unauthenticated", // UserNotFound
  13: "permission-denied", // Unauthorized
  14: {
    code: "invalid-argument",
    text: "the server refused it: a value has a type that the operation cannot take",
  }, // TypeMismatch
  15: { code: "invalid-argument", text: "nested deeper than MongoDB's 100 levels" }, // Overflow
  16: "invalid-argument", // InvalidLength
  18: "unauthenticated", // AuthenticationFailed
  20: { code: "failed-precondition", text: noReplicaSet }, // IllegalOperation
  22: "invalid-argument", // InvalidBSON
  24: "conflict", // LockTimeout
  26: "not-found", // NamespaceNotFound
  27: "not-found", // IndexNotFound
  28: {
    code: "invalid-argument",
    text: "the server refused it: the path passes through a value that is no object",
  }, // PathNotViable
  40: { code: "invalid-argument", text: "two changes concern one path, or a path and its parent" }, // ConflictingUpdateOperators
  43: { code: "unavailable", text: cursorGone }, // CursorNotFound
  46: "conflict", // LockBusy
  48: { code: "already-exists", text: "there is a collection of this name already" }, // NamespaceExists
  50: { code: "timeout", text: "the server stopped it: its time was up", lost: true }, // MaxTimeMSExpired
  52: "invalid-argument", // DollarPrefixedFieldName
  53: "invalid-argument", // InvalidIdField
  54: "invalid-argument", // NotSingleValueField
  56: "invalid-argument", // EmptyFieldName
  57: "invalid-argument", // DottedFieldName
  59: "unsupported", // CommandNotFound
  61: {
    code: "invalid-argument",
    text: "a sharded collection wants the shard key in the filter or the document",
  }, // ShardKeyNotFound
  63: "unavailable", // StaleShardVersion
  64: { code: "timeout", text: unconfirmed, lost: "told" }, // WriteConcernTimeout
  66: { code: "invalid-argument", text: "_id and the shard key cannot be changed" }, // ImmutableField
  67: {
    code: "invalid-argument",
    text: "the index cannot be made: too many, too long a name, or keys that do not go together",
  }, // CannotCreateIndex
  68: { code: "failed-precondition", text: indexConflict }, // IndexAlreadyExists
  72: "invalid-argument", // InvalidOptions
  73: "invalid-argument", // InvalidNamespace
  76: { code: "failed-precondition", text: noReplicaSet }, // NoReplicationEnabled
  79: { code: "failed-precondition", text: unsatisfiable, lost: "told" }, // UnknownReplWriteConcern
  85: { code: "failed-precondition", text: indexConflict }, // IndexOptionsConflict
  86: { code: "failed-precondition", text: indexConflict }, // IndexKeySpecsConflict
  89: { code: "timeout", lost: true }, // NetworkTimeout
  91: { code: "unavailable", text: stopped, lost: true }, // ShutdownInProgress
  94: "unavailable", // NotYetInitialized
  100: { code: "failed-precondition", text: unsatisfiable, lost: "told" }, // UnsatisfiableWriteConcern
  112: "conflict", // WriteConflict
  115: "unsupported", // CommandNotSupported
  117: { code: "conflict", text: "another operation on the collection or its indexes is under way" }, // ConflictingOperationInProgress
  119: "invalid-argument", // DocTooLargeForCapped
  121: "validation", // DocumentValidationFailure
  123: { code: "failed-precondition", text: noReplicaSet }, // NotAReplicaSet
  133: { code: "unavailable", text: "no member of the replica set fits the read preference" }, // FailedToSatisfyReadPreference
  134: "unavailable", // ReadConcernMajorityNotAvailableYet
  136: { code: "unavailable", text: cursorGone }, // CappedPositionLost
  146: "resource-exhausted", // ExceededMemoryLimit
  148: "unsupported", // ReadConcernMajorityNotEnabled
  150: "unavailable", // StaleEpoch
  166: { code: "unsupported", text: "a view cannot do it" }, // CommandNotSupportedOnView
  167: { code: "unsupported", text: "a view cannot do it" }, // OptionNotSupportedOnView
  168: "invalid-argument", // InvalidPipelineOperator
  175: { code: "unavailable", text: "an index or the collection was dropped while it was read; read again" }, // QueryPlanKilled
  189: { code: "unavailable", text: stopped, lost: true }, // PrimarySteppedDown
  197: "invalid-argument", // InvalidIndexSpecificationOption
  202: { code: "timeout", lost: true }, // NetworkInterfaceExceededTimeLimit
  225: "conflict", // TransactionTooOld
  237: { code: "unavailable", text: cursorGone }, // CursorKilled
  239: "conflict", // SnapshotTooOld
  244: "conflict", // TransactionAborted
  246: "unavailable", // SnapshotUnavailable
  251: { code: "conflict", text: "the transaction is no longer there; run it again" }, // NoSuchTransaction
  256: "failed-precondition", // TransactionCommitted
  257: { code: "invalid-argument", text: "the transaction is too large" }, // TransactionTooLarge
  261: "resource-exhausted", // TooManyLogicalSessions
  262: { code: "timeout", lost: true }, // ExceededTimeLimit
  263: { code: "unsupported", text: "a transaction cannot do it" }, // OperationNotSupportedInTransaction
  267: "conflict", // PreparedTransactionInProgress
  276: "unavailable", // IndexBuildAborted
  280: "failed-precondition", // ChangeStreamFatalError
  286: { code: "failed-precondition", text: "the change stream's history does not reach back so far" }, // ChangeStreamHistoryLost
  290: { code: "timeout", text: "the transaction lived longer than the server allows" }, // TransactionExceededLifetimeLimitSeconds
  291: { code: "invalid-argument", text: noIndexForHint }, // NoQueryExecutionPlans
  292: {
    code: "resource-exhausted",
    text: "the query needs more memory than the server allows; an index for its sort avoids that",
  }, // QueryExceededMemoryLimitNoDiskUseAllowed
  322: "unsupported", // APIVersionError
  323: { code: "unsupported", text: "the stable API that the client asked for has no such command" }, // APIStrictError
  391: "unauthenticated", // ReauthenticationRequired
  462: { code: "resource-exhausted", text: "the server takes no more requests now", retryable: true }, // IngressRequestRateLimitExceeded
  9001: { code: "unavailable", lost: true }, // SocketException
  10003: "invalid-argument", // CannotGrowDocumentInCappedNamespace
  10058: { code: "unavailable", text: notPrimary }, // LegacyNotPrimary
  10107: { code: "unavailable", text: notPrimary }, // NotWritablePrimary
  10334: { code: "invalid-argument", text: tooLarge }, // BSONObjectTooLarge
  11000: "already-exists", // DuplicateKey
  11001: "already-exists", // duplicate key on update, old servers
  11600: { code: "unavailable", text: stopped, lost: true }, // InterruptedAtShutdown
  11601: { code: "unavailable", text: stopped, lost: true }, // Interrupted
  11602: { code: "unavailable", text: stopped, lost: true }, // InterruptedDueToReplStateChange
  12582: "already-exists", // duplicate key, sharded
  13388: "unavailable", // StaleConfig
  13435: { code: "unavailable", text: notPrimary }, // NotPrimaryNoSecondaryOk
  13436: { code: "unavailable", text: notPrimary }, // NotPrimaryOrSecondary
  14031: { code: "resource-exhausted", text: "the server's disk is full" }, // OutOfDiskSpace
  17280: { code: "invalid-argument", text: "a value is too long for its index" }, // KeyTooLong
  17419: { code: "invalid-argument", text: tooLarge }, // the document after the update
  17420: { code: "invalid-argument", text: tooLarge }, // the document after the update
}

export function serverFailure(code: number, labels: readonly string[], message: string): Failure {
  if (code === 8000) return atlasFailure(message)
  // These two have no number of their own.
  if (code === 27 && /\btext index\b/.test(message)) return { code: "failed-precondition", text: noTextIndex }
  if (code === 2 && /\bhint\b/.test(message)) return { code: "invalid-argument", text: noIndexForHint }
  const found = failures[code]
  if (typeof found === "string") return { code: found }
  if (found !== undefined) return found
  return labels.includes("SystemOverloadedError") ? (failures[462] as Failure) : { code: "unknown" }
}

/** Atlas has one number for all that its proxy refuses. */
function atlasFailure(message: string): Failure {
  if (/auth/i.test(message)) return { code: "unauthenticated" }
  return /quota|space/i.test(message)
    ? { code: "resource-exhausted", text: "the cluster's quota is used up" }
    : { code: "permission-denied" }
}
