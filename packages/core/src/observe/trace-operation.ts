import type { OperationCounts } from "@nosql/contracts"
import type { CallContext } from "../values/argument-error.ts"
import { beginTrace, endTrace, failTrace, type OperationTrace, tracedChannel } from "./operation-trace.ts"

/**
 * Runs an operation and tells the tracing channel `nosql:operation` of it, with what `run` notes in its trace.
 * While nobody listens it only calls `run`, without a trace.
 *
 * @param run is asynchronous: it never throws, it rejects.
 * @param counts reads off the answer how many documents it deals with.
 * @example
 * return traceOperation(context, (trace) => update(trace), ({ matched, modified }) => ({ matched, modified }))
 */
export function traceOperation<R>(
  call: CallContext,
  run: (trace: OperationTrace | undefined) => Promise<R>,
  counts?: (result: R) => OperationCounts,
): Promise<R> {
  const channel = tracedChannel()
  if (channel === undefined) return run(undefined)
  const trace = beginTrace(call)
  const started = performance.now()
  return channel.start.runStores(trace, () => {
    const running = run(trace).then(
      (result) => {
        if (counts !== undefined) trace.counts = counts(result)
        endTrace(channel, trace, performance.now() - started)
        return result
      },
      (error: unknown) => {
        failTrace(channel, trace, performance.now() - started, error)
        throw error
      },
    )
    channel.end.publish(trace)
    return running
  })
}
