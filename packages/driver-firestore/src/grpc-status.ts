/** How a server answers what it did not do. https://grpc.io/docs/guides/status-codes/ */
export const grpcStatus = {
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  aborted: 10,
  outOfRange: 11,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  dataLoss: 15,
  unauthenticated: 16,
} as const

export type GrpcStatus = (typeof grpcStatus)[keyof typeof grpcStatus]

const known: ReadonlySet<unknown> = new Set(Object.values(grpcStatus))

/** The status that an error of the SDK carries; undefined for what is no answer of the server's. */
export function statusOf(error: unknown): GrpcStatus | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code
  return known.has(code) ? (code as GrpcStatus) : undefined
}

/** A document that a write changes is not there. */
export function isMissing(error: unknown): boolean {
  return statusOf(error) === grpcStatus.notFound
}

/** A document that a write changes is not there, or not as it was read. */
export function isOutdated(error: unknown): boolean {
  return isMissing(error) || statusOf(error) === grpcStatus.failedPrecondition
}

/** What a write creates is there already: a document, or what stands for a unique value. */
export function isTaken(error: unknown): boolean {
  return statusOf(error) === grpcStatus.alreadyExists
}

/** A request is larger than the server takes. An emulator takes 4 MiB, and calls the rest a resource that is used up. */
export function isTooLarge(error: unknown): boolean {
  return (
    statusOf(error) === grpcStatus.resourceExhausted &&
    /exceeds maximum size|larger than max/i.test(String((error as { message?: unknown }).message))
  )
}

/** What a write holds is refused, whatever is stored. */
export function isInvalid(error: unknown): boolean {
  const status = statusOf(error)
  return status === grpcStatus.invalidArgument || status === grpcStatus.outOfRange
}
