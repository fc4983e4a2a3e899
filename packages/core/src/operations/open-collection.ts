import { endInTime, type Operation } from "./operation.ts"
import { needsProvision, provision } from "./provision.ts"

/** What must be so before an operation plans: the declared indexes are there, as the policy says, and the driver knows what it plans with. */
export async function openCollection(operation: Operation): Promise<void> {
  if (needsProvision(operation)) await provision(operation)
  if (operation.store.openCollection !== undefined) await openInStore(operation)
}

/** Others wait for what the driver learns here: the time and the signal of the call that happened to be first are not theirs. */
export async function openInStore(operation: Operation): Promise<void> {
  const { store, collection, name } = operation
  const { info, settings } = collection
  const opening = store.openCollection?.(info, { operation: name, provision: settings.provision })
  if (opening !== undefined) await endInTime(operation, opening, false)
}
