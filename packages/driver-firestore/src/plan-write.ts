import {
  type CollectionInfo,
  type FilterNode,
  type IndexInfo,
  isIdPath,
  overlaps,
  touchedPaths,
  type UpdateNode,
  type WritePlan,
  type WriteRequest,
} from "@nosql/core/driver"
import { type BlindChange, compileUpdate } from "./compile-update.ts"
import { idProblem } from "./id-problem.ts"

/** A write of one document, known by its id, that need not be read. */
export type FirestoreWrite =
  | { readonly kind: "update"; readonly id: string; readonly changes: readonly BlindChange[] }
  | { readonly kind: "delete"; readonly id: string }

/**
 * A write by the `_id` alone is one request. The rest core reads, applies and writes on condition, as it does where unique values may change:
 * what stands for the old ones is found by the document.
 *
 * @param indexes what is known of the collection's indexes; undefined where nothing is yet.
 */
export function planWrite(
  collection: CollectionInfo,
  request: WriteRequest,
  indexes: readonly IndexInfo[] | undefined,
): WritePlan<FirestoreWrite> | undefined {
  const id = onlyId(request.filter)
  if (id === undefined || request.returning !== undefined || indexes === undefined) return undefined
  const native = compileWrite(
    collection,
    request,
    id,
    indexes.filter(({ unique }) => unique),
  )
  return native === undefined ? undefined : { access: "key", reasons: ["_id is given"], native }
}

function compileWrite(
  collection: CollectionInfo,
  request: WriteRequest,
  id: string,
  uniques: readonly IndexInfo[],
): FirestoreWrite | undefined {
  switch (request.kind) {
    case "delete":
      return uniques.length === 0 ? { kind: "delete", id } : undefined
    case "replace":
      return undefined
    case "update": {
      if (request.upsert !== undefined || touches(request.update, collection, uniques)) return undefined
      const changes = compileUpdate(request.update, collection)
      return changes === undefined ? undefined : { kind: "update", id, changes }
    }
  }
}

/** The id that a filter asks for, and nothing else. */
function onlyId(filter: FilterNode): string | undefined {
  if (filter.kind !== "compare" || filter.operator !== "eq" || !isIdPath(filter.path)) return undefined
  return typeof filter.value === "string" && idProblem(filter.value) === undefined ? filter.value : undefined
}

/** Whether an update may change what other documents or fields are written for: unique values and the end of a life. */
function touches(
  update: readonly UpdateNode[],
  { ttl }: CollectionInfo,
  uniques: readonly IndexInfo[],
): boolean {
  const kept = uniques.flatMap(({ keys }) => keys.map(({ path }) => path))
  if (ttl !== undefined) kept.push(ttl.path)
  return update.flatMap(touchedPaths).some((path) => kept.some((key) => overlaps(path, key)))
}
