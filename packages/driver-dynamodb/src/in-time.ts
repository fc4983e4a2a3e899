import { type DriverCall, untilAborted } from "@nosql/core/driver"
import { classifyError } from "./classify-error.ts"

/** What others may wait for, too, and what runs on without this caller: rejects where its call ends first. */
export function inTime<R>(running: Promise<R>, call: DriverCall): Promise<R> {
  const { signal } = call
  return signal === undefined
    ? running
    : untilAborted(running, signal, () => classifyError(signal.reason, call))
}
