import type { DriverCall } from "./driver.ts"

/** Waits before another try. False, at once, where the call's time or its caller's patience would be over before, and where the caller ends it. */
export function waitWithin(ms: number, { deadline, signal }: DriverCall): Promise<boolean> {
  if (signal?.aborted || (deadline !== undefined && performance.now() + ms >= deadline))
    return Promise.resolve(false)
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener("abort", end)
      resolve(signal?.aborted !== true)
    }
    const timer = setTimeout(end, ms)
    signal?.addEventListener("abort", end, { once: true })
  })
}
