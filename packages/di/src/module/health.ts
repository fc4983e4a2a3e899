import type { HealthStatus } from "@nosql/contracts"
import { failureReason } from "./failure-reason.ts"
import type { OpenStore } from "./open-store.ts"
import { withinTimeout } from "./within-timeout.ts"

/** The worst of all stores, and each by its name. */
export interface ApplicationHealth {
  /** `down` where one store is, or the application is closed; `disabled` by `enabled: false`. */
  readonly status: "up" | "down" | "disabled"
  readonly stores: Readonly<Record<string, HealthStatus>>
}

/** Asks every store at once; one that gives no answer in time is down. */
export async function healthOf(stores: readonly OpenStore[], timeoutMs: number): Promise<ApplicationHealth> {
  const statuses = await Promise.all(
    stores.map(
      async (open): Promise<[string, HealthStatus]> => [open.name, await healthOfStore(open, timeoutMs)],
    ),
  )
  const status = statuses.every(([, { status }]) => status === "up") ? "up" : "down"
  return { status, stores: Object.fromEntries(statuses) }
}

async function healthOfStore({ store, secrets }: OpenStore, timeoutMs: number): Promise<HealthStatus> {
  const started = performance.now()
  try {
    const found = await withinTimeout(store.health({ timeoutMs }), timeoutMs, "health")
    return found.reason === undefined
      ? found
      : { ...found, reason: failureReason(new Error(found.reason), secrets) }
  } catch (error) {
    return {
      status: "down",
      backend: store.backend,
      latencyMs: performance.now() - started,
      reason: failureReason(error, secrets),
    }
  }
}
