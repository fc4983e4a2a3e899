import type { DriverCall } from "@nosql/core/driver"
import { classifyError } from "./classify-error.ts"

/** What others may wait for, too, and what runs on without this caller: rejects where its call ends first. */
export async function inTime<R>(running: Promise<R>, call: DriverCall): Promise<R> {
  const { signal } = call
  if (signal === undefined) return running
  let end = () => {}
  const ended = new Promise<never>((_, reject) => {
    end = () => reject(classifyError(signal.reason, call))
    signal.addEventListener("abort", end, { once: true })
    if (signal.aborted) end()
  })
  try {
    return await Promise.race([running, ended])
  } finally {
    signal.removeEventListener("abort", end)
  }
}
