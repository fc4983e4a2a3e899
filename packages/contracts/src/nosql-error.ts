import type { ErrorCode } from "./error-code.ts"

/** Survives two copies of this package in one process, where `instanceof` does not. */
const marker = Symbol.for("@nosql/contracts/NoSQLError")

/** What an error tells beside its message. Never a stored value, never a credential. */
export interface NoSQLErrorOptions {
  readonly operation?: string
  readonly collection?: string
  /** The dotted path of the field at fault. */
  readonly path?: string
  /** The driver's name. */
  readonly backend?: string
  /** Whether the same call may succeed later, unchanged. @default false */
  readonly retryable?: boolean
  readonly details?: Readonly<Record<string, unknown>>
  /** The SDK's own error. */
  readonly cause?: unknown
}

/**
 * The one error class of the library.
 *
 * @example
 * try {
 *   await users.insertOne({ _id: "ada", name: "Ada" })
 * } catch (error) {
 *   if (NoSQLError.isInstance(error) && error.code === "already-exists") return
 *   throw error
 * }
 */
export class NoSQLError extends Error {
  override readonly name = "NoSQLError"
  readonly code: ErrorCode
  readonly operation: string | undefined
  readonly collection: string | undefined
  readonly path: string | undefined
  readonly backend: string | undefined
  readonly retryable: boolean
  readonly details: Readonly<Record<string, unknown>>
  readonly [marker] = true

  constructor(code: ErrorCode, message: string, options: NoSQLErrorOptions = {}) {
    super(message)
    this.code = code
    this.operation = options.operation
    this.collection = options.collection
    this.path = options.path
    this.backend = options.backend
    this.retryable = options.retryable ?? false
    this.details = options.details ?? {}
    // The cause stays reachable for code. As a getter it is printed nowhere, not even when the process dies of the error: an SDK's can hold documents.
    const { cause } = options
    if (cause !== undefined) Object.defineProperty(this, "cause", { get: () => cause, configurable: true })
  }

  /** What `JSON.stringify` writes: the message and all that stands beside it, without the stack and without the cause, which can hold a document. */
  toJSON(): Readonly<Record<string, unknown>> {
    const { name, code, message, operation, collection, path, backend, retryable, details } = this
    return { name, code, message, operation, collection, path, backend, retryable, details }
  }

  /**
   * What Node and `console` print. They would print the cause whole, and an SDK's error can hold the document that was written,
   * so the cause shows by its name and code alone; read `cause` for the rest.
   */
  [Symbol.for("nodejs.util.inspect.custom")](
    _depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    const { code, operation, collection, path, backend, retryable, details } = this
    const cause = NoSQLError.isInstance(this.cause) ? this.cause : causeName(this.cause)
    const facts = { code, operation, collection, path, backend, retryable, details, cause }
    const known = Object.entries(facts).filter(([, value]) => value !== undefined)
    return `${this.stack ?? `${this.name}: ${this.message}`} ${inspect(Object.fromEntries(known), options)}`
  }

  /** Whether `error` is a NoSQLError, of this copy of the package or of another. */
  static isInstance(error: unknown): error is NoSQLError {
    return typeof error === "object" && error !== null && marker in error
  }
}

function causeName(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return cause === undefined ? undefined : typeof cause
  const { code } = cause as { code?: unknown }
  return typeof code === "string" || typeof code === "number" ? `${cause.name} (${code})` : cause.name
}
