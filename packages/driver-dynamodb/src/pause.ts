import { type DriverCall, waitWithin } from "@nosql/core/driver"
import type { Fate } from "./failure.ts"

/** The first bound of the waiting, in milliseconds: throttling passes slowly, other writers quickly. */
const bases: Readonly<Partial<Record<Fate, number>>> = { throttled: 50, conflict: 10 }
const longest = 1000

/** Full jitter under a bound that doubles. False where there is no time left. */
export function pause(attempt: number, fate: Fate, call: DriverCall): Promise<boolean> {
  return waitWithin(Math.random() * Math.min(longest, (bases[fate] ?? 25) * 2 ** (attempt - 1)), call)
}
