import type { CallContext } from "../values/argument-error.ts"
import { asyncHooks } from "./node-modules.ts"
import {
  beginTrace,
  endTrace,
  failTrace,
  type OperationChannel,
  type OperationTrace,
  tracedChannel,
} from "./operation-trace.ts"

/** As `traceOperation`, for documents that are streamed: one operation from the first batch asked for to the last, or to the reader's stop. */
export function traceBatches<T>(
  call: CallContext,
  open: (trace: OperationTrace | undefined) => AsyncIterable<readonly T[]>,
): AsyncIterable<readonly T[]> {
  const channel = tracedChannel()
  return channel === undefined ? open(undefined) : traced(channel, call, open)
}

async function* traced<T>(
  channel: OperationChannel,
  call: CallContext,
  open: (trace: OperationTrace) => AsyncIterable<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  const trace = beginTrace(call)
  let durationMs = 0
  let returned = 0
  let failed = false
  const inside = enter(channel, trace)
  const timed = async <R>(step: () => Promise<R>): Promise<R> => {
    const started = performance.now()
    try {
      return await inside(step)
    } catch (error) {
      failed = true
      failTrace(channel, trace, durationMs + performance.now() - started, error)
      throw error
    } finally {
      durationMs += performance.now() - started
    }
  }
  const iterator = await timed(async () => open(trace)[Symbol.asyncIterator]())
  try {
    for (
      let step = await timed(() => iterator.next());
      !step.done;
      step = await timed(() => iterator.next())
    ) {
      returned += step.value.length
      trace.counts = { returned }
      yield step.value
    }
  } finally {
    if (!failed) {
      await timed(async () => iterator.return?.())
      endTrace(channel, trace, durationMs)
    }
  }
}

/** Publishes the start and keeps the asynchronous context that subscribers gave it, so that what each batch does belongs to it. */
function enter(channel: OperationChannel, trace: OperationTrace): <R>(step: () => R) => R {
  const inside = channel.start.runStores(trace, () => asyncHooks?.AsyncLocalStorage.snapshot())
  channel.end.publish(trace)
  return inside === undefined ? (step) => step() : (step) => inside(step)
}
