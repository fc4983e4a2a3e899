import type { CollectionDefinition } from "@nosql/contracts"
import { type CollectionInfo, collectionInfo, type FieldPath, isIdPath } from "@nosql/core/driver"
import { sentinelCollection } from "./catalog-names.ts"
import { type CompositeIndex, declaredComposites } from "./composite-index.ts"
import { expiresField } from "./reserved-field.ts"

/** The content of `firestore.indexes.json`: https://firebase.google.com/docs/reference/firestore/indexes */
export interface FirestoreIndexes {
  readonly indexes: readonly FirestoreIndex[]
  readonly fieldOverrides: readonly FirestoreFieldOverride[]
}

export interface FirestoreIndex {
  readonly collectionGroup: string
  readonly queryScope: "COLLECTION"
  readonly fields: readonly FirestoreIndexField[]
}

/** A field in an order, or by the elements of its array. */
export type FirestoreIndexField =
  | { readonly fieldPath: string; readonly order: "ASCENDING" | "DESCENDING" }
  | { readonly fieldPath: string; readonly arrayConfig: "CONTAINS" }

/** A policy that removes expired documents: https://firebase.google.com/docs/firestore/ttl */
export interface FirestoreFieldOverride {
  readonly collectionGroup: string
  readonly fieldPath: string
  readonly ttl: true
  readonly indexes: readonly (
    | { readonly order: "ASCENDING" | "DESCENDING"; readonly queryScope: "COLLECTION" }
    | { readonly arrayConfig: "CONTAINS"; readonly queryScope: "COLLECTION" }
  )[]
}

/**
 * The composite indexes and the TTL policies of some collections, as the Firebase CLI deploys them. Indexes of a single field are automatic and
 * not listed; an index serves the directions in which it is declared.
 *
 * @example
 * await writeFile("firestore.indexes.json", JSON.stringify(firestoreIndexes([Users, Orders]), null, 2))
 * // firebase deploy --only firestore:indexes
 */
export function firestoreIndexes(definitions: readonly CollectionDefinition<unknown>[]): FirestoreIndexes {
  const collections = definitions.map((definition) => collectionInfo(definition))
  return {
    indexes: collections.flatMap((collection) =>
      declaredComposites(collection).map((index) => indexOf(collection.name, index)),
    ),
    fieldOverrides: collections.flatMap(policiesOf),
  }
}

function indexOf(collectionGroup: string, index: CompositeIndex): FirestoreIndex {
  const fields = index.map(({ path, mode }): FirestoreIndexField => {
    const fieldPath = printPath(path)
    if (mode === "contains") return { fieldPath, arrayConfig: "CONTAINS" }
    return { fieldPath, order: mode === 1 ? "ASCENDING" : "DESCENDING" }
  })
  return { collectionGroup, queryScope: "COLLECTION", fields }
}

/** A policy knows no offset, so that what lives longer than its field says has a field of the driver's; so have the sentinels of unique values. */
function policiesOf(collection: CollectionInfo): readonly FirestoreFieldOverride[] {
  const { name, ttl, indexes } = collection
  if (ttl === undefined) return []
  const own =
    ttl.afterSeconds === 0
      ? { collectionGroup: name, fieldPath: printPath(ttl.path), ttl: true as const, indexes: automatic }
      : policy(name, expiresField)
  return indexes.some(({ unique }) => unique) ? [own, policy(sentinelCollection(name), "expiresAt")] : [own]
}

/** Nobody asks by the driver's own fields: they are in no index, which saves writes. */
function policy(collectionGroup: string, fieldPath: string): FirestoreFieldOverride {
  return { collectionGroup, fieldPath, ttl: true, indexes: [] }
}

/** An override replaces the automatic indexes of a field; it names them so that they stay. */
const automatic = [
  { order: "ASCENDING", queryScope: "COLLECTION" },
  { order: "DESCENDING", queryScope: "COLLECTION" },
  { arrayConfig: "CONTAINS", queryScope: "COLLECTION" },
] as const

/** Names that are no plain words stand in backticks: https://firebase.google.com/docs/firestore/quotas#collections_documents_and_fields */
function printPath(path: FieldPath): string {
  if (isIdPath(path)) return "__name__"
  return path
    .map((name) => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `\`${name.replace(/[\\`]/g, "\\$&")}\``))
    .join(".")
}
