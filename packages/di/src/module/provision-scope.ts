import { type CollectionDefinition, type IndexReport, NoSQLError } from "@nosql/contracts"
import { failureReason, safeCause } from "./failure-reason.ts"
import type { OpenStore } from "./open-store.ts"

/** A described collection and the store that holds it. */
export interface ScopedCollection {
  readonly open: OpenStore
  readonly definition: CollectionDefinition<unknown>
}

/** What boot found and did about the indexes of one collection. */
export interface ProvisionReport extends IndexReport {
  readonly store: string
  readonly collection: string
}

/**
 * Makes the declared indexes, TTL included, by each collection's provision policy. It may run any number of times.
 *
 * @throws NoSQLError of the first failure's code, which names the collection and its store.
 */
export async function provisionScope(
  scoped: readonly ScopedCollection[],
): Promise<readonly ProvisionReport[]> {
  const outcomes = await Promise.allSettled(
    scoped.map(async ({ open, definition }): Promise<ProvisionReport> => {
      const report = await open.store.collection(definition).ensureIndexes({ asConfigured: true })
      return { store: open.name, collection: definition.name, ...report }
    }),
  )
  for (const [i, outcome] of outcomes.entries()) {
    if (outcome.status === "rejected") throw provisionError(scoped[i] as ScopedCollection, outcome.reason)
  }
  return outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? outcome.value : []))
}

function provisionError({ open, definition }: ScopedCollection, error: unknown): NoSQLError {
  const known = NoSQLError.isInstance(error) ? error : undefined
  const reason = failureReason(error, open.secrets)
  const message = `boot: the indexes of "${definition.name}" in the store "${open.name}" (${open.store.backend}): ${reason}`
  return new NoSQLError(known?.code ?? "unknown", message, {
    operation: "boot",
    collection: definition.name,
    backend: open.store.backend,
    retryable: known?.retryable ?? false,
    cause: safeCause(error, open.secrets),
  })
}
