import type { Document } from "@nosql/contracts"
import type { FilterNode } from "../ast/filter.ts"
import type { UpdateNode } from "../ast/update.ts"
import type { CallContext } from "../values/argument-error.ts"
import { applyUpdate } from "./apply-update.ts"
import { seedFromFilter } from "./seed-from-filter.ts"

/** The document that an upsert inserts: the filter's equalities, then `$setOnInsert`, then the rest of the update. Without an `_id` unless the filter names it. */
export function upsertedDocument(
  filter: FilterNode,
  update: readonly UpdateNode[],
  context: CallContext,
  now?: Date,
): Document {
  const onInsert = update.flatMap((node): UpdateNode[] => {
    return node.kind === "setOnInsert" ? [{ ...node, kind: "set" }] : []
  })
  return applyUpdate(seedFromFilter(filter, context), [...onInsert, ...update], context, now)
}
