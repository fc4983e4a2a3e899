import { endInTime, type Operation, throwIfEnded } from "./operation.ts"
import { needsProvision, provision } from "./provision.ts"

/**
 * What must be so before an operation plans: the declared indexes are there, as the policy says, and the driver knows what it plans with.
 * Throws where the operation was ended meanwhile, or the store closed.
 */
export function openCollection(operation: Operation): Promise<void> {
  const { info, provisioner } = operation.collection
  return needsProvision(operation) && !provisioner.isDone(info)
    ? provisionAndOpen(operation)
    : openInStore(operation)
}

async function provisionAndOpen(operation: Operation): Promise<void> {
  await provision(operation)
  throwIfEnded(operation)
  await openInStore(operation)
}

/** Others wait for what the driver learns here: the time and the signal of the call that happened to be first are not theirs. */
export async function openInStore(operation: Operation): Promise<void> {
  const { store, collection, name } = operation
  const { info, settings } = collection
  const opening = store.openCollection?.(info, { operation: name, provision: settings.provision })
  await (opening === undefined ? undefined : endInTime(operation, opening, false))
  throwIfEnded(operation)
}
