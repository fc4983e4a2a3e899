import { type DriverCall, waitWithin } from "@nosql/core/driver"
import type { FirestoreContext } from "./firestore-context.ts"
import { type GrpcStatus, grpcStatus, isTooLarge, statusOf } from "./grpc-status.ts"
import { serverFailure } from "./server-failures.ts"
import { StoreClosed } from "./store-closed.ts"

/** Whose requests they are. */
export interface Sender {
  readonly context: Pick<FirestoreContext, "gate">
  readonly call: DriverCall
}

/** Attempts at one request before its error is the caller's. */
const maxAttempts = 6

/** Runs a read again while the server is overloaded, out of reach or met by writers, as long as the call has time. */
export async function retry<R>({ context, call }: Sender, work: () => Promise<R>): Promise<R> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await context.gate.send(work)
    } catch (error) {
      if (!isPassing(error) || !(await waitBefore(attempt, call))) throw error
    }
  }
}

/** Lost answers after which the same request may well succeed; CANCELLED and UNKNOWN give no reason to think so. */
const passing: ReadonlySet<GrpcStatus | undefined> = new Set([
  grpcStatus.deadlineExceeded,
  grpcStatus.internal,
  grpcStatus.unavailable,
])

/** Whether the same request may well succeed a moment later. */
export function isPassing(error: unknown): boolean {
  return passing.has(statusOf(error)) || isUndone(error)
}

/** Whether the server says that it has done nothing, and may do it a moment later. */
export function isUndone(error: unknown): boolean {
  const status = statusOf(error)
  return status !== undefined && serverFailure(status).undone === true && !isTooLarge(error)
}

/** Whether the server may have done what was asked. */
export function isLost(error: unknown): boolean {
  if (error instanceof StoreClosed) return error.sent
  const status = statusOf(error)
  return status !== undefined && serverFailure(status).lost === true
}

/** Full jitter up to a bound that doubles (5 s at most). False where there is no attempt or no time left. */
export async function waitBefore(attempt: number, call: DriverCall): Promise<boolean> {
  return attempt < maxAttempts && waitWithin(Math.random() * Math.min(5000, 50 * 2 ** attempt), call)
}
