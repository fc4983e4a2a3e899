import { type Logger, NoSQLError, type ScanPolicy } from "@nosql/contracts"
import type { FilterNode } from "../ast/filter.ts"
import type { SortKey } from "../ast/query.ts"
import type { Reach } from "../driver/plan.ts"
import { reportScan } from "../observe/report-scan.ts"
import { shapeHash } from "../observe/shape-hash.ts"
import type { CallContext } from "../values/argument-error.ts"

/** Decides what happens to scans, and remembers which query shapes it has warned of. One for each store. */
export class ScanGuard {
  readonly #logger: Logger
  readonly #warned = new Set<string>()

  constructor(logger: Logger) {
    this.#logger = logger
  }

  /** Refuses or reports a read of a whole collection for some of it; reading everything (`{}`) is what was asked for. */
  check(
    policy: ScanPolicy,
    reach: Reach,
    query: { readonly filter: FilterNode; readonly sort: readonly SortKey[] },
    context: CallContext,
  ): void {
    if (reach.access !== "scan" || policy === "allow" || query.filter.kind === "true") return
    const { operation, collection = "", backend = "" } = context
    const message = `${operation} on "${collection}" (${backend}) reads the whole collection: ${reach.reasons.join("; ")}`
    if (policy === "refuse") {
      throw new NoSQLError("failed-precondition", `${message}; or allow it with scans: "allow"`, {
        operation,
        collection,
        backend,
      })
    }
    const shape = shapeHash(collection, query.filter, query.sort)
    if (this.#warned.has(shape)) return
    if (this.#warned.size >= maxShapes) this.#warned.clear()
    this.#warned.add(shape)
    const { access, reasons } = reach
    reportScan({ operation, collection, backend, access, reasons, shape }, message, this.#logger)
  }
}

/** Bounds the memory of a program whose shapes never end. */
const maxShapes = 1000
