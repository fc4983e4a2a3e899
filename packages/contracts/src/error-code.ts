/** Why an operation failed. Programs act upon the code, never upon the message. */
export type ErrorCode =
  | "invalid-argument" // the call itself is wrong; found before any I/O where that is possible
  | "validation" // a document does not conform to its declaration
  | "unsupported" // this store cannot do it; the message names the feature
  | "not-found"
  | "already-exists" // an id or a unique index is taken
  | "conflict" // somebody else wrote first
  | "failed-precondition" // the store is not in the state that the operation needs
  | "unauthenticated"
  | "permission-denied"
  | "resource-exhausted" // a limit of the store or of `maxBufferedDocuments`
  | "unavailable" // the store cannot be reached
  | "timeout"
  | "aborted" // by the caller's signal
  | "closed" // the store was closed
  | "config"
  | "unknown"
