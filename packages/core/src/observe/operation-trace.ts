import { type ErrorCode, NoSQLError, type OperationReport } from "@nosql/contracts"
import type { CallContext } from "../values/argument-error.ts"
import { diagnosticsChannel } from "./node-modules.ts"

/** What subscribers see; it is filled in while the operation runs. */
export type OperationTrace = { -readonly [K in keyof OperationReport]: OperationReport[K] }

const channel = diagnosticsChannel?.tracingChannel<unknown, OperationTrace>("nosql:operation")

export type OperationChannel = NonNullable<typeof channel>

/** The channel, while somebody listens. (Bun does not know whether somebody does: undefined there.) */
export function tracedChannel(): OperationChannel | undefined {
  return channel?.hasSubscribers === false ? undefined : channel
}

export function beginTrace({ operation, collection, backend }: CallContext): OperationTrace {
  const trace: OperationTrace = { operation }
  if (collection !== undefined) trace.collection = collection
  if (backend !== undefined) trace.backend = backend
  return trace
}

/** Tells of the end. Not by `tracePromise`: that would hand the result's documents and the SDK's error to every subscriber. */
export function endTrace(channel: OperationChannel, trace: OperationTrace, durationMs: number): void {
  trace.durationMs = durationMs
  channel.asyncStart.publish(trace)
  channel.asyncEnd.publish(trace)
}

export function failTrace(
  channel: OperationChannel,
  trace: OperationTrace,
  durationMs: number,
  error: unknown,
): void {
  trace.durationMs = durationMs
  trace.code = codeOf(error)
  channel.error.publish(trace)
  endTrace(channel, trace, durationMs)
}

function codeOf(error: unknown): ErrorCode {
  return NoSQLError.isInstance(error) ? error.code : "unknown"
}
