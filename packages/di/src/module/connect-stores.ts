import { type DocumentStore, type ErrorCode, NoSQLError } from "@nosql/contracts"
import { type ConnectOptions, connect } from "@nosql/core"
import type { StoreConfig } from "../config/loaded-config.ts"
import { closeStores } from "./close-stores.ts"
import { failureReason, safeCause } from "./failure-reason.ts"
import type { OpenStore } from "./open-store.ts"
import { withinTimeout } from "./within-timeout.ts"

/**
 * Opens all stores at once. Where one fails, those that opened are closed again.
 *
 * @param timeoutMs for a driver that gives no answer at all; its own timeouts are shorter.
 * @throws NoSQLError of the first failure's code, which names every store that failed and why.
 */
export async function connectStores(
  configs: readonly StoreConfig[],
  options: ConnectOptions,
  timeoutMs: number,
): Promise<readonly OpenStore[]> {
  const outcomes = await Promise.allSettled(
    configs.map(async ({ name, primary, driver, secrets }): Promise<OpenStore> => {
      const opening = Promise.resolve().then(() => connect(driver, options))
      const closeLate = (store: DocumentStore) => void store.close().catch(() => {})
      return { name, primary, secrets, store: await withinTimeout(opening, timeoutMs, "connect", closeLate) }
    }),
  )
  const open = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? outcome.value : []))
  if (open.length === configs.length) return open
  const closing = await closeStores(open)
  const failures = outcomes.flatMap((outcome, i) =>
    outcome.status === "rejected"
      ? { config: configs[i] as StoreConfig, error: outcome.reason as unknown }
      : [],
  )
  throw bootError(failures, closing.length)
}

function bootError(
  failures: readonly { readonly config: StoreConfig; readonly error: unknown }[],
  notClosed: number,
): NoSQLError {
  const reasons = failures.map(({ config, error }) => ({
    store: config.name,
    backend: config.driver.name,
    code: codeOf(error),
    reason: failureReason(error, config.secrets),
  }))
  const [first] = failures
  const text = reasons.map(
    ({ store, backend, reason }) => `the store "${store}" (${backend}) did not open: ${reason}`,
  )
  const others = notClosed === 0 ? "" : `; of the others ${notClosed} could not be closed`
  return new NoSQLError(reasons[0]?.code ?? "unknown", `boot: ${text.join("; ")}${others}`, {
    operation: "boot",
    ...(reasons[0] === undefined ? {} : { backend: reasons[0].backend }),
    retryable: failures.every(({ error }) => NoSQLError.isInstance(error) && error.retryable),
    details: { failures: reasons },
    cause: safeCause(first?.error, first?.config.secrets ?? []),
  })
}

function codeOf(error: unknown): ErrorCode {
  return NoSQLError.isInstance(error) ? error.code : "unknown"
}
