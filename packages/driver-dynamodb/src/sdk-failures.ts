import type { Failure } from "./failure.ts"

const throttled: Failure = {
  code: "resource-exhausted",
  text: "DynamoDB throttles: the table or one of its partitions takes no more requests now; slow down, or spread the load over more partition keys",
  fate: "throttled",
  retryable: true,
}
const expired: Failure = {
  code: "unauthenticated",
  text: "the credentials have expired; renew the session (aws sso login, or a new session token)",
}
const noCredentials: Failure = {
  code: "unauthenticated",
  text: "no credentials were found; set credentials, a profile, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
}
const notAccepted: Failure = {
  code: "unauthenticated",
  text: "the access key is not known, or its secret does not fit; the region may be wrong, too",
}
const serverFailed: Failure = {
  code: "unavailable",
  text: "DynamoDB failed to serve the request",
  fate: "lost",
}
const conflict: Failure = {
  code: "conflict",
  text: "another transaction was writing the same item",
  fate: "conflict",
}
const silent: Failure = {
  code: "timeout",
  text: "DynamoDB did not answer within requestTimeoutMs",
  fate: "lost",
}

/**
 * The SDK's and the server's errors by name: names survive two copies of the SDK in one process, classes do not.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 */
const failures: Readonly<Record<string, Failure>> = {
  // The request.
  ValidationException: { code: "invalid-argument" },
  SerializationException: { code: "invalid-argument" },
  UnknownOperationException: { code: "unsupported", text: "this server does not know the operation" },
  ItemCollectionSizeLimitExceededException: {
    code: "resource-exhausted",
    text: "a partition of the table's local index is full (10 GB)",
  },
  IdempotentParameterMismatchException: { code: "invalid-argument" },
  // Conditions and other writers.
  ConditionalCheckFailedException: { code: "conflict" },
  TransactionConflictException: conflict,
  TransactionInProgressException: conflict,
  TransactionCanceledException: { code: "conflict" },
  ReplicatedWriteConflictException: conflict,
  // Tables.
  ResourceNotFoundException: { code: "not-found" },
  TableNotFoundException: { code: "not-found" },
  ResourceInUseException: {
    code: "failed-precondition",
    text: "the table or one of its indexes is being made, changed or removed",
    retryable: true,
  },
  TableInUseException: { code: "failed-precondition", retryable: true },
  LimitExceededException: {
    code: "resource-exhausted",
    text: "too many tables or indexes are being made or changed at once",
    fate: "throttled",
    retryable: true,
  },
  // Load.
  ProvisionedThroughputExceededException: throttled,
  ThrottlingException: throttled,
  Throttling: throttled,
  ThrottlingError: throttled,
  RequestLimitExceeded: throttled,
  ProvisionedThroughputExceeded: throttled,
  SlowDown: throttled,
  // The server's own failures: it may have done what was asked.
  InternalServerError: serverFailed,
  InternalServerErrorException: serverFailed,
  InternalFailure: serverFailed,
  ServiceUnavailable: serverFailed,
  ServiceUnavailableException: serverFailed,
  // Who asks.
  AccessDeniedException: { code: "permission-denied" },
  UnrecognizedClientException: notAccepted,
  InvalidSignatureException: notAccepted,
  InvalidClientTokenId: notAccepted,
  IncompleteSignatureException: notAccepted,
  SignatureDoesNotMatch: notAccepted,
  MissingAuthenticationTokenException: noCredentials,
  MissingAuthenticationToken: noCredentials,
  ExpiredTokenException: expired,
  ExpiredToken: expired,
  RequestExpired: expired,
  CredentialsProviderError: noCredentials,
  TokenProviderError: expired,
  // The way there.
  TimeoutError: silent,
  RequestTimeout: silent,
  RequestTimeoutException: silent,
  RequestTimeTooSkewed: {
    code: "unauthenticated",
    text: "the clock of this machine is wrong by more than the signature allows",
    fate: "unsent",
  },
  AbortError: { code: "aborted", fate: "lost" },
}

/** Why the host cannot be reached, by the code of Node's error; and whether the request can have arrived. */
const nodeFailures: Readonly<Record<string, readonly [text: string, fate: "unsent" | "lost"]>> = {
  ECONNREFUSED: ["nothing listens at the endpoint; is the server running, and is the port right?", "unsent"],
  ENOTFOUND: ["the host name is not known; check endpoint and region", "unsent"],
  EAI_AGAIN: ["the host name could not be looked up now", "unsent"],
  EHOSTUNREACH: ["no way leads to the host", "unsent"],
  ENETUNREACH: ["no way leads to the host", "unsent"],
  ECONNRESET: ["the connection broke before the answer came", "lost"],
  EPIPE: ["the connection broke before the answer came", "lost"],
  ETIMEDOUT: ["the host does not answer", "lost"],
  EPROTO: ["the TLS handshake failed; the endpoint may be http, not https", "unsent"],
}

/** What an error of the SDK's means; `unknown` where it is not listed. */
export function sdkFailure(error: unknown): Failure {
  const { name, message, code, $metadata } = (error ?? {}) as SdkError
  if (name === "ValidationException" && /size has exceeded/i.test(message ?? "")) return tooLarge
  if (/region is missing/i.test(message ?? "")) return noRegion
  const node = code === undefined ? undefined : nodeFailures[code]
  if (node !== undefined) {
    const [text, fate] = node
    return { code: "unavailable", text: `DynamoDB cannot be reached: ${text} (${code})`, fate }
  }
  const known = name === undefined ? undefined : failures[name]
  if (known !== undefined) {
    // The handler's own timer, before there is a connection.
    return known === silent && /connection|socket.*establish/i.test(message ?? "") ? notOpened : known
  }
  const status = $metadata?.httpStatusCode
  if (status !== undefined && status >= 500) return serverFailed
  if (status === 413) return tooLarge
  if (error instanceof SyntaxError || status === 404) return notDynamodb
  if (status !== undefined && status >= 400) return { code: "unknown" }
  return { code: "unknown", fate: "lost" }
}

const tooLarge: Failure = {
  code: "invalid-argument",
  text: "the item would be larger than 400 KB, DynamoDB's limit (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html)",
}
const noRegion: Failure = {
  code: "config",
  text: "no region is given; set region, or AWS_REGION",
}
const notOpened: Failure = {
  code: "unavailable",
  text: "no connection could be opened within connectTimeoutMs",
  fate: "unsent",
}
const notDynamodb: Failure = {
  code: "unavailable",
  text: "what answers at the endpoint is not DynamoDB",
  retryable: false,
}

interface SdkError {
  readonly name?: string
  readonly message?: string
  readonly code?: string
  readonly $metadata?: { readonly httpStatusCode?: number }
}
