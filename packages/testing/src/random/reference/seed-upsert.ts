import type { Document, Value } from "@nosql/contracts"
import { asStored } from "./as-stored.ts"
import { changePath } from "./change-path.ts"
import { copyValue } from "./copy-value.ts"
import { isOperators, type PlainFilter } from "./matches.ts"

/** "Upsert seeds the new document from the equalities in conjunctive position after folding (null included)." */
export function seedUpsert(filter: PlainFilter): Document {
  const seed: Document = {}
  for (const [path, value] of equalities(filter)) changePath(seed, path, () => asStored(copyValue(value)))
  return seed
}

function equalities(filter: PlainFilter): [path: string, value: Value][] {
  return Object.entries(filter).flatMap(([key, condition]): [string, Value][] => {
    if (key === "$and") return (condition as PlainFilter[]).flatMap(equalities)
    // Folding leaves nothing of a group of one.
    if (key === "$or")
      return (condition as PlainFilter[]).length === 1 ? (condition as PlainFilter[]).flatMap(equalities) : []
    if (key.startsWith("$")) return []
    if (!isOperators(condition)) return [[key, condition as Value]]
    if (Object.hasOwn(condition, "$eq")) return [[key, condition["$eq"] as Value]]
    const among = condition["$in"] as readonly Value[] | undefined
    return among?.length === 1 ? [[key, among[0] as Value]] : []
  })
}
