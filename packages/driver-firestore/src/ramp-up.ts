import { type DriverCall, waitWithin } from "@nosql/core/driver"

/** What happens where writes of many come faster than Google asks for. */
export type RampUpMode =
  | "report" // they are sent, and the logger is told
  | "wait" // they are held back

/** https://firebase.google.com/docs/firestore/best-practices#ramping_up_traffic */
const initialRate = 500
const growth = 1.5
const growthMs = 5 * 60_000
/** How many seconds of the allowed rate may come at once. A short burst is no traffic that storage must be split for. */
const burst = { report: 10, wait: 1 } as const satisfies Record<RampUpMode, number>

/** Writes a second, so long after the first ones: 500, and half as many again every five minutes. */
export function allowedRate(elapsedMs: number): number {
  return Math.floor(initialRate * growth ** Math.floor(elapsedMs / growthMs))
}

/** What is known of the writes to one collection. */
interface Traffic {
  readonly since: number
  /** What may be sent now; below 0: what waits. */
  allowance: number
  at: number
  /** How often the rate had grown when it was last reported. */
  reported: number
}

export interface Clock {
  /** Milliseconds. */
  now(): number
  /** False where the call ends first. */
  wait(ms: number, call: DriverCall): Promise<boolean>
}

const realClock: Clock = { now: () => performance.now(), wait: waitWithin }

/** Told of a collection whose writes are too fast: at how many a second they should come. */
export type RampUpReport = (collection: string, rate: number, call: DriverCall) => void

/** Watches the rate of writes of many, by collection, from the first one of this store on. */
export class RampUp {
  readonly #traffic = new Map<string, Traffic>()
  readonly #mode: RampUpMode
  readonly #report: RampUpReport
  readonly #clock: Clock

  constructor(mode: RampUpMode, report: RampUpReport, clock: Clock = realClock) {
    this.#mode = mode
    this.#report = report
    this.#clock = clock
  }

  /** Awaited before writes are sent. False where the call's time would be over before they may be. */
  async admit(collection: string, writes: number, call: DriverCall): Promise<boolean> {
    const now = this.#clock.now()
    const traffic = this.#trafficOf(collection, now)
    const elapsed = now - traffic.since
    const rate = allowedRate(elapsed)
    const most = rate * burst[this.#mode]
    traffic.allowance = Math.min(most, traffic.allowance + ((now - traffic.at) * rate) / 1000) - writes
    traffic.at = now
    if (traffic.allowance >= 0) return true
    if (this.#mode === "wait") {
      const admitted = await this.#clock.wait((-traffic.allowance * 1000) / rate, call)
      if (!admitted) traffic.allowance += writes
      return admitted
    }
    traffic.allowance = 0
    const grown = Math.floor(elapsed / growthMs)
    if (traffic.reported < grown) this.#report(collection, rate, call)
    traffic.reported = grown
    return true
  }

  #trafficOf(collection: string, now: number): Traffic {
    const known = this.#traffic.get(collection)
    if (known !== undefined) return known
    const begun = { since: now, at: now, allowance: initialRate * burst[this.#mode], reported: -1 }
    this.#traffic.set(collection, begun)
    return begun
  }
}
