import type { DriverCall } from "@nosql/core/driver"
import type { Fate } from "./failure.ts"

/** The first bound of the waiting, in milliseconds: throttling passes slowly, other writers quickly. */
const bases: Readonly<Partial<Record<Fate, number>>> = { throttled: 50, conflict: 10 }
const longest = 1000

/** Full jitter under a bound that doubles. False, at once, where the time or the caller's patience would be over before. */
export function pause(attempt: number, fate: Fate, { deadline, signal }: DriverCall): Promise<boolean> {
  const ms = Math.random() * Math.min(longest, (bases[fate] ?? 25) * 2 ** (attempt - 1))
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
