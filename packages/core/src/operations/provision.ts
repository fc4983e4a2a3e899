import type { IndexReport } from "@nosql/contracts"
import { ensureIndexes } from "./ensure-indexes.ts"
import type { Operation } from "./operation.ts"

const nothing: IndexReport = { created: [], existing: [], differing: [], missing: [] }

/** Before the first use of a declared collection its indexes are made, or compared with what is there, as the policy says. */
export async function provision(operation: Operation): Promise<IndexReport> {
  const { info, settings, provisioner } = operation.collection
  if (info.indexes.length === 0 || settings.provision === "never") return nothing
  return provisioner.once(info, async () => {
    const report = await ensureIndexes(operation, settings.provision)
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
}
