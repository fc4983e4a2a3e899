import type { Logger } from "@nosql/contracts"
import type { RampUpReport } from "./ramp-up.ts"

/** Tells a logger; nobody where there is none. */
export function reportRampUp(logger: Logger | undefined): RampUpReport {
  return (collection, rate, { operation }) => {
    const reasons = [
      `writes to "${collection}" come faster than the ${rate} a second that Firestore asks for by now (500 at first, half as many again every 5 minutes): in a new collection they may be slow, or refused for a while`,
    ]
    logger?.warn(
      { operation, collection, backend: "firestore", reasons },
      `${operation}: ${reasons[0]}; the option rampUp: "wait" keeps to it (https://firebase.google.com/docs/firestore/best-practices#ramping_up_traffic)`,
    )
  }
}
