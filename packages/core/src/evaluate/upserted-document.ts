import type { Document } from "@nosql/contracts"
import type { UpdateNode } from "../ast/update.ts"
import type { CallContext } from "../values/argument-error.ts"
import { applyUpdate } from "./apply-update.ts"

/** The document that an upsert inserts: what the filter seeds, then `$setOnInsert`, then the rest of the update. */
export function upsertedDocument(
  seed: Document,
  update: readonly UpdateNode[],
  context: CallContext,
  now?: Date,
): Document {
  const onInsert = update.flatMap((node): UpdateNode[] => {
    return node.kind === "setOnInsert" ? [{ ...node, kind: "set" }] : []
  })
  return applyUpdate(seed, [...onInsert, ...update], context, now)
}
