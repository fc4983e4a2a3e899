import { endInTime, type Operation, throwIfEnded } from "./operation.ts"
import { needsProvision, provision } from "./provision.ts"

/**
 * What must be so before an operation plans: the declared indexes are there, as the policy says, and the driver knows what it plans with.
 * Undefined where there is nothing to wait for: then what follows runs at once. Throws where the operation was ended meanwhile, or the store closed.
 */
export function openCollection(operation: Operation): Promise<void> | undefined {
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
export function openInStore(operation: Operation): Promise<void> | undefined {
  const { store, collection, name } = operation
  const { info, settings } = collection
  const opening = store.openCollection?.(info, { operation: name, provision: settings.provision })
  if (opening !== undefined) return opened(operation, opening)
  throwIfEnded(operation)
  return undefined
}

async function opened(operation: Operation, opening: Promise<void>): Promise<void> {
  await endInTime(operation, opening, false)
  throwIfEnded(operation)
}
