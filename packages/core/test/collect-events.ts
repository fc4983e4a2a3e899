import { tracingChannel } from "node:diagnostics_channel"
import type { OperationReport } from "@nosql/contracts"

const events = ["start", "end", "asyncStart", "asyncEnd", "error"] as const

/** Listens to `nosql:operation` and copies what each event showed; `stop` ends it. */
export function collectEvents(): { seen: [string, OperationReport][]; stop: () => void } {
  const channel = tracingChannel<unknown, OperationReport>("nosql:operation")
  const seen: [string, OperationReport][] = []
  const stops = events.map((event) => {
    const handler = (report: unknown) => {
      seen.push([event, { ...(report as OperationReport) }])
    }
    channel[event].subscribe(handler)
    return () => channel[event].unsubscribe(handler)
  })
  return {
    seen,
    stop: () => {
      for (const stop of stops) stop()
    },
  }
}
