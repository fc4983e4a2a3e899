import { NoSQLError } from "@nosql/contracts"
import type { CallContext } from "../values/argument-error.ts"
import type { IndexInfo } from "./collection-info.ts"
import { indexDifference, nameRemedy } from "./index-difference.ts"

/** Throws where the index that has a name already is not the one that is to be made by it. */
export function refuseOtherIndex(wanted: IndexInfo, namesake: IndexInfo, context: CallContext): void {
  const difference = indexDifference(wanted, namesake)
  if (difference === undefined) return
  const { operation, collection = "", backend = "" } = context
  const { path, problem } = difference
  const text = `${operation} at "${path}": the index "${namesake.name}" ${problem}; ${nameRemedy}`
  throw new NoSQLError("failed-precondition", text, {
    operation,
    collection,
    backend,
    path,
    details: { index: namesake.name },
  })
}
