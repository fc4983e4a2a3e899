import type { IndexReport } from "@nosql/contracts"
import { ensureIndexes } from "./ensure-indexes.ts"
import { endInTime, type Operation } from "./operation.ts"

const nothing: IndexReport = { created: [], existing: [], differing: [], missing: [] }

export function needsProvision({ collection: { info, settings } }: Operation): boolean {
  return info.indexes.length > 0 && settings.provision !== "never"
}

/** Before the first use of a declared collection its indexes are made, or compared with what is there, as the policy says. */
export async function provision(operation: Operation): Promise<IndexReport> {
  const { info, settings, provisioner } = operation.collection
  if (!needsProvision(operation)) return nothing
  const running = provisioner.once(info, async () => {
    const report = await ensureIndexes(unhurried(operation), settings.provision)
    const problems = [
      ...report.missing.map((name) => `"${name}" is missing; make it with collection.ensureIndexes()`),
      ...report.differing.map(({ name, problem }) => `"${name}" ${problem}`),
    ]
    if (problems.length === 0) return report
    const { operation: name, collection = "", backend = "" } = operation.context
    settings.logger.warn(
      { operation: name, collection, backend, reasons: problems },
      `indexes of "${collection}" (${backend}): ${problems.join("; ")}`,
    )
    return report
  })
  return endInTime(operation, running, false)
}

/** Others wait for the same indexes: the time and the signal of the call that happened to be first are not theirs. */
function unhurried(operation: Operation): Operation {
  const name = "ensureIndexes"
  return { ...operation, name, context: { ...operation.context, operation: name }, call: { operation: name } }
}
