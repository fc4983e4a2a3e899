import { type CompareNode, type FieldPath, isIdPath } from "@nosql/core/driver"
import { type CompiledFilter, exactly, nothing, superset } from "./compiled-filter.ts"
import { idProblem } from "./id-problem.ts"
import { where } from "./native-query.ts"
import { firstDate, lastDate } from "./storable-date.ts"
import { isTooLongForIndex } from "./storable-value.ts"

/** Firestore's ranges keep to the operand's kind, as the portable ones do. */
export function compileRange({ path, operator, value }: CompareNode): CompiledFilter {
  if (value instanceof Date) return compileDateRange(path, operator, value)
  if (isTooLongForIndex(value))
    return superset("Firestore's indexes cut values at 1,500 bytes, and an operand of a range is longer")
  if (isIdPath(path) && (typeof value !== "string" || idProblem(value) !== undefined))
    return superset("no document can have the id that the range begins or ends at")
  return exactly(where(path, signs[operator], value))
}

const signs = { eq: "==", gt: ">", gte: ">=", lt: "<", lte: "<=" } as const satisfies Record<
  CompareNode["operator"],
  string
>

/** Whole milliseconds are asked for, so that a foreign timestamp with microseconds is found by the date that it reads as. */
function compileDateRange(path: FieldPath, operator: CompareNode["operator"], value: Date): CompiledFilter {
  const below = operator === "lt" || operator === "lte"
  const bound = operator === "gt" || operator === "lte" ? new Date(value.getTime() + 1) : value
  if (below ? value < firstDate : value > lastDate) return nothing
  if (below ? !(bound <= lastDate) : !(bound >= firstDate)) return exactly(where(path, ">=", firstDate))
  if (bound > lastDate) return nothing
  return exactly(where(path, below ? "<" : ">=", bound))
}
