import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Document } from "@nosql/contracts"
import {
  applyUpdate,
  type FieldPath,
  isIdPath,
  overlaps,
  touchedPaths,
  type UpdateNode,
} from "@nosql/core/driver"
import { ttlAttribute } from "./attribute-names.ts"
import { indexAttributes } from "./index-key.ts"
import { indexLayout } from "./index-layout.ts"
import { indexAttributeNames } from "./index-names.ts"
import type { TableState } from "./table-state.ts"
import { ttlSeconds } from "./ttl.ts"

/** What an update makes of our own attributes; undefined is none. */
type DerivedAttributes = ReadonlyMap<string, AttributeValue | undefined>

/**
 * The attributes of the indexes, and of expiry, that an update changes, where they follow from the update alone; undefined where they hang on what is stored.
 */
export function derivedAttributes(
  id: string,
  update: readonly UpdateNode[],
  { maintained, unique, ttl, hadTtl }: TableState,
): DerivedAttributes | undefined {
  const touches = (path: FieldPath) =>
    update.some((node) => touchedPaths(node).some((touched) => overlaps(touched, path)))
  if (unique.some(({ keys }) => keys.some(({ path }) => touches(path)))) return undefined
  const derived = new Map<string, AttributeValue | undefined>()
  const known = knownFields(id, update)
  // What an earlier `ttl` left would have the document swept.
  if (ttl === undefined && hadTtl) derived.set(ttlAttribute, undefined)
  if (ttl !== undefined && touches(ttl.path)) {
    // The values that the document holds expire with it.
    if (!tells(update, ttl.path) || unique.length > 0) return undefined
    derived.set(ttlAttribute, ttlSeconds(known, ttl))
  }
  for (const index of maintained) {
    const { hash, range } = indexLayout(index)
    const names = indexAttributeNames(index)
    const parts: readonly (readonly [name: string, paths: readonly FieldPath[]])[] = [
      [names.hash, hash],
      [names.range, range.map(({ path }) => path)],
    ]
    for (const [name, paths] of parts) {
      if (!paths.some(touches)) continue
      if (!paths.every((path) => isIdPath(path) || tells(update, path))) return undefined
      const value = indexAttributes(known, [index], { operation: "update" })[name]
      derived.set(name, value)
    }
  }
  return derived
}

/** Whether the update alone says what stands at the path then: it sets or removes it, or what it is in. */
function tells(update: readonly UpdateNode[], path: FieldPath): boolean {
  return update.some(
    (node) =>
      (node.kind === "set" || node.kind === "unset") &&
      node.path.length <= path.length &&
      node.path.every((segment, i) => segment === path[i]),
  )
}

function knownFields(id: string, update: readonly UpdateNode[]): Document {
  const sets = update.filter(({ kind }) => kind === "set")
  return applyUpdate({ _id: id }, sets, { operation: "update" })
}
