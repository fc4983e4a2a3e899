import type { Document, Value } from "@nosql/contracts"
import type { FieldPath } from "../ast/filter.ts"
import { formatPath, overlaps, samePath } from "../ast/path.ts"
import type { UpdateNode } from "../ast/update.ts"
import type { IndexInfo } from "../driver/collection-info.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { kindOf } from "../values/compare-values.ts"
import { getPath } from "../values/get-path.ts"

type Indexes = readonly IndexInfo[]

/** Refuses arrays and objects in a unique index: some stores would compare them whole, some by element, some by the order of keys. */
export function checkUniqueValues(document: Document, indexes: Indexes, context: CallContext): void {
  for (const index of indexes) {
    if (!index.unique) continue
    for (const { path } of index.keys)
      if (isCompound(getPath(document, path))) throw refusal(index, path, context)
  }
}

/** Refuses an update that would put one there, as far as that is known before anything is read. */
export function checkUniqueUpdate(
  update: readonly UpdateNode[],
  indexes: Indexes,
  context: CallContext,
): void {
  for (const index of indexes) {
    if (!index.unique) continue
    for (const { path } of index.keys) {
      if (update.some((node) => makesCompound(node, path))) throw refusal(index, path, context)
    }
  }
}

/** Whether an update moves something to a key of a unique index: what, only the document tells. */
export function renamesToUnique(update: readonly UpdateNode[], indexes: Indexes): boolean {
  for (const node of update) {
    if (node.kind !== "rename") continue
    for (const { unique, keys } of indexes)
      if (unique && keys.some(({ path }) => overlaps(node.to, path))) return true
  }
  return false
}

function makesCompound(node: UpdateNode, key: FieldPath): boolean {
  const path = node.kind === "rename" ? node.to : node.path
  if (!overlaps(path, key)) return false
  // What changes a field below the key makes an object of it; what only removes makes nothing.
  const isBelow = path.length > key.length
  switch (node.kind) {
    case "unset":
    case "pull":
    case "pop":
      return false
    case "set":
    case "setOnInsert":
      return isBelow || isCompound(getPath(node.value, key.slice(path.length)))
    case "push":
    case "addToSet":
      return isBelow || samePath(path, key)
    default:
      return isBelow
  }
}

function isCompound(value: Value | undefined): boolean {
  if (value === undefined) return false
  const kind = kindOf(value)
  return kind === "array" || kind === "object"
}

function refusal({ name }: IndexInfo, path: FieldPath, context: CallContext): Error {
  return argumentError(
    context,
    formatPath(path),
    `is in the unique index "${name}" and cannot hold an array or an object`,
  )
}
