import { NoSQLError } from "@nosql/contracts"
import type { FilterNode } from "../ast/filter.ts"
import { featuresOfFilter } from "../driver/features-of.ts"
import { compileFilter } from "../evaluate/compile-filter.ts"
import { argumentError } from "../values/argument-error.ts"
import { normalizeDocument } from "../values/normalize-value.ts"
import { isPlainObject } from "../values/plain-object.ts"

const context = { operation: "isSatisfiedBy" }

/** Whether an entity, brought to the form in which a store would hold it, fulfils a folded filter. */
export function satisfies(filter: FilterNode, entity: unknown): boolean {
  if (featuresOfFilter(filter).includes("filter.text")) {
    throw new NoSQLError(
      "unsupported",
      "isSatisfiedBy: $text is answered by a store only; ask the store, or say it with $regex",
      context,
    )
  }
  return compileFilter(filter)(normalizeDocument(ownFields(entity), context))
}

/** An instance of a class is judged by its own fields, which are what it would be stored as. */
function ownFields(entity: unknown): unknown {
  if (isPlainObject(entity)) return entity
  if (typeof entity !== "object" || entity === null || Array.isArray(entity))
    throw argumentError(context, "", "takes an entity, which is an object")
  return { ...entity }
}
