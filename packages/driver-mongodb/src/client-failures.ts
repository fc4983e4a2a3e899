import type { Failure } from "./failure.ts"

const lostConnection: Failure = {
  code: "unavailable",
  text: "the connection broke before the answer came",
  lost: true,
}
const silent: Failure = {
  code: "timeout",
  text: "the server did not answer within socketTimeoutMs",
  lost: true,
}
const notOpened: Failure = {
  code: "unavailable",
  text: "no connection could be opened within connectTimeoutMs",
}
const poolExhausted: Failure = {
  code: "timeout",
  text: "no connection became free within waitQueueTimeoutMS; raise maxPoolSize, or do less at once",
}
const reservedField = "a field is called _bsontype, which the MongoDB driver keeps for itself"

const tooLong: Failure = {
  code: "invalid-argument",
  text: "the request is larger than a BSON document can be, 16 MiB (https://www.mongodb.com/docs/manual/reference/limits/)",
}
const closed: Failure = { code: "closed" }
/** The operations that a closing client finds under way; it ends their sessions and their connections. */
const interrupted: Failure = {
  code: "closed",
  text: "the client was closed while the operation was under way",
  lost: true,
}

/** The SDK's errors by name: names survive two copies of the SDK in one process, classes do not. */
const failures: Readonly<Record<string, Failure>> = {
  MongoNetworkError: lostConnection,
  MongoNetworkTimeoutError: silent,
  MongoPoolClearedError: { code: "unavailable" },
  PoolClearedOnNetworkError: lostConnection,
  MongoServerSelectionError: { code: "unavailable" },
  MongoWaitQueueTimeoutError: poolExhausted,
  MongoOperationTimeoutError: { code: "timeout", lost: true },
  MongoStalePrimaryError: { code: "unavailable" },
  MongoNotConnectedError: closed,
  MongoPoolClosedError: closed,
  MongoServerClosedError: closed,
  MongoTopologyClosedError: closed,
  MongoClientClosedError: interrupted,
  MongoParseError: { code: "config" },
  MongoMissingCredentialsError: {
    code: "config",
    text: "the mechanism needs credentials that are not given",
  },
  MongoAWSError: { code: "unauthenticated" },
  MongoOIDCError: { code: "unauthenticated" },
  MongoAzureError: { code: "unauthenticated" },
  MongoGCPError: { code: "unauthenticated" },
  MongoKerberosError: { code: "unauthenticated" },
  MongoCompatibilityError: { code: "unsupported" },
  MongoInvalidArgumentError: {
    code: "invalid-argument",
    text: "the MongoDB driver refused the request: a value or an option is not what it takes",
  },
  MongoBatchReExecutionError: { code: "failed-precondition" },
  MongoCursorExhaustedError: { code: "failed-precondition", text: "the cursor is at its end or closed" },
  MongoCursorInUseError: { code: "failed-precondition", text: "the cursor has been started" },
  MongoTransactionError: { code: "failed-precondition" },
  // The driver takes no session of the caller's: what ends one is the client's end.
  MongoExpiredSessionError: interrupted,
  BSONVersionError: {
    code: "invalid-argument",
    text: `a value was made by another version of the bson package, or ${reservedField}`,
  },
  BSONError: {
    code: "invalid-argument",
    text: `a value cannot be written as BSON, or is stored as broken BSON, or ${reservedField}`,
  },
  BSONRuntimeError: { code: "invalid-argument", text: "a value cannot be written as BSON" },
  AbortError: { code: "aborted" },
}

/** Why a host cannot be reached, by the code of Node's error. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens at the address; is the server running, and are host and port right?",
  ENOTFOUND: "the host name is not known; check the URI",
  EAI_AGAIN: "the host name could not be looked up now",
  ECONNRESET: "the server closed the connection; TLS may be on at one end only",
  EHOSTUNREACH: "no way leads to the host",
  ENETUNREACH: "no way leads to the host",
  ETIMEDOUT: "the host does not answer",
  EPROTO: "the TLS handshake failed; TLS may be on at one end only",
}

/** An error of the SDK that no server sent. */
export function clientFailure(error: Error): Failure {
  const name = unwrappedName(error)
  if (name === "MongoMissingDependencyError") return missingDependency(error)
  if (name === "MongoServerSelectionError") return unreachable(error.cause)
  if (/^MongoNetwork/.test(name) && (error as { beforeHandshake?: boolean }).beforeHandshake === true)
    return unreachable(error)
  // The serializer writes past the end of its buffer.
  if (name === "RangeError" && error.message.includes("offset")) return tooLong
  return failures[name] ?? nodeFailure(error)
}

/** The bulk API wraps what went wrong below it in its own class and keeps only the fields; they tell which it was. */
function unwrappedName(error: Error): string {
  if (error.name !== "MongoBulkWriteError") return error.name
  if ("reason" in error) return "MongoServerSelectionError"
  if ("beforeHandshake" in error)
    return /timed out/.test(error.message) ? "MongoNetworkTimeoutError" : "MongoNetworkError"
  return wrappedErrors.find(([words]) => words.test(error.message))?.[1] ?? error.name
}

/** What is left of an error that the bulk API has wrapped is its message. */
const wrappedErrors: readonly (readonly [words: RegExp, name: string])[] = [
  [/checking out a connection/, "MongoWaitQueueTimeoutError"],
  [/session that has ended/, "MongoExpiredSessionError"],
  [/client was closed/, "MongoClientClosedError"],
  [/closed connection pool/, "MongoPoolClosedError"],
  [/Topology is closed/, "MongoTopologyClosedError"],
]

/** No connection at all: the cause below says why. */
function unreachable(cause: unknown): Failure {
  const codes = nodeCodes(cause)
  const certificate = codes.find((code) => /CERT|SELF_SIGNED|SIGNATURE|ERR_TLS/.test(code))
  if (certificate !== undefined) {
    const text = `the server's certificate is not accepted (${certificate}); check tlsCAFile and the host name`
    return { code: "unavailable", text, retryable: false }
  }
  const known = codes.find((code) => Object.hasOwn(reasons, code))
  if (known !== undefined)
    return { code: "unavailable", text: `the server cannot be reached: ${reasons[known]} (${known})` }
  if ((cause as Error | undefined)?.name === "MongoNetworkTimeoutError") return notOpened
  return {
    code: "unavailable",
    text: "no server that fits the request was found within serverSelectionTimeoutMs; check the hosts, replicaSet and readPreference",
  }
}

/** DNS and sockets fail with errors of Node itself. */
function nodeFailure(error: Error): Failure {
  return nodeCodes(error).some((code) => Object.hasOwn(reasons, code))
    ? unreachable(error)
    : { code: "unknown" }
}

/** The codes of an error and of its causes, which the SDK nests. */
function nodeCodes(error: unknown): string[] {
  const codes: string[] = []
  for (let at = error; at instanceof Error && codes.length < 10; at = at.cause) {
    const { code } = at as { code?: unknown }
    codes.push(typeof code === "string" && /^[A-Z][A-Z0-9_]+$/.test(code) ? code : "")
  }
  return codes.filter((code) => code !== "")
}

function missingDependency(error: Error): Failure {
  const { dependencyName } = error as { dependencyName?: string }
  const remedy = /^[@\w/.-]+$/.test(dependencyName ?? "") ? `npm install ${dependencyName}` : "see the cause"
  return { code: "config", text: `an option needs a package that is not installed: ${remedy}` }
}
