import { type DriverCall, waitWithin } from "@nosql/core/driver"
import { grpcCode, grpcFailures } from "./grpc-failures.ts"

/** Attempts at one request before its error is the caller's. */
export const maxAttempts = 6

/** Runs a read again while the server is overloaded, out of reach or met by writers, as long as the call has time. */
export async function retry<R>(call: DriverCall, work: () => Promise<R>): Promise<R> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!isPassing(error) || !(await waitBefore(attempt, call))) throw error
    }
  }
}

/** Whether the same request may well succeed a moment later: DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, INTERNAL, UNAVAILABLE. */
export function isPassing(error: unknown): boolean {
  const code = grpcCode(error)
  return code === 4 || code === 13 || code === 14 || isUndone(error)
}

/** Whether the server says that it has done nothing. */
export function isUndone(error: unknown): boolean {
  const code = grpcCode(error)
  return code !== undefined && grpcFailures[code]?.undone === true
}

/** Whether the server may have done what was asked. */
export function isLost(error: unknown): boolean {
  const code = grpcCode(error)
  return code !== undefined && grpcFailures[code]?.lost === true
}

/** Full jitter up to a bound that doubles (5 s at most). False where there is no attempt or no time left. */
export async function waitBefore(attempt: number, call: DriverCall): Promise<boolean> {
  return attempt < maxAttempts && waitWithin(Math.random() * Math.min(5000, 50 * 2 ** attempt), call)
}
